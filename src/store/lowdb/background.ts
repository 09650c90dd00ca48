/** When the writing behind is done: in a while after a change, at once when the journal is half full, again after a failure. */
import type { Compaction } from './compaction.ts';

export interface Background {
  /** After each batch. */
  changed(): void;
  /** After a batch that could not be written: tries the disk when nobody commits. */
  failed(): void;
  stop(): void;
}

const RETRY_MS = 2_000;

export function createBackground(engine: {
  compaction: Compaction;
  settleMs: number;
  isHalfFull(): boolean;
  /** @throws when the disk still fails. */
  tryDisk(): Promise<void>;
}): Background {
  const { compaction } = engine;
  let isStopped = false;
  let isFreeing = false;
  let hasChanged = false;
  let settling: NodeJS.Timeout | undefined;
  let retrying: NodeJS.Timeout | undefined;

  function settleSoon() {
    if (isStopped) return;
    hasChanged = true;
    settling ??= setTimeout(async () => {
      hasChanged = false;
      // What fails is in `compaction.failure()`, and so in the store's status, until it works again.
      await compaction.all().catch(() => {});
      settling = undefined;
      if (hasChanged || compaction.failure()) settleSoon();
    }, engine.settleMs).unref();
  }

  async function freeHalf() {
    if (isFreeing || isStopped) return;
    isFreeing = true;
    try {
      while (!isStopped && engine.isHalfFull() && (await compaction.oldest()));
    } catch {
      settleSoon();
    }
    isFreeing = false;
  }

  function retrySoon() {
    if (isStopped) return;
    retrying ??= setTimeout(async () => {
      retrying = undefined;
      await engine.tryDisk().catch(retrySoon);
    }, RETRY_MS).unref();
  }

  return {
    changed() {
      settleSoon();
      if (engine.isHalfFull()) freeHalf();
    },
    failed: retrySoon,
    stop() {
      isStopped = true;
      clearTimeout(settling);
      clearTimeout(retrying);
    },
  };
}
