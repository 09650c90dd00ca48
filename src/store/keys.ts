/** What every engine refuses alike, so that nothing stored by one is unreadable for the other. */
import type { Commit, DocKey, OutboxRow } from './port.ts';

const KEY = /^[a-z][a-z0-9-]{0,39}\/[A-Za-z0-9._:@|-]{1,200}$/;
const ID = /^[A-Za-z0-9._:@|-]{1,200}$/;

/** @throws TypeError naming the key and the rule. */
export function checkKey(key: string): asserts key is DocKey {
  if (!KEY.test(key)) {
    throw new TypeError(
      `"${key}" is not a document key: write kind/id, kind a lower-case word, id 1 to 200 of A-Z a-z 0-9 . _ : @ | -`,
    );
  }
}

/** @throws TypeError */
export function checkConversation(id: string): void {
  if (!ID.test(id)) {
    throw new TypeError(`"${id}" is not a conversation's id: use 1 to 200 of A-Z a-z 0-9 . _ : @ | -`);
  }
}

/** Ids and targets of outbox rows: what an index entry of PostgreSQL can hold, and UTF-8 can say. */
export const isRowName = (name: string): boolean =>
  name !== '' && name.length <= 500 && name.isWellFormed() && !name.includes('\0');

function checkRow(row: OutboxRow): void {
  if (!isRowName(row.id) || !isRowName(row.target)) {
    throw new TypeError('an outbox row needs an id and a target of 1 to 500 signs, without NUL and half signs');
  }
  if (!Number.isFinite(row.dueAt))
    throw new TypeError(`outbox row "${row.id}": dueAt must be a number of milliseconds`);
}

/** Looks at keys and shapes only; versions are the engine's affair. @throws TypeError */
export function checkCommit(commit: Commit): void {
  const seen = new Set<string>();
  for (const { key, version, value } of commit.docs ?? []) {
    checkKey(key);
    if (seen.has(key)) throw new TypeError(`"${key}" stands twice in one commit: write it once, with its last value`);
    seen.add(key);
    if (!Number.isSafeInteger(version) || version < 0) throw new TypeError(`"${key}": version must be the one read`);
    if (value === undefined) throw new TypeError(`"${key}": value is missing (null removes the document)`);
  }
  for (const { conversation, value } of commit.lines ?? []) {
    checkConversation(conversation);
    if (value === undefined) throw new TypeError(`a line of "${conversation}" has no value`);
  }
  for (const row of commit.outbox?.add ?? []) checkRow(row);
  for (const row of commit.outbox?.update ?? []) checkRow(row);
}
