/** Which request a thread of the channel is about, `thread/<conversation>`: what is written there belongs to it, and what the bot has said there. */

import type { DeskTurns } from '../../bot/desk-turns.ts';
import { storeId } from '../../bot/store-id.ts';
import { type DocKey, type Json, type Store, StoreConflict } from '../../store/port.ts';
import { retrying } from '../../store/retrying.ts';
import { type DeskPost, emptyRow, type Thread } from '../../support/desk-posts.ts';
import { isCardRow } from '../../support/desk-rows.ts';
import type { Ticket } from '../../support/ticket.ts';

export const threadKey = (conversation: string): DocKey => `thread/${storeId(conversation)}`;

/** @returns the ticket's number */
export async function ticketOf(store: Pick<Store, 'read'>, conversation: string): Promise<string | undefined> {
  const [doc] = await store.read([threadKey(conversation)]);
  return (doc?.value as { ticket?: string } | undefined)?.ticket;
}

/**
 * Notes where a request's card stands, unless that is known already; a card that was in doubt has arrived then.
 * @param revision what the card there was made from: an older one is brought up to date
 */
export async function keepCard(
  id: string,
  card: NonNullable<Ticket['card']>,
  revision: number,
  { store, turns }: { store: Pick<Store, 'read' | 'commit'>; turns: DeskTurns },
): Promise<void> {
  const key = threadKey(card.conversation);
  const [doc] = await store.read([key]);
  const value = withPost(doc?.value as unknown as Thread | undefined, id, card);
  const kept = await turns.change(id, (ticket) => {
    if (ticket.card) return undefined;
    const doubts = ticket.doubts.filter(({ row }) => !isCardRow(row));
    const isCurrent = revision === ticket.revision && doubts.length === ticket.doubts.length;
    return {
      ticket: { ...ticket, card, doubts, revision: ticket.revision + (isCurrent ? 0 : 1) },
      docs: [{ key, version: doc?.version ?? 0, value }],
      outbox: { remove: ticket.doubts.flatMap(({ row }) => (isCardRow(row) ? [row] : [])) },
    };
  });
  if (!kept) await empty(card, store);
  else if (kept.card?.activity !== card.activity) await keepPost(id, card, { store });
}

/** Notes that the bot has said something in a thread. */
export async function keepPost(
  ticket: string,
  post: DeskPost,
  { store }: { store: Pick<Store, 'read' | 'commit'> },
): Promise<void> {
  const key = threadKey(post.conversation);
  await retrying(async () => {
    const [doc, about] = await store.read([key, `ticket/${ticket}`]);
    if (about?.value === undefined) return empty(post, store);
    const value = withPost(doc?.value as unknown as Thread | undefined, ticket, post);
    await store.commit({ docs: [{ key, version: doc?.version ?? 0, value }] });
  });
}

const withPost = (
  before: Thread | undefined,
  ticket: string,
  { serviceUrl, conversation, activity }: DeskPost,
): Json => ({
  ...{ ticket, serviceUrl, conversation },
  activities: [...new Set([...(before?.activities ?? []), activity])],
});

/** Its customer was forgotten while it was being sent. */
export async function empty(post: DeskPost, store: Pick<Store, 'commit'>): Promise<void> {
  await store.commit({ outbox: { add: [emptyRow(post)] } }).catch((error: unknown) => {
    // The erasure has found it too.
    if (!(error instanceof StoreConflict)) throw error;
  });
}
