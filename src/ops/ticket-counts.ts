import type { Store } from '../store/port.ts';

/** How many tickets of each status. */
export type TicketCounts = Readonly<Record<string, number>>;

const statuses = ['waiting', 'claimed', 'closed'] as const;

/**
 * Counting reads every ticket, so it is done at most once a minute, and seldomer where it takes long: no more than a fiftieth
 * of the time is spent on it.
 * @param now milliseconds
 */
export function createTicketCounts({
  store,
  now,
  keepMs = 60_000,
}: {
  store: Pick<Store, 'scan'>;
  now: () => number;
  keepMs?: number;
}): () => Promise<TicketCounts> {
  let last: Promise<TicketCounts> | undefined;
  let until = 0;

  async function count(): Promise<TicketCounts> {
    const began = now();
    const counts: Record<string, number> = Object.fromEntries([...statuses, 'other'].map((name) => [name, 0]));
    for await (const { value } of store.scan('ticket')) {
      const status = (value as { status?: unknown } | undefined)?.status;
      const name = statuses.find((one) => one === status) ?? 'other';
      counts[name] = (counts[name] ?? 0) + 1;
    }
    until = now() + Math.max(keepMs, 50 * (now() - began));
    return counts;
  }

  return () => {
    if (!last || now() >= until) {
      until = Number.POSITIVE_INFINITY;
      last = count().catch((error: unknown) => {
        last = undefined;
        throw error;
      });
    }
    return last;
  };
}
