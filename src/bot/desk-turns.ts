/**
 * The agents' side of a conversation: one command is one commit of the ticket, the customer's transcript and state, and what
 * goes out. When somebody else was faster, it is read and decided again: of two agents who claim, one is told who has it.
 */

import type { Activity } from 'botbuilder';
import { converseFromDesk } from '../conversation/converse.ts';
import type { DeskEvent, HandoffStatus, World } from '../conversation/state.ts';
import type { Commit, Doc, DocKey, OutboxRow, Store } from '../store/port.ts';
import { retrying } from '../store/retrying.ts';
import { type Command, decide, type Refused } from '../support/desk.ts';
import { deskRows } from '../support/desk-rows.ts';
import type { Post } from '../support/post.ts';
import { type Person, readTicket, type Ticket } from '../support/ticket.ts';
import { ticketId } from '../support/ticket-id.ts';
import { toActivity } from './activities.ts';
import { timesOf, toJson } from './carry-out.ts';
import { type Conversation, keyOf } from './conversations.ts';
import { statusEvent } from './handoff-events.ts';
import { replyRow } from './outbox-rows.ts';
import { createQueues } from './queues.ts';
import type { TurnTools } from './turn.ts';

export type Acted = { ticket: Ticket; refused?: Refused };

export interface DeskTurns {
  /** @param id of the press or message; @returns undefined when there is no such ticket */
  act(ticket: string, command: Command, actor: Person, id: string): Promise<Acted | undefined>;
  /** Changes a ticket by something that no agent did; `change` may return undefined: nothing is to be done. */
  change(ticket: string, change: (before: Ticket) => Change | undefined): Promise<Ticket | undefined>;
  read(ticket: string): Promise<Ticket | undefined>;
}

export interface Change {
  ticket: Ticket;
  tells?: DeskEvent[];
  posts?: Post[];
  rows?: OutboxRow[];
  docs?: Commit['docs'];
  outbox?: Omit<NonNullable<Commit['outbox']>, 'add'>;
}

/** The customer's side of a change. */
interface Told {
  said: { seq: number; activity: Partial<Activity>; event: DeskEvent }[];
  /** By a channel that takes messages one by one. */
  sent: boolean;
}

/** What a page, or a hub behind a channel, is told besides the words. */
const statusOf: Partial<Record<DeskEvent['what'], HandoffStatus>> = { joined: 'accepted', closed: 'completed' };
const ticketKey = (id: string): DocKey => `ticket/${id}`;

export function createDeskTurns(tools: TurnTools): DeskTurns {
  const { store, texts, inOrder = createQueues() } = tools;

  const world = (): World => ({
    now: tools.now(),
    words: texts,
    understand: tools.understand,
    newTicketId: () => ticketId(tools.random),
    settings: tools.settings,
  });

  async function write(id: string, doc: Doc, before: Ticket, change: Change): Promise<Ticket> {
    const now = tools.now();
    const { tells = [], posts = [], rows = [], docs = [], outbox } = change;
    const told = tells.length ? await tell(store, before, id, tells) : undefined;
    const ticket = told ? withSeq(change.ticket, told) : change.ticket;
    await store.commit({
      docs: [{ key: doc.key, version: doc.version, value: toJson(ticket) }, ...docs, ...(told?.docs ?? [])],
      lines: told?.lines ?? [],
      outbox: {
        add: [...(told?.rows ?? []), ...deskRows(id, before, ticket, posts, timesOf(tools.settings), now), ...rows],
        ...outbox,
      },
    });
    return ticket;
  }

  /** The customer's side of the commit. */
  async function tell(from: Store, { conversation: id }: Ticket, ticket: string, events: DeskEvent[]) {
    const [doc] = await from.read([keyOf(id)]);
    const before = doc?.value as unknown as Conversation | undefined;
    if (!doc || !before?.state) return undefined;
    const now = tools.now();
    let { state, lines } = before;
    const said: Told['said'] = [];
    const add = (event: DeskEvent, activity: Partial<Activity>, agent?: string) => {
      lines += 1;
      const from = { id: agent ? 'agent' : 'bot', name: agent ?? 'CPS', role: 'bot' };
      said.push({ seq: lines, activity: { ...activity, from, timestamp: new Date(now) }, event });
    };
    for (const event of events) {
      const outcome = converseFromDesk(state, event, ticket, world());
      state = outcome.state;
      // Ahead of the words, so that these and their buttons stay the last that a page shows.
      const status = statusOf[event.what];
      if (status) add(event, statusEvent(status));
      for (const reply of outcome.replies) add(event, toActivity(reply, state.language, texts), reply.from);
    }
    const { sendTo } = before;
    return {
      said,
      sent: sendTo !== undefined,
      docs: [{ key: doc.key, version: doc.version, value: toJson({ ...before, state, lines }) }],
      lines: said.map(({ activity }) => ({ conversation: id, value: toJson(activity) })) satisfies Commit['lines'],
      rows: sendTo ? said.map(({ seq, activity }) => replyRow(id, seq, sendTo, activity, now)) : [],
    };
  }

  async function attempt<T>(id: string, work: (doc: Doc, before: Ticket) => Promise<T>): Promise<T | undefined> {
    const known = await find(id);
    return known && inOrder(known.conversation, () => retrying(() => now(id, work)));
  }

  /** The newest other request of the same talk that nobody has closed. */
  async function otherOpen({ conversation, request }: Ticket): Promise<Ticket | undefined> {
    const [doc] = await store.read([keyOf(conversation)]);
    const { state } = (doc?.value ?? {}) as unknown as Partial<Conversation>;
    const others = (state?.tickets ?? []).filter((id) => id !== request.id).reverse();
    const docs = await store.read(others.map(ticketKey));
    const open = docs.flatMap(({ value }) => (value === undefined ? [] : [readTicket(value)]));
    return open.find(({ status }) => status === 'claimed') ?? open.find(({ status }) => status === 'waiting');
  }

  async function find(id: string): Promise<Ticket | undefined> {
    const [doc] = await store.read([ticketKey(id)]);
    return doc?.value === undefined ? undefined : readTicket(doc.value);
  }

  /** With the ticket as it is now. */
  async function now<T>(id: string, work: (doc: Doc, before: Ticket) => Promise<T>): Promise<T | undefined> {
    const [doc] = await store.read([ticketKey(id)]);
    return doc?.value ? work(doc, readTicket(doc.value)) : undefined;
  }

  return {
    act: (id, command, actor, pressed) =>
      attempt(id, async (doc, before): Promise<Acted> => {
        const { unclaimedAfter: awayAfter } = timesOf(tools.settings);
        const other = command.verb === 'reopen' || command.verb === 'claim' ? await otherOpen(before) : undefined;
        const decision = decide(before, command, actor, { now: tools.now(), awayAfter }, pressed, other);
        if ('repeated' in decision) return { ticket: before };
        if ('refused' in decision) return { ticket: before, refused: decision.refused };
        const resent = command.verb === 'resend' ? await rowAgain(store, command.row, tools.now()) : undefined;
        const outbox = resent ? { outbox: { update: [resent] } } : {};
        return { ticket: await write(id, doc, before, { ...decision, ...outbox }) };
      }),
    change: (id, decideChange) =>
      attempt(id, async (doc, before) => {
        const change = decideChange(before);
        return change ? write(id, doc, before, change) : before;
      }),
    read: find,
  };
}

/** What the agent has said gets its lines in the transcript, and how far they have come. */
function withSeq(ticket: Ticket, { said, sent }: Pick<Told, 'said' | 'sent'>): Ticket {
  function seqOf(id: string) {
    const lines = said.filter(({ event }) => 'id' in event && event.id === id);
    // Where the bot speaks for the agent there is no line of the agent's own.
    return (lines.find(({ activity }) => activity.from?.id === 'agent') ?? lines[0])?.seq;
  }
  const messages = ticket.messages.map((one) => {
    const seq = seqOf(one.id);
    return seq === undefined ? one : { ...one, seq, delivery: sent ? ('sending' as const) : ('delivered' as const) };
  });
  return { ...ticket, messages };
}

/** A row of which it is not known whether it arrived, to be sent once more at somebody's wish. */
async function rowAgain(store: Store, id: string, now: number): Promise<OutboxRow | undefined> {
  for await (const row of store.outbox()) {
    if (row.id !== id || row.state === 'waiting') continue;
    const { reason: _, ...rest } = row;
    return { ...rest, state: 'waiting', dueAt: now, attempts: 0 };
  }
  return undefined;
}
