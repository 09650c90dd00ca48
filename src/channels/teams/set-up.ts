/** Requests come to the channel in which this was said; those that wait already come there now. */
import type { DeskTurns } from '../../bot/desk-turns.ts';
import type { Store } from '../../store/port.ts';
import { cardRow } from '../../support/desk-rows.ts';
import { teamsData } from './access.ts';
import type { Card } from './cards/parts.ts';
import { messageCard } from './cards/post-card.ts';
import type { Places } from './place.ts';
import { findTickets } from './search.ts';
import { notice, type Visit } from './visit.ts';

export interface SetUpOptions {
  store: Store;
  turns: DeskTurns;
  places: Places;
  config: { appId: string };
  now(): number;
}

const everyTicket = 1000;

export function createSetUp({ store, turns, places, config, now }: SetUpOptions): (visit: Visit) => Promise<Card> {
  return async (visit) => {
    const { activity, team, person, member, say } = visit;
    const { channel, team: here, tenant } = teamsData(activity);
    if (!channel?.id || here?.id !== team) return notice(visit, 'noTeam');
    const isOwner = member.role === 'owner' || (await places.installer()) === person.id || config.appId === '';
    if (!isOwner) return notice(visit, 'notOwner');
    const { serviceUrl, recipient } = activity;
    const before = await places.read();
    const same = before?.channel === channel.id && before.team === team;
    await places.write({
      ...{ serviceUrl, team, channel: channel.id, setBy: person.name, at: now() },
      bot: { id: recipient.id, name: recipient.name },
      ...(tenant?.id ? { tenant: tenant.id } : {}),
    });
    const open = await findTickets(store, (one) => one.status !== 'closed' && (!one.card || !same), everyTicket);
    for (const { request } of open) {
      await turns.change(request.id, ({ card, ...ticket }) =>
        card && same ? undefined : { ticket, rows: [cardRow(request.id, now(), now())] },
      );
    }
    return messageCard(say(same && !before?.stopped ? 'setup.again' : 'setup.done'), say);
  };
}
