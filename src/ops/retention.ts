/** What nobody has touched for RETENTION_DAYS is erased: conversations with their transcripts, tickets, rows, unknown phrases. */
import type { Doc, DocKey, Store } from '../store/port.ts';
import { unlessDamaged } from '../store/unless-damaged.ts';
import { gently } from './gently.ts';
import { ageOf, conversationOf, isClosed, lastChange } from './last-change.ts';

export interface Erased {
  conversations: number;
  tickets: number;
  unknown: number;
  outboxRows: number;
  /** Kept, because no date stands in them: somebody should look why. */
  undated: number;
}

type RetentionStore = Pick<Store, 'scan' | 'read' | 'outbox' | 'erase'>;

interface Stale {
  key: DocKey;
  version: number;
}

/** Each erasing waits until nothing of it is left on the disk, so it is done for many at once, but not for any number. */
const atOnce = 500;
/** It has a day for it. */
const restMs = 5;

const idOf = (key: DocKey) => key.slice(key.indexOf('/') + 1);

/**
 * A closed ticket goes by its own last change; one that is open lives as long as its conversation does, and a conversation at
 * least as long as its tickets. Rows that wait to be sent stay: they were promised; parked and uncertain ones go.
 * @param before milliseconds since 1970: what was last changed earlier is erased
 */
export async function eraseOlderThan(before: number, store: RetentionStore): Promise<Erased> {
  let undated = 0;
  /** Undefined dates are counted and never old. */
  function isOld(doc: Doc): boolean {
    const at = lastChange(doc);
    if (at === undefined) undated += 1;
    return at !== undefined && at < before;
  }

  const tickets: Stale[] = [];
  const inUse = new Set<string>();
  for await (const doc of gently(store.scan('ticket'), restMs)) {
    const conversation = conversationOf(doc);
    if (isOld(doc) && (isClosed(doc) || !(await isFresh(conversation)))) tickets.push(doc);
    else if (conversation !== undefined) inUse.add(conversation);
  }
  async function isFresh(conversation: string | undefined): Promise<boolean> {
    if (conversation === undefined) return false;
    const [doc] = await store.read([`conversation/${conversation}`]).catch(unlessDamaged<(Doc | undefined)[]>([]));
    // Damaged: it may come back from a backup.
    return doc === undefined || (doc.value !== undefined && (ageOf(doc) ?? 0) >= before);
  }

  const conversations: Stale[] = [];
  for await (const doc of gently(store.scan('conversation'), restMs)) {
    if (isOld(doc) && !inUse.has(idOf(doc.key))) conversations.push(doc);
  }
  const unknown: Stale[] = [];
  for await (const doc of gently(store.scan('unknown'), restMs)) if (isOld(doc)) unknown.push(doc);

  const gone = new Set(conversations.map(({ key }) => `reply:${idOf(key)}`));
  const rows: string[] = [];
  for await (const { id, state, target, dueAt } of store.outbox()) {
    if (gone.has(target) || (state !== 'waiting' && dueAt < before)) rows.push(id);
  }

  for (const outbox of batches(rows)) await store.erase({ outbox });
  return {
    tickets: await eraseUnchanged(tickets, store),
    unknown: await eraseUnchanged(unknown, store),
    conversations: await eraseUnchanged(conversations, store, true),
    outboxRows: rows.length,
    undated,
  };
}

/** Somebody may have come back since the scan: what has another version now stays. */
async function eraseUnchanged(stale: Stale[], store: RetentionStore, withTranscript = false): Promise<number> {
  let erased = 0;
  for (const batch of batches(stale)) {
    const now = await store.read(batch.map(({ key }) => key));
    const docs = batch.filter(({ version }, at) => now[at]?.version === version).map(({ key }) => key);
    if (docs.length === 0) continue;
    await store.erase({ docs, ...(withTranscript ? { conversations: docs.map(idOf) } : {}) });
    erased += docs.length;
  }
  return erased;
}

function* batches<T>(list: readonly T[]): Iterable<T[]> {
  for (let at = 0; at < list.length; at += atOnce) yield list.slice(at, at + atOnce);
}
