/** Everything that is stored about one conversation: what is shown to its customer, and what an erasure has to reach. */
import type { Doc, DocKey, Json, Line, OutboxRow, Store } from '../store/port.ts';
import { unlessDamaged } from '../store/unless-damaged.ts';
import { type Shown, type Thread, ticketsIn } from '../support/desk-posts.ts';
import { readTicket, type Ticket } from '../support/ticket.ts';
import { conversationOf } from './last-change.ts';

export interface PersonalData {
  conversation: Doc;
  transcript: Line[];
  tickets: Doc[];
  /** What the bot has said at the desk about its tickets: threads, and answers to agents. */
  atDesk: Doc[];
  notUnderstood: Doc[];
  rows: OutboxRow[];
}

type DataStore = Pick<Store, 'read' | 'lines' | 'scan' | 'outbox'>;

const perRead = 500;
const keyOf = (id: string): DocKey => `conversation/${id}`;
export const idOf = ({ key }: Pick<Doc, 'key'>): string => key.slice(key.indexOf('/') + 1);

/** What its own document and transcript lead to: quick enough for a turn. */
export async function dataOf(conversation: string, store: DataStore): Promise<PersonalData> {
  const [doc] = await store.read([keyOf(conversation)]);
  const { state } = (doc?.value ?? {}) as { state?: { tickets?: string[] } };
  const transcript = await transcriptOf(conversation, store);
  const numbers = state?.tickets ?? [];
  const tickets = await existing(
    numbers.map((id): DocKey => `ticket/${id}`),
    store,
  );
  const places = transcript.map(({ seq }): DocKey => `unknown/${conversation}:${seq}`);
  return {
    conversation: doc!,
    transcript,
    tickets,
    atDesk: [],
    notUnderstood: await existing(places, store),
    rows: await rowsAbout(conversation, numbers, store),
  };
}

/** The same, and whatever else speaks of it: every document of those kinds is looked at. @param known tickets that are gone already */
export async function allDataOf(
  conversation: string,
  store: DataStore,
  known: readonly string[] = [],
): Promise<PersonalData> {
  const quick = await dataOf(conversation, store);
  const tickets = await found(store.scan('ticket'), (doc) => conversationOf(doc) === conversation);
  const numbers = [...new Set([...known, ...tickets.map(idOf), ...quick.tickets.map(idOf)])];
  const isOwn = new RegExp(`^unknown/${RegExp.escape(conversation)}:\\d+$`);
  return {
    ...quick,
    tickets,
    atDesk: await atDeskAbout(numbers, store),
    notUnderstood: await found(store.scan('unknown'), ({ key }) => isOwn.test(key)),
    rows: await rowsAbout(conversation, numbers, store),
  };
}

/** A store in which an erasure sees what can be read; what cannot is noted in `damaged`, because it is erased all the same. */
export function pastDamage(store: DataStore, damaged: Set<DocKey>): DataStore {
  async function readOne(key: DocKey): Promise<Doc> {
    const [doc] = await store.read([key]).catch(unlessDamaged<Doc[]>([]));
    if (doc) return doc;
    damaged.add(key);
    return { key, version: 0, value: undefined };
  }
  return {
    read: (keys) => Promise.all(keys.map(readOne)),
    lines: (conversation, after, limit) => store.lines(conversation, after, limit).catch(unlessDamaged<Line[]>([])),
    scan: (kind) => store.scan(kind),
    outbox: () => store.outbox(),
  };
}

export async function atDeskAbout(tickets: readonly string[], store: Pick<Store, 'scan'>): Promise<Doc[]> {
  const isAbout = ({ value }: Doc) => ticketsIn(value as unknown as Thread | Shown).some((id) => tickets.includes(id));
  return [...(await found(store.scan('thread'), isAbout)), ...(await found(store.scan('shown'), isAbout))];
}

/** @param tickets their numbers */
export async function rowsAbout(
  conversation: string,
  tickets: readonly string[],
  store: Pick<Store, 'outbox'>,
): Promise<OutboxRow[]> {
  const rows: OutboxRow[] = [];
  for await (const row of store.outbox()) if (isAbout(row, conversation, tickets)) rows.push(row);
  return rows;
}

/** What carries the erasing out. */
const ownKinds: ReadonlySet<string> = new Set(['erase', 'teams-empty']);

/** The names of rows are made of ours alone, and hold the ticket's number; nobody's words are looked at. */
function isAbout({ id, target, kind, payload }: OutboxRow, conversation: string, tickets: readonly string[]): boolean {
  if (ownKinds.has(kind)) return false;
  const about = (payload ?? {}) as { ticket?: unknown; conversation?: unknown };
  if (target === `reply:${conversation}` || about.conversation === conversation) return true;
  const names = [...id.split(/[^\w-]+/), String(about.ticket)];
  return tickets.some((ticket) => names.includes(ticket));
}

async function transcriptOf(conversation: string, store: Pick<Store, 'lines'>): Promise<Line[]> {
  const lines: Line[] = [];
  for (let last = perRead; last === perRead; ) {
    const next = await store.lines(conversation, lines.at(-1)?.seq ?? 0, perRead);
    lines.push(...next);
    last = next.length;
  }
  return lines;
}

async function existing(keys: DocKey[], store: Pick<Store, 'read'>): Promise<Doc[]> {
  const docs: Doc[] = [];
  for (let at = 0; at < keys.length; at += perRead) docs.push(...(await store.read(keys.slice(at, at + perRead))));
  return docs.filter(({ value }) => value !== undefined);
}

async function found(docs: AsyncIterable<Doc>, test: (doc: Doc) => boolean): Promise<Doc[]> {
  const all: Doc[] = [];
  for await (const doc of docs) if (test(doc)) all.push(doc);
  return all;
}

/** The copy for the customer: all of it, but how an agent is named in Teams, which is the agent's own. */
export function exportOf(data: PersonalData, now: number): Json {
  const { conversation, transcript, tickets, notUnderstood, rows } = data;
  return JSON.parse(
    JSON.stringify({
      madeAt: new Date(now).toISOString(),
      conversation: { id: idOf(conversation), ...(conversation.value as object | undefined) },
      transcript: transcript.map(({ seq, value }) => ({ seq, ...(value as object) })),
      requests: tickets.map(({ value }) => ownPart(readTicket(value))),
      notSentYet: rows,
      notUnderstood: notUnderstood.map(({ value }) => value),
    }),
  ) as Json;
}

function ownPart({ handled: _, owner, ...ticket }: Ticket) {
  return { ...ticket, ...(owner ? { owner: { name: owner.name, language: owner.language } } : {}) };
}
