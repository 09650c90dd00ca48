/** Who is in the support team, as Teams says; asked again after a few minutes. */
import type { ConnectorClient } from 'botframework-connector';
import { createBounded } from '../../bot/bounded.ts';
import { withTimeout } from '../../bot/with-timeout.ts';

export interface Member {
  id: string;
  name: string;
  /** Teams says `owner` or `user`; not every client of the protocol does. */
  role: string;
}
/** Those who may act: a team's guests and passers-by are none of it. */
export interface Roster {
  /** @returns undefined for somebody who is not of the team; throws when Teams does not answer */
  member(serviceUrl: string, team: string, user: string): Promise<Member | undefined>;
  /** At most 60, which is how many a card's refresh may name; the owners first. */
  members(serviceUrl: string, team: string): Promise<Member[]>;
}

const keptMs = 5 * 60_000;
const strangerMs = 30_000;
/** Teams repeats a delivery that is not answered within 15 seconds. */
const patience = 5000;
const most = 60;

interface Account {
  id?: string;
  name?: string;
  userRole?: string;
}

export function createRoster(connect: (serviceUrl: string) => Promise<ConnectorClient>, now: () => number): Roster {
  const known = createBounded<{ member: Member | undefined; until: number }>(500);
  const lists = createBounded<{ members: Member[]; until: number }>(20);
  return {
    async member(serviceUrl, team, user) {
      const key = `${team} ${user}`;
      const kept = known.get(key);
      if (kept && kept.until > now()) return kept.member;
      const { conversations } = await connect(serviceUrl);
      const account = await withTimeout<Account | undefined>(
        conversations.getConversationMember(team, user).catch(absent),
        patience,
      );
      const member = account?.id && mayAct(account) ? memberOf(account) : undefined;
      known.set(key, { member, until: now() + (member ? keptMs : strangerMs) });
      return member;
    },
    async members(serviceUrl, team) {
      const kept = lists.get(team);
      if (kept && kept.until > now()) return kept.members;
      const { conversations } = await connect(serviceUrl);
      const { members: page = [] } = await withTimeout<{ members?: Account[] }>(
        conversations.getConversationPagedMembers(team),
        patience,
      );
      // The first page, of 200: more than any support team has.
      const all = page.filter(mayAct).map(memberOf);
      const members = [...all.filter(isOwner), ...all.filter((one) => !isOwner(one))].slice(0, most);
      lists.set(team, { members, until: now() + keptMs });
      return members;
    },
  };
}

export const isOwner = ({ role }: Member): boolean => role === 'owner';
/** Whoever has a request and is not of the team any more; where Teams does not tell, nobody has left. */
export async function hasLeft(
  user: string | undefined,
  { serviceUrl, team }: { serviceUrl: string; team: string },
  roster: Roster,
): Promise<boolean> {
  if (user === undefined) return false;
  return roster.member(serviceUrl, team, user).then(
    (member) => member === undefined,
    () => false,
  );
}

const mayAct = ({ userRole }: Account) => userRole !== 'guest' && userRole !== 'anonymous';
const memberOf = ({ id = '', name = '', userRole = '' }: Account): Member => ({ id, name, role: userRole });

function absent(error: unknown): undefined {
  const { statusCode } = (error ?? {}) as { statusCode?: number };
  if (statusCode === 404 || statusCode === 400) return undefined;
  throw error;
}
