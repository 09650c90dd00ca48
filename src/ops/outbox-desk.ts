/** What an operator does with rows that were not sent. */
import type { OutboxRow, Store } from '../store/port.ts';

/** A line for each row: id, state, how often it was tried, why not; no words and no addresses. */
export async function* listRows(store: Pick<Store, 'outbox'>): AsyncIterable<string> {
  for await (const { id, state, attempts, reason = '' } of store.outbox())
    yield [id, state, attempts, reason].join('\t');
}

/**
 * Parked rows wait again, as if they were new. An uncertain one never: it may have arrived.
 * @param which a row's id, or `all`
 * @returns how many
 */
export async function retryParked(
  which: string,
  now: number,
  store: Pick<Store, 'outbox' | 'commit'>,
): Promise<number> {
  const update: OutboxRow[] = [];
  for await (const { reason: _, ...row } of store.outbox()) {
    if (row.state !== 'parked' || (which !== 'all' && row.id !== which)) continue;
    update.push({ ...row, state: 'waiting', attempts: 0, dueAt: now });
  }
  if (update.length > 0) await store.commit({ outbox: { update } });
  return update.length;
}
