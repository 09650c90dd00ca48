/** How the outbox is doing: how many rows of which kind and state, and for how long the oldest has been due. */
import type { OutboxRow, Store } from '../store/port.ts';

export interface OutboxLook {
  rows: { kind: string; state: OutboxRow['state']; count: number }[];
  /** Rows that are due now, or were tried in vain. */
  late: number;
  /** Seconds since the oldest of those was first due, as far as this process knows; 0 without any. */
  oldestSeconds: number;
  parked: number;
  uncertain: number;
}

/**
 * A row keeps no date of its own and each retry moves its `dueAt`, so the first sight of a row that is due is remembered:
 * after a restart ages count anew.
 * @param keepMs one look serves all who ask within this time: probes may come as often as they like
 */
export function createOutboxWatch({
  store,
  now,
  keepMs = 2000,
}: {
  store: Pick<Store, 'outbox'>;
  now: () => number;
  keepMs?: number;
}): () => Promise<OutboxLook> {
  let since = new Map<string, number>();
  let last: { at: number; look: Promise<OutboxLook> } | undefined;

  async function look(): Promise<OutboxLook> {
    const time = now();
    const seen = new Map<string, number>();
    const counts = new Map<string, OutboxLook['rows'][number]>();
    let parked = 0;
    let uncertain = 0;
    for await (const { id, kind, state, dueAt, attempts } of store.outbox()) {
      const name = `${kind} ${state}`;
      const count = counts.get(name) ?? { kind, state, count: 0 };
      counts.set(name, { ...count, count: count.count + 1 });
      if (state === 'parked') parked += 1;
      else if (state === 'uncertain') uncertain += 1;
      else if (dueAt <= time || attempts > 0) seen.set(id, since.get(id) ?? Math.min(dueAt, time));
    }
    since = seen;
    const first = seen.values().reduce((least, at) => Math.min(least, at), time);
    return {
      rows: [...counts.values()],
      late: seen.size,
      oldestSeconds: Math.max(0, (time - first) / 1000),
      parked,
      uncertain,
    };
  }

  return () => {
    if (!last || now() - last.at >= keepMs) {
      const mine = { at: now(), look: look() };
      last = mine;
      // A store that was away is asked again by the next one.
      mine.look.catch(() => {
        if (last === mine) last = undefined;
      });
    }
    return last.look;
  };
}
