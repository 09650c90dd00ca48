/** What a turn adds when the customer has asked for their own data: what there is of it, and the wish to have it erased. */
import type { Activity } from 'botbuilder';
import { type DataCounts, erasedReply, shownReply } from '../conversation/data-request.ts';
import type { Outcome } from '../conversation/state.ts';
import { eraseRow, receiptId } from '../ops/erase-order.ts';
import { dataOf, exportOf, type PersonalData, pastDamage } from '../ops/personal-data.ts';
import type { Json, OutboxRow, Store } from '../store/port.ts';
import { type Conversation, type createConversations, isGone } from './conversations.ts';
import { replyRow } from './outbox-rows.ts';
import type { Delivery } from './turns.ts';

export interface DataTurn {
  outcome: Outcome;
  /** For the conversation's document. */
  marks: Pick<Conversation, 'export' | 'erasing'>;
  /** Messages that are sent and not stored: they repeat what is stored. */
  copies: Partial<Activity>[];
  /** Called with the line of the turn's last reply. */
  rows(last: number): OutboxRow[];
}

export interface DataTurnTools {
  store: Store;
  now(): number;
  random: (bytes: number) => Uint8Array;
}

/** What is done about a conversation's own data, outside of its turns. */
export interface DataKeeper {
  /** Memory lets go of what it holds of the conversation. */
  forget(conversation: string): void;
  /** All that is stored of it, once, if its customer has just asked for it. */
  takeExport(conversation: string): Promise<Json | undefined>;
}

/** For how long the file can be fetched, once. */
const fetchWithinMs = 10 * 60_000;
/** Time to get the last message for who reads the transcript; a client that polls does so every second or two. */
const readWithinMs = 10_000;
/** Characters of one message; Teams takes about 28 KB. */
const messageLength = 6000;

export const wantsData = ({ effects }: Outcome): boolean =>
  effects.some(({ type }) => type === 'showData' || type === 'eraseData');

/** @param incoming whether the message that asks will be a line of the transcript */
export async function dataTurn(
  outcome: Outcome,
  id: string,
  incoming: boolean,
  { sendTo, fetches }: Delivery,
  { store, now, random }: DataTurnTools,
): Promise<DataTurn> {
  const { replies, effects } = outcome;
  const erases = effects.some(({ type }) => type === 'eraseData');
  // A copy is whole or none; what cannot be read can still be erased.
  const data = await dataOf(id, erases ? pastDamage(store, new Set()) : store);
  if (erases) {
    const receipt = receiptId(random);
    const last = erasedReply(countsOf(data, (incoming ? 1 : 0) + replies.length + 1), receipt);
    return {
      outcome: { ...outcome, replies: [...replies, last] },
      marks: { erasing: receipt },
      copies: [],
      rows(line) {
        const order = { conversation: id, receipt, by: 'customer', at: now() } as const;
        // Where replies are sent, the row of the last one tells when it is gone.
        const row = sendTo ? eraseRow({ ...order, sayFirst: `reply:${id}:${line}` }, now()) : undefined;
        return [row ?? eraseRow(order, now() + readWithinMs)];
      },
    };
  }
  const copies = fetches ? [] : inMessages(JSON.stringify(exportOf(data, now()), undefined, 1));
  const shown = shownReply(countsOf(data), fetches ? undefined : copies.length);
  return {
    outcome: { ...outcome, replies: [shown, ...replies] },
    marks: fetches ? { export: { until: now() + fetchWithinMs } } : {},
    copies,
    rows: (line) =>
      sendTo
        ? copies.map((copy, n) => ({ ...replyRow(id, line, sendTo, copy, now()), id: `copy:${id}:${line}:${n}` }))
        : [],
  };
}

const countsOf = ({ transcript, tickets, rows, notUnderstood }: PersonalData, more = 0): DataCounts => ({
  messages: transcript.length + more,
  requests: tickets.length,
  queued: rows.length,
  notUnderstood: notUnderstood.length,
});

function inMessages(text: string): Partial<Activity>[] {
  const parts = text.match(new RegExp(`[^]{1,${messageLength}}`, 'gu')) ?? [];
  return parts.map((part) => ({ type: 'message', text: part, textFormat: 'plain' }));
}

/** @returns undefined when it was not asked for in the talk, too long ago, or fetched already */
export async function takeExport(
  id: string,
  conversations: ReturnType<typeof createConversations>,
  { store, now }: Pick<DataTurnTools, 'store' | 'now'>,
): Promise<Json | undefined> {
  const stored = await conversations.read(id);
  if (!stored || isGone(stored)) return undefined;
  const { export: asked, ...rest } = stored.value;
  if (!asked || asked.until < now()) return undefined;
  const data = await dataOf(id, store);
  await conversations.write(id, stored, rest);
  return exportOf(data, now());
}
