/** The agents' side: finds the cards in the channel, presses and writes as people do. */
import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import {
  channel,
  contentOf,
  juris,
  mari,
  type Posted,
  type Teams,
  type User,
  verbsOf,
  wordsOf,
} from '../../test/helpers/teams.ts';
import { type Ask, GivenUp } from './ask.ts';
import type { House } from './house.ts';
import type { Problems } from './problems.ts';

export interface Desk {
  setUp(): Promise<void>;
  /** Presses a button of the request's card. */
  press(agent: User, ticket: string, verb: string, inputs?: object): Promise<void>;
  /** Writes in its thread. */
  write(agent: User, ticket: string, text: string): Promise<void>;
  /** Waits until the card says so. @throws GivenUp */
  says(ticket: string, words: string): Promise<void>;
  /** Cards of each request that ever came to the channel. */
  cards(): ReadonlyMap<string, readonly string[]>;
}

export const agents = [mari, juris] as const;
const patience = 45_000;

/** The request whose card it is; undefined for other posts. */
function ticketOf(post: Posted): string | undefined {
  const content = post.activity.attachments?.[0]?.content as
    | { refresh?: { action: { data: { desk: { ticket: string } } } } }
    | undefined;
  return content?.refresh?.action.data.desk.ticket;
}

export function createDesk({ house, problems, ask }: { house: House; problems: Problems; ask: Ask }): Desk {
  const { teams, url } = house;
  const cards = new Map<string, string[]>();
  let looked = 0;

  function look(): void {
    const all = teams.posts();
    for (const post of all.slice(looked)) {
      const ticket = ticketOf(post);
      if (ticket) cards.set(ticket, [...(cards.get(ticket) ?? []), post.id]);
    }
    looked = all.length;
  }

  /** The card as it stands now, once `met`. */
  async function card(ticket: string, what: string, met: (card: Posted) => boolean): Promise<Posted> {
    for (const end = Date.now() + patience; Date.now() < end; await pause(50)) {
      look();
      const known = cards.get(ticket)?.[0];
      const post = known === undefined ? undefined : postOf(teams, known);
      if (post && met(post)) return post;
    }
    problems.add(`the card ${what} was not there within ${patience / 1000} s`, ticket);
    throw new GivenUp(what);
  }

  return {
    async setUp() {
      const id = randomUUID();
      await ask('desk', () => teams.toBot(url, mari, channel, 'seadista töölaud', { id }));
    },
    async press(agent, ticket, verb, inputs = {}) {
      const post = await card(ticket, `with the button ${verb}`, (one) =>
        verbsOf(contentOf(one)).some((offered) => offered === verb),
      );
      const id = randomUUID();
      await ask('desk', () => teams.press(url, agent, post, verb, inputs, { id }));
    },
    async write(agent, ticket, text) {
      const { conversation } = await card(ticket, 'to write at', () => true);
      const id = randomUUID();
      await ask('desk', () => teams.write(url, agent, conversation, text, { id }));
    },
    says: async (ticket, words) =>
      void (await card(ticket, `saying “${words}”`, (one) => wordsOf(contentOf(one)).includes(words))),
    cards() {
      look();
      return cards;
    },
  };
}

const postOf = (teams: Teams, id: string) => teams.posts().find((post) => post.id === id);
