/**
 * Erases everything that is stored about one conversation, for good. The wish is a row of the outbox, so it survives whatever
 * happens to the process; what it has found is noted in `erasure/<conversation>`, so it can be cut off anywhere and begun again.
 */
import type { createQueues } from '../bot/queues.ts';
import type { Doc, DocKey, Json, OutboxRow, Store } from '../store/port.ts';
import { retrying } from '../store/retrying.ts';
import { unlessDamaged } from '../store/unless-damaged.ts';
import { type DeskPost, distinctPosts, emptyRow, postsIn, type Shown, type Thread } from '../support/desk-posts.ts';
import type { Sender, Sent } from '../support/sender.ts';
import { readTicket } from '../support/ticket.ts';
import { type ErasedCounts, type EraseOrder, type Receipt, readReceipt, receiptKey } from './erase-order.ts';
import { removeMailsOf } from './old-mails.ts';
import { allDataOf, atDeskAbout, idOf, type PersonalData, pastDamage, rowsAbout } from './personal-data.ts';

interface Progress {
  tickets: string[];
  posts: DeskPost[];
  counts: ErasedCounts;
  /** What could not be read: erased whole. */
  damaged?: DocKey[];
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

const erasureKey = (conversation: string): DocKey => `erasure/${conversation}`;
const json = (value: object) => JSON.parse(JSON.stringify(value)) as Json;

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
    const unreadable = new Set(before?.damaged);
    const data = await allDataOf(conversation, pastDamage(store, unreadable), before?.tickets);
    const damaged = [...unreadable];
    const lost = damaged.filter((key) => key.startsWith('ticket/')).map((key) => idOf({ key }));
    const progress: Progress = {
      tickets: [...new Set([...(before?.tickets ?? []), ...data.tickets.map(idOf), ...lost])],
      posts: distinctPosts([...(before?.posts ?? []), ...postsOf(data)]),
      counts: before?.counts ?? countsOf(data, damaged),
      ...(damaged.length > 0 ? { damaged } : {}),
    };
    const { key, version: stored, value } = data.conversation;
    const gone = [...data.tickets, ...data.atDesk, ...data.notUnderstood];
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
    const { tickets, posts, counts, damaged = [] } = value!;
    const late = await traces(conversation, tickets);
    const key: DocKey = `conversation/${conversation}`;
    const wasDamaged = damaged.includes(key);
    const [doc] = await store.read([key]).catch(unlessDamaged<Doc[]>([]));
    const isOurs = wasDamaged || doc?.value === undefined || 'erasing' in (doc.value as object);
    const docs = [...late.what.docs, ...damaged];
    await store.erase({ ...late.what, docs, conversations: isOurs ? [conversation] : [] });
    const mailFiles = await removeMailsOf(tools.mailFolder, tickets);
    const reached = distinctPosts([...posts, ...late.posts]);
    const stored = wasDamaged ? 0 : doc?.version || undefined;
    const done: Receipt = { askedAt: at, at: now(), by, counts: { ...counts, mailFiles, deskPosts: reached.length } };
    await store.commit({
      docs: [
        { key: receiptKey(receipt), version: 0, value: json(done) },
        { key: erasureKey(conversation), version, value: json({ tickets, posts: [], counts }) },
        // Its version goes on: what another process remembers of it can never be taken for the newest.
        ...(isOurs && stored !== undefined ? [{ key, version: stored, value: { erased: now() } }] : []),
      ],
      outbox: { add: await emptying(reached) },
    });
  }

  /** Rows, threads and answers that somebody who was already at it has added since. */
  async function traces(conversation: string | undefined, tickets: readonly string[]) {
    const rows = await rowsAbout(conversation ?? '', tickets, store);
    const atDesk = await atDeskAbout(tickets, store);
    const posts = atDesk.flatMap(({ value }) => postsIn(value as unknown as Thread | Shown));
    return { what: { docs: atDesk.map(({ key }) => key), outbox: rows.map(({ id }) => id) }, posts };
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

function countsOf(data: PersonalData, damaged: readonly DocKey[]): ErasedCounts {
  const { conversation, transcript, tickets, notUnderstood, rows } = data;
  return {
    conversations: conversation.value === undefined && !damaged.includes(conversation.key) ? 0 : 1,
    messages: transcript.length,
    requests: tickets.length + damaged.filter((key) => key.startsWith('ticket/')).length,
    notUnderstood: notUnderstood.length,
    queued: rows.length,
    mailFiles: 0,
    deskPosts: 0,
    deskDoubts: rows.filter(({ kind, state }) => kind === 'teams-new' && state === 'uncertain').length,
  };
}

function postsOf({ tickets, atDesk }: PersonalData): DeskPost[] {
  const cards = tickets.flatMap(({ value }) => readTicket(value).card ?? []);
  return [...cards, ...atDesk.flatMap(({ value }) => postsIn(value as unknown as Thread | Shown))];
}
