/** Turns what a caller asks into operations: texts are made at the call, versions are looked at when the batch is made. */
import { type Commit, type DocKey, type Json, type OutboxRow, StoreConflict } from '../port.ts';
import type { Item, Staged } from './commit-queue.ts';
import { type Entry, lastSeq, transcriptKey } from './entry.ts';
import type { Op } from './ops.ts';
import type { Outbox } from './outbox.ts';

export type Erasure = { conversations?: string[]; docs?: DocKey[]; outbox?: string[] };

/** What is durable now. */
export interface Durable {
  /** Only of pinned documents. */
  entry(key: DocKey): Entry;
  outbox: Outbox;
}

/** The documents whose entries a commit looks at. */
export function keysOf({ docs = [], lines = [] }: Commit): DocKey[] {
  const keys = new Set<DocKey>(docs.map((doc) => doc.key));
  for (const { conversation } of lines) keys.add(transcriptKey(conversation));
  return [...keys];
}

const textOf = (value: Json | OutboxRow) => JSON.stringify(value);

export function prepareCommit(commit: Commit, durable: Durable): Pick<Item, 'stage' | 'size'> {
  const docs = (commit.docs ?? []).map(({ key, version, value }) => ({
    key,
    version,
    text: value === null ? undefined : textOf(value),
  }));
  const lines = (commit.lines ?? []).map(({ conversation, value }) => ({ conversation, text: textOf(value) }));
  const rowsOf = (rows: OutboxRow[] = []) => rows.map((row) => ({ id: row.id, text: textOf(row) }));
  const add = rowsOf(commit.outbox?.add);
  const update = rowsOf(commit.outbox?.update);
  const remove = [...(commit.outbox?.remove ?? [])];
  const size = [...docs, ...lines, ...add, ...update].reduce((sum, { text }) => sum + (text?.length ?? 0), 0);

  const orderOf = (id: string, { rows }: Staged) => (rows.has(id) ? rows.get(id) : durable.outbox.orderOf(id));

  function check(staged: Staged) {
    for (const { key, version } of docs) {
      const stored = staged.versions.get(key) ?? durable.entry(key).low.data.version;
      if (stored !== version) throw new StoreConflict(`${key} is at version ${stored}, not ${version}: read it again`);
    }
    const ids = new Set<string>();
    for (const { id } of add) {
      if (ids.has(id) || orderOf(id, staged) !== undefined)
        throw new StoreConflict(`outbox row "${id}" is there already`);
      ids.add(id);
    }
    for (const { id } of update) {
      if (!ids.has(id) && orderOf(id, staged) === undefined) throw new StoreConflict(`outbox row "${id}" is not there`);
    }
  }

  function stage(staged: Staged): Op[] {
    check(staged);
    const ops: Op[] = [];
    for (const { key, version, text } of docs) {
      staged.versions.set(key, text === undefined ? 0 : version + 1);
      if (text !== undefined) ops.push({ op: 'doc', key, version: version + 1, text });
      else if (version > 0) ops.push({ op: 'undoc', key });
    }
    for (const { conversation, text } of lines) {
      const last = staged.lastSeqs.get(conversation) ?? lastSeq(durable.entry(transcriptKey(conversation)).low.data);
      staged.lastSeqs.set(conversation, last + 1);
      ops.push({ op: 'line', conversation, seq: last + 1, text });
    }
    for (const { id, text } of add) {
      staged.rows.set(id, staged.nextOrder);
      ops.push({ op: 'row', order: staged.nextOrder++, text });
    }
    for (const { id, text } of update) ops.push({ op: 'row', order: orderOf(id, staged)!, text });
    for (const id of remove) {
      if (orderOf(id, staged) === undefined) continue;
      staged.rows.set(id, undefined);
      ops.push({ op: 'unrow', id });
    }
    return ops;
  }

  return { stage, size };
}

/** Fits whatever the versions are: it is not a decision about what was read. */
export function prepareErasure({ conversations = [], docs = [], outbox = [] }: Erasure): Pick<Item, 'stage' | 'size'> {
  return {
    size: 0,
    stage(staged) {
      const ops: Op[] = [];
      for (const key of docs) {
        staged.versions.set(key, 0);
        ops.push({ op: 'undoc', key });
      }
      for (const conversation of conversations) {
        staged.lastSeqs.set(conversation, 0);
        ops.push({ op: 'wipe', conversation });
      }
      for (const id of outbox) {
        staged.rows.set(id, undefined);
        ops.push({ op: 'unrow', id });
      }
      return ops;
    },
  };
}
