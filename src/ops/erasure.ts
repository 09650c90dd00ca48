/**
 * Erases everything that is stored about one conversation, for good. The wish is a row of the outbox, so it survives whatever
 * happens to the process; what it has found is noted in `erasure/<conversation>`, so it can be cut off anywhere and begun again.
 */
import type { createQueues } from '../bot/queues.ts';
import { type Commit, type DocKey, type Json, type OutboxRow, type Store, StoreConflict } from '../store/port.ts';
import { type DeskPost, distinctPosts, emptyRow, postsIn, type Thread } from '../support/desk-posts.ts';
import type { Sender, Sent } from '../support/sender.ts';
import { readTicket } from '../support/ticket.ts';
import { ticketId } from '../support/ticket-id.ts';
import { removeMailsOf } from './old-mails.ts';
import { allDataOf, idOf, type PersonalData, rowsAbout, threadsOf } from './personal-data.ts';

export interface EraseOrder {
  conversation: string;
  /** The number of the receipt. */
  receipt: string;
  by: 'customer' | 'operator';
  /** When it was asked for, milliseconds since 1970. */
  at: number;
  /** The row with the last message to the customer, which goes ahead. */
  sayFirst?: string;
}
/** `receipt/<number>`: that it was done, without anything about whom. */
export interface Receipt {
  /** Milliseconds since 1970. */
  askedAt: number;
  at: number;
  by: EraseOrder['by'];
  counts: ErasedCounts;
}
export interface ErasedCounts {
  conversations: number;
  messages: number;
  requests: number;
  notUnderstood: number;
  /** Rows of the outbox that were withdrawn. */
  queued: number;
  mailFiles: number;
  /** Messages in the team's channel that are emptied. */
  deskPosts: number;
  /** Of which it was not known whether they are in the channel: they cannot be reached there. */
  deskDoubts: number;
}
interface Progress {
  tickets: string[];
  posts: DeskPost[];
  counts: ErasedCounts;
}

export interface EraserTools {
  store: Store;
  now(): number;
  mailFolder: string;
  /** No other process uses this store. */
  alone: boolean;
  /** Each conversation's order, shared with its turns. */
  inOrder: ReturnType<typeof createQueues>;
  /** Resolves when whatever is being sent now has been settled. */
  settled(): Promise<void>;
  /** Memory and open connections let go of the conversation. */
  forget(conversation: string): void;
}

const hourMs = 3600_000;
/** What another process was sending when it began is over by then. */
const lookAgainMs = 95_000;
const maxConflicts = 20;

const erasureKey = (conversation: string): DocKey => `erasure/${conversation}`;
const receiptKey = (receipt: string): DocKey => `receipt/${receipt}`;
const json = (value: object) => JSON.parse(JSON.stringify(value)) as Json;

/** @param random bytes from a cryptographic source. @returns for example `R-K7F3-2Q` */
export const receiptId = (random: (bytes: number) => Uint8Array): string => `R-${ticketId(random)}`;

/** @param dueAt not before, so that the last message can be read */
export function eraseRow(order: EraseOrder, dueAt: number): OutboxRow {
  const id = `erase:${order.conversation}`;
  return { id, target: id, kind: 'erase', payload: json(order), dueAt, attempts: 0, state: 'waiting' };
}

export async function readReceipt(receipt: string, store: Pick<Store, 'read'>): Promise<Receipt | undefined> {
  const [doc] = await store.read([receiptKey(receipt)]);
  return doc?.value as unknown as Receipt | undefined;
}

/** Sender of `erase`. */
export function createEraser(tools: EraserTools): Sender {
  const { store, now, inOrder } = tools;

  async function isBeingSaid({ sayFirst, at }: EraseOrder): Promise<boolean> {
    if (sayFirst === undefined || now() > at + hourMs) return false;
    for await (const { id, state } of store.outbox()) if (id === sayFirst) return state === 'waiting';
    return false;
  }

  async function progressOf(conversation: string): Promise<{ version: number; value: Progress | undefined }> {
    const [doc] = await store.read([erasureKey(conversation)]);
    return { version: doc!.version, value: doc!.value as unknown as Progress | undefined };
  }

  /** From here on there is nothing that a turn, an agent or a reminder could go on from. */
  async function close({ conversation, receipt }: EraseOrder): Promise<void> {
    const { version, value: before } = await progressOf(conversation);
    const data = await allDataOf(conversation, store, before?.tickets);
    const progress: Progress = {
      tickets: [...new Set([...(before?.tickets ?? []), ...data.tickets.map(idOf)])],
      posts: distinctPosts([...(before?.posts ?? []), ...postsOf(data)]),
      counts: before?.counts ?? countsOf(data),
    };
    const { key, version: stored, value } = data.conversation;
    const gone = [...data.tickets, ...data.threads, ...data.notUnderstood];
    await store.commit({
      docs: [
        { key: erasureKey(conversation), version, value: json(progress) },
        ...(value === undefined ? [] : [{ key, version: stored, value: { erasing: receipt, at: now() } }]),
        ...gone.map((doc) => ({ key: doc.key, version: doc.version, value: null })),
      ],
      outbox: { remove: data.rows.map(({ id }) => id) },
    });
  }

  /** What was under way has come to its end: its traces go, then all of it from the disk, and last the receipt is written. */
  async function wipe({ conversation, receipt, by, at }: EraseOrder): Promise<void> {
    const { version, value } = await progressOf(conversation);
    const { tickets, posts, counts } = value!;
    const late = await traces(conversation, tickets);
    const [doc] = await store.read([`conversation/${conversation}`]);
    const isOurs = doc!.value === undefined || 'erasing' in (doc!.value as object);
    await store.erase({ ...late.what, conversations: isOurs ? [conversation] : [] });
    const mailFiles = await removeMailsOf(tools.mailFolder, tickets);
    const reached = distinctPosts([...posts, ...late.posts]);
    const done: Receipt = { askedAt: at, at: now(), by, counts: { ...counts, mailFiles, deskPosts: reached.length } };
    await store.commit({
      docs: [
        { key: receiptKey(receipt), version: 0, value: json(done) },
        { key: erasureKey(conversation), version, value: json({ tickets, posts: [], counts }) },
        // Its version goes on: what another process remembers of it can never be taken for the newest.
        ...(isOurs && doc!.version > 0 ? [{ key: doc!.key, version: doc!.version, value: { erased: now() } }] : []),
      ],
      outbox: { add: await emptying(reached) },
    });
  }

  /** Rows and threads that somebody who was already at it has added since. */
  async function traces(conversation: string | undefined, tickets: readonly string[]) {
    const rows = await rowsAbout(conversation ?? '', tickets, store);
    const threads = await threadsOf(tickets, store);
    const posts = threads.flatMap(({ value }) => postsIn(value as unknown as Thread));
    return { what: { docs: threads.map(({ key }) => key), outbox: rows.map(({ id }) => id) }, posts };
  }

  async function emptying(posts: readonly DeskPost[]): Promise<OutboxRow[]> {
    const rows = posts.map((post) => emptyRow(post, now() + (tools.alone ? 0 : lookAgainMs)));
    const there = new Set<string>();
    for await (const { id } of store.outbox()) there.add(id);
    return rows.filter(({ id }) => !there.has(id));
  }

  async function finish({ conversation }: EraseOrder): Promise<void> {
    const { value } = await progressOf(conversation);
    if (!value) return;
    const late = await traces(undefined, value.tickets);
    const add = await emptying(late.posts);
    if (add.length > 0) await store.commit({ outbox: { add } });
    await store.erase({ docs: [...late.what.docs, erasureKey(conversation)], outbox: late.what.outbox });
  }

  /** Somebody wrote in between: read again and decide again. */
  async function retrying(work: () => Promise<void>): Promise<void> {
    for (let conflicts = 0; ; conflicts++) {
      try {
        return await work();
      } catch (error) {
        if (!(error instanceof StoreConflict) || conflicts >= maxConflicts) throw error;
      }
    }
  }

  return {
    repeatable: true,
    async send({ payload }: OutboxRow): Promise<Sent> {
      const order = payload as unknown as EraseOrder;
      const { conversation, receipt } = order;
      if (await isBeingSaid(order)) return { result: 'retry', reason: 'the receipt is on its way', afterMs: 2000 };
      if (!(await readReceipt(receipt, store))) {
        await inOrder(conversation, () => retrying(() => close(order)));
        tools.forget(conversation);
        // Not within the order: what is being sent may have to wait for it.
        await tools.settled();
        await inOrder(conversation, () => retrying(() => wipe(order)));
        tools.forget(conversation);
        if (!tools.alone) return { result: 'retry', reason: 'it is looked through again', afterMs: lookAgainMs };
      }
      await retrying(() => finish(order));
      return { result: 'done' };
    },
  };
}

function countsOf({ conversation, transcript, tickets, notUnderstood, rows }: PersonalData): ErasedCounts {
  return {
    conversations: conversation.value === undefined ? 0 : 1,
    messages: transcript.length,
    requests: tickets.length,
    notUnderstood: notUnderstood.length,
    queued: rows.length,
    mailFiles: 0,
    deskPosts: 0,
    deskDoubts: rows.filter(({ kind, state }) => kind === 'teams-new' && state === 'uncertain').length,
  };
}

function postsOf({ tickets, threads }: PersonalData): DeskPost[] {
  const cards = tickets.flatMap(({ value }) => readTicket(value).card ?? []);
  return [...cards, ...threads.flatMap(({ value }) => postsIn(value as unknown as Thread))];
}

/**
 * Writes the wish down; one that is there already stands.
 * @returns the receipt's number
 */
export async function orderErasure(
  conversation: string,
  { store, now, random }: { store: Store; now(): number; random: (bytes: number) => Uint8Array },
): Promise<string> {
  const order: EraseOrder = { conversation, receipt: receiptId(random), by: 'operator', at: now() };
  const commit: Commit = { outbox: { add: [eraseRow(order, now())] } };
  try {
    await store.commit(commit);
    return order.receipt;
  } catch (error) {
    if (!(error instanceof StoreConflict)) throw error;
    for await (const { id, payload } of store.outbox()) {
      if (id === `erase:${conversation}`) return (payload as unknown as EraseOrder).receipt;
    }
    throw error;
  }
}
