/** What an erasure leaves behind, and what only leads to something else, has an end of its own. */
import type { Doc, DocKey, Store } from '../store/port.ts';
import { unlessDamaged } from '../store/unless-damaged.ts';
import { type Shown, type Thread, ticketsIn } from '../support/desk-posts.ts';

const dayMs = 24 * 3600_000;
/** Receipts hold nothing about a person, and prove for as long as claims last in most places. */
export const receiptDays = 3 * 365;
/** Longer than any token or claim that could still come back to an erased conversation. */
const markMs = dayMs;

type TraceStore = Pick<Store, 'scan' | 'read' | 'erase'>;

/**
 * Receipts that are old, marks of erased conversations, and notes of what was said at the desk about tickets that are gone.
 * @returns how many documents
 */
export async function eraseTraces(now: number, store: TraceStore): Promise<number> {
  const keys: DocKey[] = [];
  const at = ({ value }: Doc, name: string) => Number((value as Record<string, unknown> | undefined)?.[name]);
  for await (const doc of store.scan('receipt')) if (at(doc, 'at') < now - receiptDays * dayMs) keys.push(doc.key);
  for await (const doc of store.scan('conversation')) if (at(doc, 'erased') < now - markMs) keys.push(doc.key);
  for (const kind of ['thread', 'shown'])
    for await (const { key, value } of store.scan(kind)) {
      const tickets = ticketsIn(value as unknown as Thread | Shown);
      const about = store.read(tickets.map((id): DocKey => `ticket/${id}`));
      const isGone = about.then((docs) => docs.every((ticket) => ticket.value === undefined));
      if (await isGone.catch(unlessDamaged(false))) keys.push(key);
    }
  if (keys.length > 0) await store.erase({ docs: keys });
  return keys.length;
}
