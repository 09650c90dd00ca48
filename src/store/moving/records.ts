/**
 * A store as JSON Lines, one record a line:
 * `{"format":"cps-support-bot store","version":1}`, then in any order of conversations
 * `{"doc":"<kind>/<id>","value":...}`, `{"line":"<conversation>","seq":1,"value":...}`, `{"row":{...},"nr":1}`, and at last
 * `{"end":{"documents":0,"lines":0,"rows":0},"sha256":"<of every byte before this line>"}`.
 * Versions are not moved: they only count the commits in one store.
 */
import { createHash } from 'node:crypto';
import { checkCommit } from '../keys.ts';
import type { Commit, DocKey, Json, Line, OutboxRow, Store } from '../port.ts';
import { IMPORT_MARK } from './mark.ts';

export interface Counts {
  documents: number;
  lines: number;
  rows: number;
}

export type StoreRecord =
  | { doc: DocKey; value: Json }
  | { line: string; seq: number; value: Json }
  | { row: OutboxRow; nr: number };

export const HEAD = { format: 'cps-support-bot store', version: 1 };
const LINES_AT_ONCE = 500;
const TRANSCRIPTS_AT_ONCE = 32;

/** Everything that a store holds; the lines of a conversation and the rows of the outbox in their order. */
export async function* recordsOf(store: Store): AsyncIterable<StoreRecord> {
  for await (const found of inGroups(store.contents())) {
    // Asked together, the first lines of many conversations come in one trip.
    const starts = found.map(({ doc, lines }) => (lines > 0 ? store.lines(nameOf(doc.key), 0, LINES_AT_ONCE) : []));
    for (const [at, start] of (await Promise.all(starts)).entries()) {
      const { key, version, value } = found[at]!.doc;
      if (key === IMPORT_MARK) continue;
      if (version > 0 && value !== undefined) yield { doc: key, value };
      yield* transcript(store, nameOf(key), start);
    }
  }
  let nr = 0;
  for await (const row of store.outbox()) yield { row, nr: ++nr };
}

const nameOf = (key: DocKey) => key.slice(key.indexOf('/') + 1);

async function* transcript(store: Store, conversation: string, start: Line[]): AsyncIterable<StoreRecord> {
  for (let lines = start; ; ) {
    for (const { seq, value } of lines) yield { line: conversation, seq, value };
    if (lines.length < LINES_AT_ONCE) return;
    lines = await store.lines(conversation, lines.at(-1)?.seq ?? 0, LINES_AT_ONCE);
  }
}

async function* inGroups<T>(items: AsyncIterable<T>): AsyncIterable<T[]> {
  let group: T[] = [];
  for await (const item of items) {
    if (group.push(item) < TRANSCRIPTS_AT_ONCE) continue;
    yield group;
    group = [];
  }
  yield group;
}

/** How one record is written into an empty store. @throws TypeError when no store can hold it */
export function commitOf(record: StoreRecord): Commit {
  const commit: Commit =
    'doc' in record
      ? { docs: [{ key: record.doc, version: 0, value: record.value }] }
      : 'line' in record
        ? { lines: [{ conversation: record.line, value: record.value }] }
        : { outbox: { add: [record.row] } };
  checkCommit(commit);
  return commit;
}

/** Counts, and a sum that is the same whatever the order: engines list documents as they like. */
export interface Tally {
  add(record: StoreRecord, text: string): void;
  counts: Counts;
  sum(): bigint;
}

export function createTally(): Tally {
  const counts: Counts = { documents: 0, lines: 0, rows: 0 };
  let sum = 0n;
  return {
    add(record, text) {
      counts['doc' in record ? 'documents' : 'line' in record ? 'lines' : 'rows'] += 1;
      const digest = createHash('sha256').update(text).digest();
      sum = (sum + digest.readBigUInt64BE(0) + (digest.readBigUInt64BE(8) << 64n)) & ((1n << 128n) - 1n);
    },
    counts,
    sum: () => sum,
  };
}

export const sameCounts = (a: Counts, b: Counts) =>
  a.documents === b.documents && a.lines === b.lines && a.rows === b.rows;
