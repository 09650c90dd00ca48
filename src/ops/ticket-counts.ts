import type { Store } from '../store/port.ts';
import { nowAndThen } from './now-and-then.ts';

/** How many tickets of each status. */
export type TicketCounts = Readonly<Record<string, number>>;

const statuses = ['waiting', 'claimed', 'closed'] as const;

/** Counting reads every ticket, so it is done now and then. */
export function createTicketCounts({
  store,
  now,
}: {
  store: Pick<Store, 'scan'>;
  now: () => number;
}): () => Promise<TicketCounts> {
  return nowAndThen(async () => {
    const counts: Record<string, number> = Object.fromEntries([...statuses, 'other'].map((name) => [name, 0]));
    for await (const { value } of store.scan('ticket')) {
      const status = (value as { status?: unknown } | undefined)?.status;
      const name = statuses.find((one) => one === status) ?? 'other';
      counts[name] = (counts[name] ?? 0) + 1;
    }
    return counts;
  }, now);
}
