/** One document file in memory: a lowdb document, and what the journal says about it that its file does not. */
import { Low } from 'lowdb';
import type { DocKey } from '../port.ts';
import { type DocumentData, documentAdapter, documentPath, emptyDocument, type FileWriter } from './document-file.ts';
import { decodeOp, type Op, subjectOf } from './ops.ts';

/** Transcript lines a page (pages.ts). */
export const PAGE_LINES = 50;

export type FileOp = Extract<Op, { op: 'doc' | 'undoc' | 'line' | 'wipe' }>;

/**
 * What the journal says of a document whose file was not read yet, as it stands there: after a crash this may be all of
 * the journal, and its bytes take half of what strings would.
 */
export interface Replayed {
  /** Journal segment of the first of it. */
  since: number;
  document: Buffer | undefined;
  transcript: Buffer[];
}

export interface Entry {
  key: DocKey;
  path: string;
  low: Low<DocumentData>;
  /** Oldest journal segment with a change that the file does not have. */
  since: number;
  /** Counts the changes since it was read; a write that began before the last one leaves the entry dirty. */
  changes: number;
  /** Pages that may still be on the disk though the transcript was wiped. */
  strayPages: number;
  /** How many commits are under way that need it in memory. */
  pins: number;
  /** Characters held. */
  size: number;
}

/** Lines of a conversation stand in the file of the document `conversation/<id>`. */
export const transcriptKey = (conversation: string): DocKey => `conversation/${conversation}`;

export const hasTranscript = (key: DocKey): boolean => key.startsWith(transcriptKey(''));

export const keyOf = (op: FileOp): DocKey => ('key' in op ? op.key : transcriptKey(op.conversation));

export const lastSeq = ({ first, lines }: DocumentData) => first + lines.length - 1;

export function createEntry(writer: FileWriter, folder: string, key: DocKey): Entry {
  const path = documentPath(folder, key);
  const low = new Low(documentAdapter(writer, path, key), emptyDocument(key));
  return { key, path, low, since: 0, changes: 0, strayPages: 0, pins: 0, size: 0 };
}

/** @throws Error when a line does not follow the last one: the file is older than the journal says. */
export function applyToEntry(entry: Entry, op: FileOp): void {
  const { data } = entry.low;
  entry.changes++;
  switch (op.op) {
    case 'doc':
      entry.size += op.text.length - (data.text?.length ?? 0);
      data.version = op.version;
      data.text = op.text;
      break;
    case 'undoc':
      entry.size -= data.text?.length ?? 0;
      data.version = 0;
      data.text = undefined;
      break;
    case 'wipe':
      for (const line of data.lines) entry.size -= line.length;
      entry.strayPages = Math.max(entry.strayPages, Math.ceil(data.first / PAGE_LINES));
      data.lines = [];
      data.first = 1;
      break;
    case 'line': {
      const last = lastSeq(data);
      // Replayed over a file that was written after it.
      if (op.seq <= last) break;
      if (op.seq > last + 1) throw new Error(`line ${op.seq} follows line ${last}`);
      data.lines.push(op.text);
      entry.size += op.text.length;
    }
  }
}

/** Keeps of the replayed operations only what still matters. */
export function keepReplayed(replayed: Replayed, line: Buffer): void {
  const word = kindOf(line);
  if (word === 'd' || word === 'x') replayed.document = line;
  else if (word === 'w') replayed.transcript = [line];
  else replayed.transcript.push(line);
}

const kindOf = (line: Buffer) => String.fromCharCode(line[0]!);

/** @throws Error for an operation that this version does not know. */
export function replayedKey(line: Buffer): DocKey {
  const word = kindOf(line);
  if (word === 'd' || word === 'x') return subjectOf(line) as DocKey;
  if (word === 'l' || word === 'w') return transcriptKey(subjectOf(line));
  throw new Error(`unknown operation "${word}" (written by a newer version of this program?)`);
}

export const replayedLines = ({ document, transcript }: Replayed): string[] =>
  [...(document ? [document] : []), ...transcript].map((line) => line.toString());

/** Whether the journal says everything about a document, so that a damaged file is not needed. */
export function isCovered(key: DocKey, { document, transcript: [first] }: Replayed): boolean {
  if (document === undefined || !hasTranscript(key)) return document !== undefined;
  const op = first && decodeOp(first.toString());
  return op?.op === 'wipe' || (op?.op === 'line' && op.seq === 1);
}
