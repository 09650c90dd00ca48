/** Requests come to the channel in which this was said; those that are open already come there now, as they are now. */
import type { DeskTurns } from '../../bot/desk-turns.ts';
import { deskIsBack } from '../../bot/stopped-desk.ts';
import type { Store } from '../../store/port.ts';
import { cardRow } from '../../support/desk-rows.ts';
import type { Card } from './cards/parts.ts';
import { messageCard } from './cards/post-card.ts';
import { movedRow } from './empty.ts';
import { teamsData } from './incoming.ts';
import type { Places } from './place.ts';
import { isOwner, type Roster } from './roster.ts';
import { findTickets } from './search.ts';
import { notice, type Visit } from './visit.ts';

export interface SetUpOptions {
  store: Store;
  turns: DeskTurns;
  places: Places;
  roster: Roster;
  config: { appId: string };
  now(): number;
}

export function createSetUp(options: SetUpOptions): (visit: Visit) => Promise<Card> {
  const { store, turns, places, roster, config, now } = options;

  /** Where the roster names no owner at all, whoever has put the bot into the team counts as one. */
  async function maySetUp({ activity, team, person, member }: Visit): Promise<boolean> {
    // Without an app id only this machine can speak to the bot.
    if (isOwner(member) || config.appId === '') return true;
    if ((await places.installer()) !== person.id) return false;
    return !(await roster.members(activity.serviceUrl, team)).some(isOwner);
  }

  return async (visit) => {
    const { activity, team, person, say } = visit;
    const { channel, team: here, tenant } = teamsData(activity);
    if (!channel?.id || here?.id !== team) return notice(visit, 'noTeam');
    if (!(await maySetUp(visit))) return notice(visit, 'notOwner');
    const { serviceUrl, recipient } = activity;
    const before = await places.read();
    const same = before?.channel === channel.id && before.team === team;
    await places.write({
      ...{ serviceUrl, team, channel: channel.id, setBy: person.name, at: now() },
      bot: { id: recipient.id, name: recipient.name },
      ...(tenant?.id ? { tenant: tenant.id } : {}),
    });
    const open = await findTickets(store, (one) => one.status !== 'closed' || one.stopped !== undefined);
    for (const { request } of open) {
      await turns.change(request.id, ({ card, ...ticket }) => {
        const isBack = deskIsBack(ticket, now());
        const isOpen = ticket.status !== 'closed';
        if (isOpen && !(card && same)) {
          const left = card ? [movedRow(card, now())] : [];
          return { ticket: isBack.ticket, rows: [cardRow(request.id, now(), now()), ...left] };
        }
        return { ...isBack, ticket: { ...isBack.ticket, ...(card ? { card } : {}) } };
      });
    }
    return messageCard(say(same && !before?.stopped ? 'setup.again' : 'setup.done'), say);
  };
}
