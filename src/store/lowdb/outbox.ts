/** The outbox: all in memory, because claiming must be quick and rows are few; durable through journal and checkpoint. */
import type { OutboxRow } from '../port.ts';
import { createReadyQueue } from './ready-queue.ts';

interface Kept {
  id: string;
  target: string;
  /** Place in the order of all rows. */
  order: number;
  text: string;
  isWaiting: boolean;
  dueAt: number;
  /** Until when it is claimed. */
  lease: number | undefined;
}

export interface Outbox {
  /** A durable row, new or in place of the one of its id. */
  put(order: number, text: string): void;
  remove(id: string): void;
  /** Its place in the order; undefined: not there. */
  orderOf(id: string): number | undefined;
  nextOrder(): number;
  claim(now: number, limit: number, leaseMs: number): OutboxRow[];
  /** In their order. */
  rows(): { order: number; text: string }[];
}

export function createOutbox(firstOrder: number): Outbox {
  const byId = new Map<string, Kept>();
  /** Waiting rows of each target in their order; the others hold nobody back. */
  const waiting = new Map<string, Kept[]>();
  /** First rows of the targets; entries that no longer hold are thrown away when they come up. */
  const ready = createReadyQueue();
  let next = firstOrder;
  let lastNow = Number.NEGATIVE_INFINITY;

  const readyAt = (row: Kept) => row.lease ?? row.dueAt;

  function announce(target: string) {
    const row = waiting.get(target)?.[0];
    if (row) ready.push({ at: readyAt(row), order: row.order, target });
  }

  function line(row: Kept) {
    const rows = waiting.get(row.target) ?? [];
    let at = rows.length;
    while (at > 0 && rows[at - 1]!.order > row.order) at--;
    rows.splice(at, 0, row);
    waiting.set(row.target, rows);
    if (at === 0) announce(row.target);
  }

  function unline(row: Kept) {
    const rows = waiting.get(row.target);
    const at = rows?.indexOf(row) ?? -1;
    if (!rows || at === -1) return;
    rows.splice(at, 1);
    if (rows.length === 0) waiting.delete(row.target);
    else if (at === 0) announce(row.target);
  }

  function remove(id: string) {
    const row = byId.get(id);
    if (!row) return;
    byId.delete(id);
    unline(row);
  }

  /** A clock that was put back: nothing waits for the time it was put back by, and no lease is longer than it was given. */
  function goBack(by: number) {
    for (const [target, rows] of waiting) {
      for (const row of rows) {
        row.dueAt -= by;
        if (row.lease) row.lease -= by;
      }
      announce(target);
    }
  }

  return {
    put(order, text) {
      const { id, target, state, dueAt } = JSON.parse(text) as OutboxRow;
      remove(id);
      const row: Kept = { id, target, order, text, isWaiting: state === 'waiting', dueAt, lease: undefined };
      byId.set(id, row);
      next = Math.max(next, order + 1);
      if (row.isWaiting) line(row);
    },
    remove,
    orderOf: (id) => byId.get(id)?.order,
    nextOrder: () => next,
    claim(now, limit, leaseMs) {
      if (now < lastNow) goBack(lastNow - now);
      lastNow = now;
      const claimed: OutboxRow[] = [];
      for (let first = ready.peek(); first && first.at <= now && claimed.length < limit; first = ready.peek()) {
        ready.pop();
        const row = waiting.get(first.target)?.[0];
        if (!row || row.order !== first.order || readyAt(row) !== first.at) continue;
        row.lease = now + leaseMs;
        announce(row.target);
        claimed.push(JSON.parse(row.text));
      }
      return claimed;
    },
    rows: () => [...byId.values()].sort((a, b) => a.order - b.order),
  };
}
