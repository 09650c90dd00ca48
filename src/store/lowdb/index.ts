/**
 * The embedded engine: lowdb documents in a folder, behind a write-ahead journal with group commit (docs/adr/0002).
 * One process a folder; nothing else to install.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { checkCommit, checkConversation, checkKey } from '../keys.ts';
import { type DocKey, type Store, StoreDamaged, StoreUnavailable } from '../port.ts';
import { createWatchers } from '../watchers.ts';
import { createBackground } from './background.ts';
import { createCommitQueue, type Item } from './commit-queue.ts';
import { createCompaction } from './compaction.ts';
import { docOf } from './document-file.ts';
import { type Entry, hasTranscript, transcriptKey } from './entry.ts';
import { diskFiles, type FileLayer } from './file-layer.ts';
import { type Processes, systemProcesses, takeLock } from './lock.ts';
import { openFolder } from './open-folder.ts';
import type { Op } from './ops.ts';
import { keysOf, prepareCommit, prepareErasure } from './prepare.ts';
import { readable } from './readable.ts';
import { takeSnapshot } from './snapshot.ts';

export interface LowdbOptions {
  /** Made when missing; nobody else may write in it. */
  folder: string;
  files?: FileLayer;
  processes?: Processes;
  /** Milliseconds since 1970; only named to people, nothing depends on it. */
  now?: () => number;
  wait?: (ms: number) => Promise<void>;
  /** Told what an operator should know: an unfinished record left out at start, a damaged file. No customers' data. */
  warn?: (message: string) => void;
  /** Upper bound of the journal, bytes. */
  journalBytes?: number;
  /** Documents held in memory beside those not yet written behind, characters. */
  cacheSize?: number;
  /** A changed document is in its file after about this long. */
  settleMs?: number;
}

const OUTBOX = 'outbox';
const topicOf = (conversation: string) => `lines/${conversation}`;
/** Closing writes no more than this behind: the rest is in the journal, and whoever stops a process waits for it. */
const CLOSE_DOCUMENTS = 1_000;

/** @throws StoreUnavailable when the folder is in use, damaged or cannot be written: the message says what to do. */
export async function openLowdbStore(options: LowdbOptions): Promise<Store> {
  try {
    return await openEngine({ ...options, files: readable(options.files ?? diskFiles()) });
  } catch (error) {
    const isOfDisk = error instanceof Error && 'syscall' in error;
    if (!isOfDisk) throw error;
    throw new StoreUnavailable(
      `${options.folder} cannot be used (${error.message}). Set DATA_DIR to a folder in which this process may read and write, with room.`,
    );
  }
}

async function openEngine(options: LowdbOptions & { files: FileLayer }): Promise<Store> {
  const { folder, files, processes = systemProcesses(), warn = () => {} } = options;
  const { now = Date.now, wait = (ms) => sleep(ms) } = options;
  const { journalBytes = 64 << 20, cacheSize = 16 << 20, settleMs = 30_000 } = options;
  await files.makeFolder(folder);
  const lock = await takeLock({ folder, files, processes, now, wait });
  const opened = await openFolder({ folder, files, warn, journalBytes, cacheSize }).catch(async (error) => {
    await lock.release();
    throw error;
  });
  const { documents, outbox, journal, damage } = opened;
  let isClosed = false;
  /** Nothing more is written behind. */
  let isClosing = false;
  let failure: string | undefined;

  const compaction = createCompaction({
    ...opened,
    mayWrite() {
      if (isClosing) throw new StoreUnavailable('the store is being closed');
      checkLock();
    },
    isPressed: () => journal.bytes() > (journalBytes * 3) / 4,
  });
  const watchers = createWatchers();

  function checkLock() {
    if (!lock.isOurs()) throw new StoreUnavailable(`another process has taken over ${folder}: stop this one`);
  }

  const background = createBackground({
    compaction,
    settleMs,
    isHalfFull: () => journal.bytes() > journalBytes / 2,
    tryDisk: () =>
      queue.between(async () => {
        checkLock();
        if (failure) await journal.rotate();
        failure = undefined;
      }),
  });

  const queue = createCommitQueue({
    begin: () => ({ versions: new Map(), lastSeqs: new Map(), rows: new Map(), nextOrder: outbox.nextOrder() }),
    async makeRoom() {
      checkLock();
      while (journal.bytes() >= journalBytes && (await compaction.oldest(true)));
    },
    append: (ops) => journal.append(ops),
    apply(ops) {
      if (ops.length > 0) failure = undefined;
      for (const op of ops) applyOp(op);
    },
    applied(ops) {
      const topics = new Set<string>();
      for (const op of ops) {
        if (op.op === 'line') topics.add(topicOf(op.conversation));
        else if (op.op === 'row') topics.add(OUTBOX);
      }
      watchers.tell(topics);
      if (ops.length > 0) background.changed();
    },
    failed,
  });

  function failed(error: StoreUnavailable) {
    failure = error.message;
    background.failed();
  }

  function applyOp(op: Op) {
    if (op.op === 'row') outbox.put(op.order, op.text);
    else if (op.op === 'unrow') outbox.remove(op.id);
    else documents.apply(op, journal.segment());
  }

  /** @param may what need not be readable: all of it goes */
  async function pin(keys: DocKey[], may: (key: DocKey) => boolean): Promise<Entry[]> {
    const results = await Promise.allSettled(keys.map((key) => documents.pin(key)));
    const entries = results.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : []));
    const failed = results.find(
      (result, at) => result.status === 'rejected' && !(result.reason instanceof StoreDamaged && may(keys[at]!)),
    ) as PromiseRejectedResult | undefined;
    if (!failed) return entries;
    for (const entry of entries) documents.unpin(entry);
    throw failed.reason;
  }

  function refuseClosed() {
    if (isClosed) throw new StoreUnavailable('the store is closed');
  }

  async function submit(
    keys: DocKey[],
    item: Pick<Item, 'stage' | 'size'>,
    may: (key: DocKey) => boolean = () => false,
  ): Promise<Op[]> {
    const entries = await pin(keys, may);
    try {
      refuseClosed();
      return await new Promise((resolve, reject) => queue.push({ ...item, resolve, reject }));
    } finally {
      for (const entry of entries) documents.unpin(entry);
    }
  }

  return {
    async read(keys) {
      for (const key of keys) checkKey(key);
      refuseClosed();
      return Promise.all(keys.map(async (key) => docOf((await documents.load(key)).low.data)));
    },
    async commit(commit) {
      checkCommit(commit);
      refuseClosed();
      const given = [...(commit.lines ?? [])];
      const item = prepareCommit(commit, { entry: documents.held, outbox });
      const ops = await submit(keysOf(commit), item);
      const seqs = ops.flatMap((op) => (op.op === 'line' ? [op.seq] : []));
      return {
        lines: given.map(({ conversation, value }, at) => ({ conversation, line: { seq: seqs[at]!, value } })),
      };
    },
    async lines(conversation, after, limit) {
      checkConversation(conversation);
      refuseClosed();
      return documents.lines(conversation, after, limit);
    },
    scan: (kind) => documents.scan(kind),
    contents: () => documents.contents(),
    async claim(at, limit, leaseMs) {
      refuseClosed();
      return outbox.claim(at, limit, leaseMs);
    },
    async *outbox() {
      for (const { text } of outbox.rows()) yield JSON.parse(text);
    },
    watch: (conversation, listener) => watchers.on(topicOf(conversation), listener),
    watchOutbox: (listener) => watchers.on(OUTBOX, listener),
    async erase(what) {
      for (const key of what.docs ?? []) checkKey(key);
      for (const conversation of what.conversations ?? []) checkConversation(conversation);
      refuseClosed();
      const docs = new Set(what.docs);
      const transcripts = new Set(what.conversations?.map(transcriptKey));
      const isWhole = (key: DocKey) => docs.has(key) && (transcripts.has(key) || !hasTranscript(key));
      await submit([...docs.union(transcripts)], prepareErasure(what), isWhole);
      // What was said stands in older segments too: they go before this returns.
      await queue
        .between(() => journal.rotate())
        .catch((error) => {
          failed(error);
          throw error;
        });
      await compaction.all();
    },
    async snapshot(into) {
      refuseClosed();
      // First, so that there is little journal to copy, and nothing to wait for, while commits wait.
      await compaction.all();
      await queue.between(() => compaction.alone(() => takeSnapshot(folder, into)));
    },
    status() {
      const reason = isClosed ? 'the store is closed' : (failure ?? compaction.failure());
      const damaged = damage.list();
      return {
        ...(reason === undefined ? { ok: true } : { ok: false, reason }),
        ...(damaged.length > 0 ? { damaged } : {}),
      };
    },
    async close() {
      if (isClosed) return;
      isClosed = true;
      background.stop();
      await queue.idle();
      // What is not written behind loses nothing: it is in the journal, and the next start goes on from there.
      if (documents.dirty(Number.POSITIVE_INFINITY).length <= CLOSE_DOCUMENTS) await compaction.all().catch(() => {});
      isClosing = true;
      await compaction.idle();
      // A last record: damage to the one before it is then told from an unfinished one.
      await journal.append('').catch(() => {});
      await journal.close();
      await lock.release();
    },
  };
}
