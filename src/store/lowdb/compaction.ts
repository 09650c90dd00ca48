/** Behind the commits: brings what the journal says into the files, then removes the segments that say nothing new. */
import { type DocKey, StoreDamaged, StoreUnavailable } from '../port.ts';
import type { CheckpointFile } from './checkpoint.ts';
import type { Documents } from './documents.ts';
import type { Journal } from './journal.ts';
import type { Outbox } from './outbox.ts';

export interface Compaction {
  /** Everything up to now is in the files, and no segment before the one being written is left. */
  all(): Promise<void>;
  /** Frees the oldest segments, few while `isWaitedFor`; false: there is only the one being written. */
  oldest(isWaitedFor?: boolean): Promise<boolean>;
  /** Runs while nothing is being written. */
  alone(work: () => Promise<void>): Promise<void>;
  /** Returns when nothing is being written. */
  idle(): Promise<void>;
  /** Why the last one failed. */
  failure(): string | undefined;
}

/** Files at once: the journal shares the thread pool (4), and its flush must not queue behind four of these ... */
const CALM_FILES = 2;
/** ... unless a commit may soon have to wait for room: many at once take half the time and half the processor. */
const PRESSED_FILES = 8;
/** Segments freed in one go: the documents of more of them share the flushes of their folders ... */
const CALM_SEGMENTS = 4;
/** ... but a commit that waits for room is not to wait for long. */
const PRESSED_SEGMENTS = 2;

async function inParallel<T>(items: T[], count: number, work: (item: T) => Promise<void>) {
  const queue = items.values();
  const worker = async () => {
    for (const item of queue) await work(item);
  };
  await Promise.all(Array.from({ length: count }, worker));
}

export function createCompaction(engine: {
  documents: Documents;
  outbox: Outbox;
  journal: Journal;
  checkpoint: CheckpointFile;
  firstSegment: number;
  /** Makes the names written since the last call durable. */
  flushNames(): Promise<void>;
  /** @throws StoreUnavailable when it must stop. */
  mayWrite(): void;
  /** Whether the journal is filling up. */
  isPressed(): boolean;
}): Compaction {
  const { documents, outbox, journal, checkpoint } = engine;
  let first = engine.firstSegment;
  let running: Promise<void> = Promise.resolve();
  let failure: string | undefined;

  /** Returns the journal's lines about a document whose damaged file they cannot be brought into. */
  async function writeBehind(key: DocKey): Promise<string[]> {
    try {
      await documents.load(key);
    } catch (error) {
      const lines = documents.unread(key);
      if (!(error instanceof StoreDamaged) || !lines) throw error;
      return lines;
    }
    await documents.write(key, journal.segment());
    return [];
  }

  async function pass(until: number, keys: DocKey[]) {
    const kept: string[] = [];
    await inParallel(keys, engine.isPressed() ? PRESSED_FILES : CALM_FILES, async (key) => {
      engine.mayWrite();
      kept.push(...(await writeBehind(key)));
    });
    engine.mayWrite();
    await engine.flushNames();
    const kinds = documents.kinds();
    await checkpoint.write({ journal: until, nextOrder: outbox.nextOrder(), kinds, rows: outbox.rows(), kept });
    await engine.flushNames();
    await journal.removeBefore(until);
    first = until;
  }

  /** One after the other; each begins after what was committed before the call. */
  function queue(work: () => Promise<void>): Promise<void> {
    const mine = running.then(work).then(
      () => {
        failure = undefined;
      },
      (error) => {
        failure = `cannot write documents: ${error instanceof Error ? error.message : error}`;
        throw new StoreUnavailable(failure);
      },
    );
    running = mine.catch(() => undefined);
    return mine;
  }

  return {
    all: () => queue(() => pass(journal.segment(), documents.dirty(Number.POSITIVE_INFINITY))),
    async oldest(isWaitedFor = false) {
      const before = first;
      await queue(async () => {
        const until = Math.min(journal.segment(), first + (isWaitedFor ? PRESSED_SEGMENTS : CALM_SEGMENTS));
        if (until > first) await pass(until, documents.dirty(until));
      });
      return first > before;
    },
    alone(work) {
      const mine = running.then(work);
      running = mine.catch(() => undefined);
      return mine;
    },
    idle: () => running,
    failure: () => failure,
  };
}
