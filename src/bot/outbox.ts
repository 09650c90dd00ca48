/**
 * Sends what was promised. Rows of one target go out one after another, in their order; targets side by side, so many for each
 * server: one that hangs takes no other's place.
 *
 * One rule for doubt: what may be repeated (a mail with its Message-ID, an update) is repeated until it is through; a new
 * message that may have left is never sent again blindly but marked `uncertain` and shown.
 */
import { setTimeout as pause } from 'node:timers/promises';
import { type OutboxRow, type Store, StoreUnavailable } from '../store/port.ts';
import type { Sender, Sent } from '../support/sender.ts';
import { createLanes } from './lanes.ts';

export interface OutboxTools {
  store: Store;
  senders: Readonly<Record<string, Sender>>;
  now(): number;
  /** 0 <= x < 1. */
  random(): number;
  /** No other process sends from this store: what was begun before the start was begun by one that is gone. */
  alone?: boolean;
  /** Told by row id and result; never by content. */
  onSettled?(row: OutboxRow, sent: Sent): void;
}

/** Longer than any sender's patience. */
const leaseMs = 90_000;
/** Claimed by this process, of every kind. */
const atOnce = 256;
const atOncePerLane = 16;
/** So long a claimed row may wait for its lane: then there is still time to send it within its claim. */
const laneWaitMs = 20_000;
const firstWaitMs = 1000;
const longestWaitMs = 15 * 60_000;
/** How often it looks for rows whose time has come, should no call wake it. */
const lookEveryMs = 1000;
const begun = 'sending was begun';
/** A sender that throws, again and again, fails over this row: some three hours. */
const mostFailures = 20;

export interface Outbox {
  /** Resolves when nothing that is due is left, and nothing is being sent. */
  drain(): Promise<void>;
  /** Resolves when what is being sent now, but rows of this kind, has been settled. */
  settled(but: string): Promise<void>;
  /** Lets what is being sent finish, for `patience` milliseconds at most; the rest stays in the store. */
  stop(patience?: number): Promise<void>;
}

export function startOutbox(tools: OutboxTools): Outbox {
  const { store, now } = tools;
  /** With the kind of the row. */
  const sending = new Map<Promise<void>, string>();
  const enter = createLanes(atOncePerLane);
  let looking: Promise<void> | undefined;
  let again = false;
  let stopped = false;

  /** One look at a time; a call that comes meanwhile has it look once more. */
  function wake(): void {
    again = true;
    looking ??= (async () => {
      while (again && !stopped) {
        again = false;
        await look();
      }
      looking = undefined;
    })();
  }

  async function look(): Promise<void> {
    if (sending.size >= atOnce) return;
    // A store that is away for the moment: the timer comes back to it.
    const rows = await store.claim(now(), atOnce - sending.size, leaseMs).catch(() => []);
    for (const row of rows) {
      const work: Promise<void> = inLane(row)
        .catch(() => undefined)
        .finally(() => {
          sending.delete(work);
          wake();
        });
      sending.set(work, row.kind);
    }
  }

  async function inLane(row: OutboxRow): Promise<void> {
    const claimedAt = now();
    const leave = await enter(tools.senders[row.kind]?.lane?.(row) ?? row.kind);
    try {
      // Else it is left as it is, and claimed anew when its claim is over.
      if (!stopped && now() - claimedAt <= laneWaitMs) await deliver(row);
    } finally {
      leave();
    }
  }

  async function deliver(row: OutboxRow): Promise<void> {
    const sender = tools.senders[row.kind];
    if (!sender) return settle(row, { result: 'park', reason: `nothing here sends "${row.kind}"` });
    if (!sender.repeatable && row.reason === begun) {
      return settle(row, { result: 'uncertain', reason: 'the process ended while it was being sent' });
    }
    const started: OutboxRow = { ...row, attempts: row.attempts + 1, reason: begun };
    // An update gives the claim back: until the lease is over nobody, no other instance either, is to take the row again.
    if (!sender.repeatable) await store.commit({ outbox: { update: [{ ...started, dueAt: now() + leaseMs }] } });
    const sent = await sender.send(started).catch((error: unknown): Sent => {
      const reason = nameOf(error);
      if (!sender.repeatable) return { result: 'uncertain', reason };
      // A store that is away says nothing about the row.
      const isHopeless = started.attempts >= mostFailures && !(error instanceof StoreUnavailable);
      return { result: isHopeless ? 'park' : 'retry', reason };
    });
    await settle(started, sent);
  }

  async function settle(row: OutboxRow, sent: Sent): Promise<void> {
    if (sent.result === 'done') await store.commit({ outbox: { remove: [row.id] } });
    else if (sent.result === 'retry') {
      const dueAt = now() + Math.max(sent.afterMs ?? 0, backOff(row.attempts, tools.random()));
      await store.commit({ outbox: { update: [{ ...row, dueAt, reason: sent.reason }] } });
    } else {
      const state = sent.result === 'park' ? 'parked' : 'uncertain';
      await store.commit({ outbox: { update: [{ ...row, state, reason: sent.reason }] } });
    }
    tools.onSettled?.(row, sent);
  }

  /** What a process that is gone was sending need not wait for the end of its lease. */
  async function takeUp(): Promise<void> {
    for await (const row of store.outbox()) {
      if (row.state !== 'waiting' || row.reason !== begun || row.dueAt <= now()) continue;
      await store.commit({ outbox: { update: [{ ...row, dueAt: now() }] } });
    }
  }

  const unwatch = store.watchOutbox(wake);
  const timer = setInterval(wake, lookEveryMs);
  timer.unref();
  if (tools.alone)
    takeUp()
      .catch(() => undefined)
      .finally(wake);
  else wake();

  return {
    async drain() {
      do {
        wake();
        await looking;
        await Promise.all(sending.keys());
      } while (looking || sending.size > 0);
    },
    async settled(but) {
      await Promise.all([...sending].flatMap(([work, kind]) => (kind === but ? [] : [work])));
    },
    async stop(patience = 10_000) {
      stopped = true;
      unwatch();
      clearInterval(timer);
      await looking;
      await Promise.race([Promise.all(sending.keys()), pause(patience, undefined, { ref: false })]);
    },
  };
}

/** Doubles from a second to a quarter of an hour; half of it is chance, so that many do not come back at once. */
export function backOff(attempts: number, random: number): number {
  const full = Math.min(firstWaitMs * 2 ** Math.min(attempts - 1, 20), longestWaitMs);
  return Math.round(full / 2 + (full / 2) * random);
}

/** Of an error only its kind: messages may hold addresses. */
const nameOf = (error: unknown) => {
  const { code, name } = (error ?? {}) as { code?: unknown; name?: unknown };
  return typeof code === 'string' ? code : typeof name === 'string' ? name : 'failed';
};
