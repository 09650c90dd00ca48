/** Commits of a batch as the columns that store_commit (migrations/002-commit.sql) takes. */

import { isRowName } from '../keys.ts';
import type { Commit, OutboxRow } from '../port.ts';
import { StoreConflict } from '../port.ts';
import { bigints, booleans, doubles, integers, texts } from './arrays.ts';

interface DocChange {
  kind: string;
  id: string;
  version: number;
  text: string | undefined;
}

interface RowChange {
  id: string;
  /** true: must be there, false: must not. */
  expected: boolean | undefined;
  /** undefined: is removed. */
  row: { target: string; isWaiting: boolean; dueAt: number; text: string } | undefined;
}

/** A commit as texts, made at the call: what the caller changes afterwards changes nothing. */
export interface Prepared {
  docs: DocChange[];
  lines: { conversation: string; text: string }[];
  rows: RowChange[];
  /** Adds or changes outbox rows. */
  putsRows: boolean;
  /** Characters, roughly. */
  size: number;
}

/** @throws StoreConflict when the commit contradicts itself */
export function prepare(commit: Commit): Prepared {
  const docs = (commit.docs ?? []).map(({ key, version, value }) => {
    const slash = key.indexOf('/');
    const text = value === null ? undefined : JSON.stringify(value);
    return { kind: key.slice(0, slash), id: key.slice(slash + 1), version, text };
  });
  const lines = (commit.lines ?? []).map(({ conversation, value }) => ({ conversation, text: JSON.stringify(value) }));
  const rows = prepareRows(commit.outbox ?? {});
  const sizes = [...docs, ...lines, ...rows.map(({ row }) => ({ text: row?.text }))];
  const size = sizes.reduce((sum, { text }) => sum + 200 + (text?.length ?? 0), 0);
  return { docs, lines, rows, putsRows: rows.some(({ row }) => row !== undefined), size };
}

/** What the steps of one commit come to, by row. */
function prepareRows({ add = [], update = [], remove = [] }: NonNullable<Commit['outbox']>): RowChange[] {
  const changes = new Map<string, RowChange>();
  const contentOf = (row: OutboxRow) => {
    const { target, state, dueAt } = row;
    return { target, isWaiting: state === 'waiting', dueAt, text: JSON.stringify(row) };
  };
  for (const row of add) {
    if (changes.has(row.id)) throw new StoreConflict(`outbox row "${row.id}" is there already`);
    changes.set(row.id, { id: row.id, expected: false, row: contentOf(row) });
  }
  for (const row of update) {
    const expected = changes.get(row.id)?.expected ?? true;
    changes.set(row.id, { id: row.id, expected, row: contentOf(row) });
  }
  // What no row can be called is not there anyway.
  for (const id of remove.filter(isRowName))
    changes.set(id, { id, expected: changes.get(id)?.expected, row: undefined });
  return [...changes.values()];
}

const MOST_COMMITS = 500;
const MOST_CHARACTERS = 1 << 20;

/**
 * How many of the first commits go together. None that touches what one before it changes: the statement looks at all
 * versions before it writes.
 */
export function groupLength(commits: Prepared[]): number {
  const touched = new Set<string>();
  let size = 0;
  for (const [at, commit] of commits.entries()) {
    const names = [...commit.docs.map(({ kind, id }) => `${kind}/${id}`), ...commit.rows.map(({ id }) => `\n${id}`)];
    size += commit.size;
    const isFull = at === MOST_COMMITS || size > MOST_CHARACTERS;
    if (at > 0 && (isFull || names.some((name) => touched.has(name)))) return at;
    for (const name of names) touched.add(name);
  }
  return commits.length;
}

export interface Columns {
  values: Buffer[];
  /** Where in store_commit's `last_seqs` a line's conversation is, and the line's number among the new ones of it. */
  places: { head: number; offset: number }[][];
  /** New lines of each conversation. */
  counts: number[];
}

const inOrder = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);

export function columns(commits: Prepared[]): Columns {
  const docs = commits
    .flatMap((commit, at) => commit.docs.map((doc) => ({ ...doc, at })))
    .sort((a, b) => inOrder(a.kind, b.kind) || inOrder(a.id, b.id));
  const rows = commits.flatMap((commit, at) => commit.rows.map((row) => ({ ...row, at })));
  const lines = commits.flatMap((commit) => commit.lines);
  const conversations = [...new Set(lines.map(({ conversation }) => conversation))].sort(inOrder);
  const heads = new Map(conversations.map((conversation, at) => [conversation, at]));
  const counts = conversations.map(() => 0);
  const places = commits.map((commit) =>
    commit.lines.map(({ conversation }) => {
      const head = heads.get(conversation)!;
      counts[head]! += 1;
      return { head, offset: counts[head]! };
    }),
  );
  const values = [
    integers(docs.map(({ at }) => at)),
    texts(docs.map(({ kind }) => kind)),
    texts(docs.map(({ id }) => id)),
    bigints(docs.map(({ version }) => version)),
    texts(docs.map(({ text }) => text)),
    texts(conversations),
    bigints(counts),
    integers(places.flat().map(({ head }) => head + 1)),
    bigints(places.flat().map(({ offset }) => offset)),
    texts(lines.map(({ text }) => text)),
    integers(rows.map(({ at }) => at)),
    texts(rows.map(({ id }) => id)),
    booleans(rows.map(({ expected }) => expected)),
    texts(rows.map(({ row }) => row?.target)),
    booleans(rows.map(({ row }) => row?.isWaiting)),
    doubles(rows.map(({ row }) => row?.dueAt)),
    texts(rows.map(({ row }) => row?.text)),
  ];
  return { values, places, counts };
}
