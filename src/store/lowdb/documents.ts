/** The documents: read from their files on demand, changed in memory, written behind the journal. */
import { dirname } from 'node:path';
import { type Doc, type DocKey, type Json, type Line, StoreDamaged } from '../port.ts';
import type { FileWriter } from './document-file.ts';
import {
  applyToEntry,
  createEntry,
  type Entry,
  type FileOp,
  isCovered,
  keepReplayed,
  keyOf,
  lastSeq,
  type Replayed,
  replayedKey,
  replayedLines,
  transcriptKey,
} from './entry.ts';
import { decodeOp, encodeOp } from './ops.ts';
import { cutPages, readLines, removeStrayPages } from './pages.ts';
import { createScans, kindOf } from './scan-files.ts';

export interface Documents {
  /** @throws StoreDamaged when its file is; StoreUnavailable when it cannot be read for another reason. */
  load(key: DocKey): Entry | Promise<Entry>;
  /** The same, and keeps it in memory until it is unpinned: whoever changes an entry must change the only one. */
  pin(key: DocKey): Promise<Entry>;
  unpin(entry: Entry): void;
  /** A pinned one. */
  held(key: DocKey): Entry;
  /** A durable operation on a document that is pinned, or damaged and being erased. `segment`: where the journal has it. */
  apply(op: FileOp, segment: number): void;
  /** The same at start, as it stands in the journal and without reading the file. */
  replay(line: Buffer, segment: number): void;
  /** Those with changes in a segment before this one that their files do not have. */
  dirty(before: number): DocKey[];
  /** The journal's lines about a document, while its file is not read. */
  unread(key: DocKey): string[] | undefined;
  /** Writes one behind; its name is durable after the writer's folders are flushed. `segment`: being written now. */
  write(key: DocKey, segment: number): Promise<void>;
  /** Those that have or had files. */
  kinds(): string[];
  lines(conversation: string, after: number, limit: number): Promise<Line[]>;
  scan(kind: string): AsyncIterable<Doc>;
  contents(): AsyncIterable<{ doc: Doc; lines: number }>;
}

/** What an entry weighs beside its texts. */
const ENTRY_SIZE = 500;

/** @param given kinds that have files */
export function createDocuments(folder: string, given: string[], writer: FileWriter, cacheSize: number): Documents {
  const { files } = writer;
  const kinds = new Set(given);
  const dirty = new Map<DocKey, Entry>();
  /** Changed before the start, and not looked at since. */
  const unread = new Map<DocKey, Replayed>();
  /** Least recently used first. */
  const clean = new Map<DocKey, Entry>();
  let cleanSize = 0;
  const loading = new Map<DocKey, { entry: Entry; ready: Promise<Entry> }>();

  function keepClean(entry: Entry) {
    clean.set(entry.key, entry);
    cleanSize += entry.size + ENTRY_SIZE;
    for (const old of clean.values()) {
      if (cleanSize <= cacheSize) break;
      if (old.pins === 0) dropClean(old);
    }
  }

  function dropClean(entry: Entry) {
    if (clean.delete(entry.key)) cleanSize -= entry.size + ENTRY_SIZE;
  }

  async function readEntry(entry: Entry): Promise<Entry> {
    const { key, low } = entry;
    await low.read().catch((error) => {
      const replayed = unread.get(key);
      if (!replayed || !isCovered(key, replayed)) throw error;
    });
    const replayed = unread.get(key);
    entry.size = (low.data.text?.length ?? 0) + low.data.lines.reduce((sum, line) => sum + line.length, 0);
    if (!replayed) {
      keepClean(entry);
      return entry;
    }
    try {
      for (const line of replayedLines(replayed)) applyToEntry(entry, decodeOp(line) as FileOp);
    } catch (error) {
      throw new StoreDamaged(
        `${entry.path} is older than the journal (${error instanceof Error ? error.message : error}): put this file back from a backup`,
      );
    }
    unread.delete(key);
    markDirty(entry, replayed.since);
    return entry;
  }

  /** In memory, or on its way there. */
  function find(key: DocKey): { entry: Entry; ready: Entry | Promise<Entry> } {
    const kept = clean.get(key);
    if (kept) {
      clean.delete(key);
      clean.set(key, kept);
      return { entry: kept, ready: kept };
    }
    const changed = dirty.get(key);
    if (changed) return { entry: changed, ready: changed };
    let coming = loading.get(key);
    if (!coming) {
      const entry = createEntry(writer, folder, key);
      const ready = writer.damage.watch(entry.path, readEntry(entry)).finally(() => loading.delete(key));
      coming = { entry, ready };
      loading.set(key, coming);
    }
    return coming;
  }

  const load = (key: DocKey) => find(key).ready;

  async function pin(key: DocKey) {
    const { entry, ready } = find(key);
    entry.pins++;
    return ready;
  }

  const unpin = (entry: Entry) => {
    entry.pins--;
  };

  function markDirty(entry: Entry, segment: number) {
    if (dirty.has(entry.key)) return;
    dropClean(entry);
    entry.since = segment;
    dirty.set(entry.key, entry);
  }

  async function write(key: DocKey, segment: number) {
    const entry = dirty.get(key);
    if (!entry) return;
    do {
      await removeStrayPages(writer, entry);
      await cutPages(writer, entry);
      // Wiped while a page was being written.
    } while (entry.strayPages > 0);
    const { changes, low } = entry;
    const isEmpty = low.data.text === undefined && lastSeq(low.data) === 0;
    if (!isEmpty) {
      await low.write();
      kinds.add(kindOf(key));
    } else if (await files.remove(entry.path)) writer.renamed(dirname(entry.path));
    writer.damage.gone(entry.path);
    dirty.delete(entry.key);
    if (entry.changes === changes) keepClean(entry);
    else markDirty(entry, segment);
  }

  async function lines(conversation: string, after: number, limit: number): Promise<Line[]> {
    const entry = await pin(transcriptKey(conversation));
    try {
      const start = Math.max(0, after) + 1;
      const texts = await readLines(writer, entry, start, limit);
      return texts.map((text, at) => ({ seq: start + at, value: JSON.parse(text) as Json }));
    } finally {
      unpin(entry);
    }
  }

  function dirtyKeys(before: number): DocKey[] {
    const changed = [...unread, ...dirty].filter(([, { since }]) => since < before);
    return changed.map(([key]) => key);
  }

  const { scan, contents } = createScans({ writer, folder, changed: () => dirtyKeys(Number.POSITIVE_INFINITY), load });

  const inMemory = (key: DocKey) => dirty.get(key) ?? clean.get(key);

  function replay(line: Buffer, segment: number) {
    const key = replayedKey(line);
    const replayed = unread.get(key) ?? { since: segment, document: undefined, transcript: [] };
    unread.set(key, replayed);
    keepReplayed(replayed, line);
  }

  return {
    load,
    pin,
    unpin,
    held: (key) => inMemory(key)!,
    apply(op, segment) {
      const entry = inMemory(keyOf(op));
      // As at a start: whoever reads it next takes what the journal says, without the file.
      if (!entry) return replay(Buffer.from(encodeOp(op).slice(0, -1)), segment);
      markDirty(entry, segment);
      applyToEntry(entry, op);
    },
    replay,
    dirty: dirtyKeys,
    unread(key) {
      const replayed = unread.get(key);
      return replayed && replayedLines(replayed);
    },
    write,
    kinds: () => [...kinds],
    lines,
    scan,
    contents,
  };
}
