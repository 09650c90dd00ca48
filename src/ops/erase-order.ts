/** The wish to have a conversation erased, as a row of the outbox, and the receipt that stays of it. */
import { type DocKey, type Json, type OutboxRow, type Store, StoreConflict } from '../store/port.ts';
import { ticketId } from '../support/ticket-id.ts';

export interface EraseOrder {
  conversation: string;
  /** The number of the receipt. */
  receipt: string;
  by: 'customer' | 'operator';
  /** When it was asked for, milliseconds since 1970. */
  at: number;
  /** The row with the last message to the customer, which goes ahead. */
  sayFirst?: string;
}
/** `receipt/<number>`: that it was done, without anything about whom. */
export interface Receipt {
  /** Milliseconds since 1970. */
  askedAt: number;
  at: number;
  by: EraseOrder['by'];
  counts: ErasedCounts;
}
export interface ErasedCounts {
  conversations: number;
  messages: number;
  requests: number;
  notUnderstood: number;
  /** Rows of the outbox that were withdrawn. */
  queued: number;
  mailFiles: number;
  /** Messages in the team's channel that are emptied. */
  deskPosts: number;
  /** Of which it was not known whether they are in the channel: they cannot be reached there. */
  deskDoubts: number;
}
export const receiptKey = (receipt: string): DocKey => `receipt/${receipt}`;
const json = (value: object) => JSON.parse(JSON.stringify(value)) as Json;

/** @param random bytes from a cryptographic source. @returns for example `R-K7F3-2Q` */
export const receiptId = (random: (bytes: number) => Uint8Array): string => `R-${ticketId(random)}`;

/** @param dueAt not before, so that the last message can be read */
export function eraseRow(order: EraseOrder, dueAt: number): OutboxRow {
  const id = `erase:${order.conversation}`;
  return { id, target: id, kind: 'erase', payload: json(order), dueAt, attempts: 0, state: 'waiting' };
}

export async function readReceipt(receipt: string, store: Pick<Store, 'read'>): Promise<Receipt | undefined> {
  const [doc] = await store.read([receiptKey(receipt)]);
  return doc?.value as unknown as Receipt | undefined;
}

/**
 * Writes the wish down; one that is there already stands.
 * @returns the receipt's number
 */
export async function orderErasure(
  conversation: string,
  { store, now, random }: { store: Store; now(): number; random: (bytes: number) => Uint8Array },
): Promise<string> {
  const order: EraseOrder = { conversation, receipt: receiptId(random), by: 'operator', at: now() };
  try {
    await store.commit({ outbox: { add: [eraseRow(order, now())] } });
    return order.receipt;
  } catch (error) {
    if (!(error instanceof StoreConflict)) throw error;
    for await (const { id, payload } of store.outbox()) {
      if (id === `erase:${conversation}`) return (payload as unknown as EraseOrder).receipt;
    }
    throw error;
  }
}
