import { type Commit, type DocKey, type Store, StoreUnavailable } from '../port.ts';
import { IMPORT_MARK } from './mark.ts';
import { readRecords } from './read-file.ts';
import { type Counts, commitOf, createTally, recordsOf, sameCounts } from './records.ts';

const RECORDS_AT_ONCE = 500;
const CHARACTERS_AT_ONCE = 1 << 19;

/**
 * Fills an empty store with an export. The file is read to its end before anything is written; whatever fails after that
 * leaves the store empty again, and an import that was cut off is done over by the next one.
 * @throws Error when the file is not whole, or the store not empty: the message says what to do
 */
export async function importStore(store: Store, path: string): Promise<Counts> {
  const tally = createTally();
  for await (const { record, text } of readRecords(path)) tally.add(record, text);

  const [mark] = await store.read([IMPORT_MARK]);
  if (mark?.version !== 0) await empty(store);
  else if (!(await isEmpty(store)))
    throw new Error('the store is not empty: choose an empty one. Nothing was imported.');
  await store.commit({ docs: [{ key: IMPORT_MARK, version: 0, value: true }] });
  try {
    await fill(store, path);
    await verify(store, tally);
  } catch (error) {
    // If not even this can be done the mark stays, and with it what the next start has to know.
    await empty(store).catch(() => {});
    throw error;
  }
  await store.erase({ docs: [IMPORT_MARK] });
  return tally.counts;
}

async function isEmpty(store: Store): Promise<boolean> {
  for await (const _ of recordsOf(store)) return false;
  return true;
}

async function fill(store: Store, path: string): Promise<void> {
  let waiting: Commit[] = [];
  let size = 0;
  async function flush() {
    const batch = waiting;
    waiting = [];
    size = 0;
    await store.commit({
      docs: batch.flatMap(({ docs = [] }) => docs),
      lines: batch.flatMap(({ lines = [] }) => lines),
      outbox: { add: batch.flatMap(({ outbox }) => outbox?.add ?? []) },
    });
  }
  for await (const { record, text } of readRecords(path)) {
    waiting.push(commitOf(record));
    size += text.length;
    if (waiting.length >= RECORDS_AT_ONCE || size > CHARACTERS_AT_ONCE) await flush();
  }
  await flush();
}

async function verify(store: Store, expected: ReturnType<typeof createTally>): Promise<void> {
  const stored = createTally();
  for await (const record of recordsOf(store)) stored.add(record, JSON.stringify(record));
  if (sameCounts(stored.counts, expected.counts) && stored.sum() === expected.sum()) return;
  throw new StoreUnavailable('what was stored is not what the file holds: the import was undone');
}

/** The mark goes last: a store that is half empty is not whole either. */
async function empty(store: Store): Promise<void> {
  const docs: DocKey[] = [];
  const conversations: string[] = [];
  for await (const { doc, lines } of store.contents()) {
    if (doc.version > 0 && doc.key !== IMPORT_MARK) docs.push(doc.key);
    if (lines > 0) conversations.push(doc.key.slice(doc.key.indexOf('/') + 1));
  }
  const rows = (await Array.fromAsync(store.outbox())).map(({ id }) => id);
  for (const list of chunks(docs)) await store.erase({ docs: list });
  for (const list of chunks(conversations)) await store.erase({ conversations: list });
  for (const list of chunks(rows)) await store.erase({ outbox: list });
  await store.erase({ docs: [IMPORT_MARK] });
}

function* chunks<T>(list: T[]): Iterable<T[]> {
  for (let at = 0; at < list.length; at += RECORDS_AT_ONCE) yield list.slice(at, at + RECORDS_AT_ONCE);
}
