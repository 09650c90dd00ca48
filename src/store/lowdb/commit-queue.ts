/**
 * Group commit: whatever arrives while a batch is being flushed is the next batch.
 * Versions are checked when the batch is made, against what is durable and what stands before it in the batch: a batch
 * that cannot be written takes nothing with it but itself.
 */
import { type DocKey, StoreUnavailable } from '../port.ts';
import { encodeOp, type Op } from './ops.ts';

/** What the batch so far would change. */
export interface Staged {
  versions: Map<DocKey, number>;
  lastSeqs: Map<string, number>;
  /** Place in the order, undefined when removed. */
  rows: Map<string, number | undefined>;
  nextOrder: number;
}

export interface Item {
  /** @throws StoreConflict when it does not fit; nothing of it is staged then. */
  stage(staged: Staged): Op[];
  /** Bytes, roughly. */
  size: number;
  resolve(ops: Op[]): void;
  reject(error: unknown): void;
}

export interface CommitQueue {
  push(item: Item): void;
  /** Runs alone between two batches. */
  between<T>(work: () => Promise<T>): Promise<T>;
  /** Returns when nothing is left to do. */
  idle(): Promise<void>;
}

/** A batch is flushed in one go; longer ones would only make the first in it wait. */
const BATCH_BYTES = 1 << 20;

export function createCommitQueue(engine: {
  begin(): Staged;
  /** @throws StoreUnavailable when there is no room. */
  makeRoom(): Promise<void>;
  append(ops: string): Promise<void>;
  apply(ops: Op[]): void;
  /** After the promises were kept. */
  applied(ops: Op[]): void;
  failed(error: StoreUnavailable): void;
}): CommitQueue {
  let items: Item[] = [];
  const works: (() => Promise<void>)[] = [];
  let running: Promise<void> | undefined;

  function takeBatch(): Item[] {
    let size = 0;
    const rest = items.findIndex((item) => {
      size += item.size;
      return size > BATCH_BYTES;
    });
    const count = rest === -1 ? items.length : Math.max(1, rest);
    const batch = items.slice(0, count);
    items = items.slice(count);
    return batch;
  }

  async function writeBatch(batch: Item[]) {
    const staged = engine.begin();
    const accepted: { item: Item; ops: Op[] }[] = [];
    for (const item of batch) {
      try {
        accepted.push({ item, ops: item.stage(staged) });
      } catch (error) {
        item.reject(error);
      }
    }
    const ops = accepted.flatMap((one) => one.ops);
    try {
      if (ops.length > 0) {
        await engine.makeRoom();
        await engine.append(ops.map(encodeOp).join(''));
      }
    } catch (error) {
      const unavailable = error instanceof StoreUnavailable ? error : new StoreUnavailable(String(error));
      engine.failed(unavailable);
      for (const { item } of accepted) item.reject(unavailable);
      return;
    }
    engine.apply(ops);
    for (const one of accepted) one.item.resolve(one.ops);
    engine.applied(ops);
  }

  async function run() {
    // What has arrived in the same moment goes into the same flush.
    await new Promise(setImmediate);
    while (items.length > 0 || works.length > 0) {
      const work = works.shift();
      if (work) await work();
      if (items.length > 0) await writeBatch(takeBatch());
    }
    running = undefined;
  }

  function start() {
    running ??= run();
  }

  return {
    push(item) {
      items.push(item);
      start();
    },
    between: (work) =>
      new Promise((resolve, reject) => {
        works.push(() => work().then(resolve, reject));
        start();
      }),
    async idle() {
      while (running) await running;
    },
  };
}
