/** What a change of a ticket promises to the desk: rows of the commit that makes the change. */
import type { Json, OutboxRow } from '../store/port.ts';
import type { Post } from './post.ts';
import { owedSince, type Ticket } from './ticket.ts';

/** `teams-new`: the card, or something said in its thread. Sent once. */
export type NewPayload = { ticket: string; post?: Post; lost?: string };
/** `teams-update`: the card as the ticket is when it is sent. */
export type UpdatePayload = { ticket: string; revision: number };
/** `remind`: looks again when its time has come; `since` is what it was set for. */
export type RemindPayload =
  | { ticket: string; what: 'unclaimed' | 'unanswered' | 'stopped'; since: number }
  | UnreadPayload
  | TranscriptPayload;
export type TranscriptPayload = { ticket: string; what: 'transcript'; to: string; upTo: number };
export type UnreadPayload = { ticket: string; what: 'unread'; message: string };

export interface DeskTimes {
  /** Milliseconds. */
  unclaimedAfter: number;
  unreadAfter: number;
}

const row = (id: string, target: string, kind: string, payload: object, dueAt: number): OutboxRow => ({
  ...{ id, target, kind, dueAt, attempts: 0, state: 'waiting' },
  payload: JSON.parse(JSON.stringify(payload)) as Json,
});

/** The card of a new ticket. `attempt` tells apart the cards of one ticket when it was lost or the desk has moved. */
export function cardRow(ticket: string, now: number, attempt = 0): OutboxRow {
  return row(`card:${ticket}:new:${attempt}`, `desk:${ticket}`, 'teams-new', { ticket } satisfies NewPayload, now);
}

export const isCardRow = (row: string) => row.startsWith('card:') && row.includes(':new:');

/**
 * Says in the channel that a card may be missing there. Not at once: a card that has arrived tells of itself when somebody looks
 * at it, and a service that is failing would lose this too.
 */
export function doubtRow({ request, revision }: Ticket, lost: string, now: number): OutboxRow {
  const id = `doubt:${request.id}:${revision}`;
  const payload: NewPayload = { ticket: request.id, post: { key: 'cardDoubt' }, lost };
  return row(id, id, 'teams-new', payload, now + 60_000);
}

/** The mail that tells support of a request. It is written when it is sent: until then only its number is kept a second time. */
export type RequestPayload = { ticket: string; to: string; upTo: number };

/** @param upTo the last line of the talk that goes along */
export function requestRow(payload: RequestPayload, now: number): OutboxRow {
  const key = `request:${payload.ticket}`;
  return row(key, key, 'request', payload, now);
}

/** The talk by mail, up to the line at which it was asked for: that number is the mail's name. */
export function transcriptRow(payload: Omit<TranscriptPayload, 'what'>, now: number): OutboxRow {
  const key = `transcript:${payload.ticket}:${payload.upTo}`;
  return row(key, key, 'remind', { ...payload, what: 'transcript' }, now);
}

/** What the customer has written since the desk stopped at `since` is mailed together, once. */
export function stoppedRow(ticket: string, since: number, dueAt: number): OutboxRow {
  const key = `remind:${ticket}:stopped:${since}`;
  return row(key, key, 'remind', { ticket, what: 'stopped', since } satisfies RemindPayload, dueAt);
}

/** What is more mail to a customer than may be is looked at again when it can go. */
export function laterRow(payload: UnreadPayload | TranscriptPayload, dueAt: number, now: number): OutboxRow {
  const about = payload.what === 'unread' ? payload.message : payload.upTo;
  const key = `remind:${payload.ticket}:${payload.what}:later:${about}:${now}`;
  return row(key, key, 'remind', payload, dueAt);
}

/** @param before undefined for a new ticket */
export function deskRows(
  id: string,
  before: Ticket | undefined,
  after: Ticket,
  posts: readonly Post[],
  times: DeskTimes,
  now: number,
): OutboxRow[] {
  if (before?.hub || after.hub) return [];
  const { revision } = after;
  const target = `desk:${id}`;
  const name = (kind: string, more = '') => `${kind}:${id}:${revision}${more}`;
  const rows = posts.map((post, i) =>
    row(name('post', `:${i}`), target, 'teams-new', { ticket: id, post } satisfies NewPayload, now),
  );
  if (!before) rows.push(cardRow(id, now));
  else if (revision !== before.revision)
    rows.push(row(name('card'), target, 'teams-update', { ticket: id, revision } satisfies UpdatePayload, now));
  return [...rows, ...reminders(id, before, after, times, now)];
}

function reminders(id: string, before: Ticket | undefined, after: Ticket, times: DeskTimes, now: number): OutboxRow[] {
  const { revision, status, freeSince } = after;
  const remind = (payload: RemindPayload, delay: number, more = '') => {
    const key = `remind:${id}:${payload.what}:${revision}${more}`;
    return row(key, key, 'remind', payload, now + delay);
  };
  const rows: OutboxRow[] = [];
  const isOther = status !== before?.status;
  if (status === 'waiting' && freeSince !== undefined && (isOther || freeSince !== before?.freeSince))
    rows.push(remind({ ticket: id, what: 'unclaimed', since: freeSince }, times.unclaimedAfter));
  const owed = owedSince(after);
  const isBack = before?.stopped !== undefined && after.stopped === undefined;
  if (owed !== undefined && (isOther || isBack || owed !== (before && owedSince(before))))
    rows.push(remind({ ticket: id, what: 'unanswered', since: owed }, times.unclaimedAfter));
  const known = new Set(before?.messages.map((one) => one.id));
  const answers = after.messages.filter((one) => one.from === 'agent' && !known.has(one.id));
  return [
    ...rows,
    ...answers.map((one, i) => remind({ ticket: id, what: 'unread', message: one.id }, times.unreadAfter, `:${i}`)),
  ];
}
