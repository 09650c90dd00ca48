/** The desk's rows of the outbox: cards and posts into Teams, one thread after another's order, by the one rule for doubt. */
import type { ConnectorClient } from 'botframework-connector';
import { type DeskSettings, timesOf } from '../../bot/carry-out.ts';
import type { DeskTurns } from '../../bot/desk-turns.ts';
import { verdict } from '../../bot/send-reply.ts';
import { carryOnByMail } from '../../bot/stopped-desk.ts';
import { withTimeout } from '../../bot/with-timeout.ts';
import type { Log } from '../../ops/log.ts';
import type { OutboxRow, Store } from '../../store/port.ts';
import { cardRow, type NewPayload, type UpdatePayload } from '../../support/desk-rows.ts';
import type { Post } from '../../support/post.ts';
import type { Sender, Sent } from '../../support/sender.ts';
import type { Ticket } from '../../support/ticket.ts';
import { attachment, type Card } from './cards/parts.ts';
import { createPace } from './pace.ts';
import type { Place, Places } from './place.ts';
import { findTickets } from './search.ts';
import { keepCard, keepPost } from './thread.ts';
import type { Views } from './views.ts';

export interface SendOptions {
  store: Pick<Store, 'read' | 'scan' | 'lines' | 'commit'>;
  places: Places;
  turns: DeskTurns;
  views: Views;
  connect(serviceUrl: string): Promise<ConnectorClient>;
  settings: DeskSettings;
  log: Log;
  now(): number;
  /** Milliseconds until a service that does not answer is given up. */
  patience?: number | undefined;
}

const message = (card: Card) => ({ type: 'message', attachments: [attachment(card)] });

export function teamsSenders(options: SendOptions): { 'teams-new': Sender; 'teams-update': Sender } {
  const { store, places, turns, views, connect, settings, log, now, patience = 20_000 } = options;
  const pace = createPace(now);
  const stoppedTools = { store, turns, settings, now, texts: views.texts, moreAfter: timesOf(settings).unclaimedAfter };
  /** Which state of a ticket its card shows, as far as this process knows. */
  const shown = new Map<string, number>();

  /** Teams has put the bot out: the desk rests, and what was to be said there goes by mail. */
  async function putOut(reason: string): Promise<Sent> {
    await places.stop(reason, now());
    log('error', 'Teams refuses the bot: the desk has stopped, requests go by mail', { reason });
    const stop = places.known()?.stopped?.at;
    const open = stop === undefined ? [] : await findTickets(store, ({ status }) => status !== 'closed');
    for (const { request } of open) await carryOnByMail(request.id, stop!, stoppedTools);
    return { result: 'done' };
  }

  /** @param again what to do with a ticket when Teams says that there is nothing at that address */
  async function attempt(work: () => Promise<void>, gone?: () => Promise<Sent>): Promise<Sent> {
    try {
      await withTimeout(work(), patience);
      return { result: 'done' };
    } catch (error) {
      const sent = verdict(error);
      const { statusCode } = (error ?? {}) as { statusCode?: number };
      if (statusCode === 403) return putOut('403');
      return statusCode === 404 && gone ? gone() : sent;
    }
  }

  async function prepared(id: string): Promise<{ place: Place; ticket: Ticket } | Sent> {
    const [place, ticket] = [await places.read(), await turns.read(id)];
    if (!ticket) return { result: 'done' };
    if (!place) return { result: 'park', reason: 'no desk is set up' };
    if (place.stopped) {
      await carryOnByMail(id, place.stopped.at, stoppedTools);
      return { result: 'done' };
    }
    const wait = pace(ticket.card?.conversation ?? place.channel);
    return wait > 0 ? { result: 'retry', reason: 'pace', afterMs: wait } : { place, ticket };
  }

  /** A thread of its own in the channel. */
  async function startThread({ serviceUrl, channel, tenant, bot, team }: Place, card: Card) {
    const { conversations } = await connect(serviceUrl);
    const made = await conversations.createConversation({
      isGroup: true,
      bot: { id: bot.id, name: bot.name ?? '' },
      ...(tenant ? { tenantId: tenant } : {}),
      channelData: { channel: { id: channel }, team: { id: team }, ...(tenant ? { tenant: { id: tenant } } : {}) },
      activity: message(card),
    } as Parameters<typeof conversations.createConversation>[0]);
    const activity = made.activityId ?? made.id;
    const conversation = made.id.includes(';messageid=') ? made.id : `${channel};messageid=${activity}`;
    return { serviceUrl, conversation, activity };
  }

  async function newCard(ticket: Ticket, place: Place): Promise<void> {
    const there = await startThread(place, await views.shared(ticket, place));
    await keepCard(ticket.request.id, there, ticket.revision, { store, turns });
  }

  /** In the request's thread; while it is not known where its card stands, as a thread of its own that leads to it. */
  async function say(ticket: Ticket, place: Place, post: Post, lost?: string): Promise<void> {
    const { card, request } = ticket;
    if (card) {
      const { conversations } = await connect(place.serviceUrl);
      const sent = await conversations.sendToConversation(card.conversation, message(views.post(post, ticket)));
      await keepPost(request.id, { ...card, activity: sent.id }, { store });
      return;
    }
    await keepPost(request.id, await startThread(place, views.lonePost(post, ticket, lost)), { store });
  }

  return {
    'teams-new': {
      repeatable: false,
      async send(row: OutboxRow): Promise<Sent> {
        const payload = row.payload as unknown as NewPayload;
        const ready = await prepared(payload.ticket);
        if ('result' in ready) return ready;
        const { place, ticket } = ready;
        const { post, lost } = payload;
        // A card that is in the channel is not brought again, nor said to be missing there.
        if (ticket.card && (!post || lost)) return { result: 'done' };
        return attempt(() => (post ? say(ticket, place, post, lost) : newCard(ticket, place)));
      },
    },
    'teams-update': {
      repeatable: true,
      async send(row: OutboxRow): Promise<Sent> {
        const { ticket: id, revision } = row.payload as unknown as UpdatePayload;
        if ((shown.get(id) ?? -1) >= revision) return { result: 'done' };
        const ready = await prepared(id);
        if ('result' in ready) return ready;
        const { place, ticket } = ready;
        const { card } = ticket;
        // Its card is still to come, or was lost: the card shows the newest state when it is posted.
        if (!card) return { result: 'done' };
        const sent = await attempt(
          async () => {
            const { conversations } = await connect(place.serviceUrl);
            const content = await views.shared(ticket, place);
            await conversations.updateActivity(card.conversation, card.activity, {
              ...message(content),
              id: card.activity,
            });
          },
          async () => {
            await turns.change(id, ({ card: _, ...lost }) => ({
              ticket: lost,
              rows: [cardRow(id, now(), lost.revision)],
            }));
            return { result: 'done' };
          },
        );
        if (sent.result === 'done') shown.set(id, ticket.revision);
        if (shown.size > 5000) shown.delete(shown.keys().next().value ?? '');
        // An update may be repeated, so doubt is no reason to stop.
        return sent.result === 'uncertain' ? { result: 'retry', reason: sent.reason } : sent;
      },
    },
  };
}
