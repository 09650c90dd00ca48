/** What a customer's turn asks for beyond its answer, as documents and outbox rows of the same commit. */
import type { CustomerEffect, Effect } from '../conversation/state.ts';
import { maskPersonal } from '../language/values/mask.ts';
import type { Commit, Doc, Json, OutboxRow } from '../store/port.ts';
import { happened } from '../support/customer-side.ts';
import { type DeskTimes, deskRows, requestRow, transcriptRow } from '../support/desk-rows.ts';
import type { Post } from '../support/post.ts';
import { openTicket, readTicket } from '../support/ticket.ts';

export interface DeskSettings extends Partial<DeskTimes> {
  /** Agents answer at a desk. */
  desk?: boolean | undefined;
  supportEmail?: string | undefined;
  supportLanguage: string;
}

export const timesOf = ({ unclaimedAfter = 30 * 60_000, unreadAfter = 10 * 60_000 }: DeskSettings): DeskTimes => ({
  unclaimedAfter,
  unreadAfter,
});

export interface Turned {
  effects: Effect[];
  toDesk?: CustomerEffect[] | undefined;
  conversation: string;
  channel: string;
  /** The customer's message: its id, its line in the transcript, and a number that is this turn's alone. */
  from: { id: string; seq?: number | undefined; place: number };
  /** The ticket at the desk, as it was read; without one at the desk the last of this talk, to which nothing is done. */
  ticket?: Doc | undefined;
  now: number;
}

export function carryOut(turned: Turned, settings: DeskSettings) {
  const { conversation, channel, from, now } = turned;
  const { supportEmail, desk } = settings;
  const docs: NonNullable<Commit['docs']> = [];
  const rows: OutboxRow[] = [];
  for (const effect of turned.effects) {
    if (effect.type === 'unknown') {
      const value = { text: maskPersonal(effect.text), language: effect.language, at: now };
      docs.push({ key: `unknown/${conversation}:${from.place}`, version: 0, value });
      continue;
    }
    if (effect.type !== 'openTicket') continue;
    const { request } = effect;
    const ticket = openTicket(request, conversation, channel);
    docs.push({ key: `ticket/${request.id}`, version: 0, value: toJson(ticket) });
    if (supportEmail) rows.push(requestRow({ ticket: request.id, to: supportEmail, upTo: from.place }, now));
    if (desk) rows.push(...deskRows(request.id, undefined, ticket, [], timesOf(settings), now));
  }
  const doc = turned.ticket;
  if (!doc?.value || !turned.toDesk?.length) return { docs, rows };
  const before = readTicket(doc.value);
  const posts: Post[] = [];
  let after = before;
  for (const effect of turned.toDesk) {
    const next = happened(after, effect, now, from);
    posts.push(...next.posts);
    if (effect.type === 'transcript')
      rows.push(transcriptRow({ ticket: before.request.id, to: effect.to, upTo: from.place }, now));
    after = next.ticket;
  }
  if (after === before) return { docs, rows };
  docs.push({ key: doc.key, version: doc.version, value: toJson(after) });
  rows.push(...deskRows(before.request.id, before, after, posts, timesOf(settings), now));
  return { docs, rows };
}

/** Only what JSON keeps is stored: no dates, no undefined. */
export const toJson = (value: object): Json => JSON.parse(JSON.stringify(value)) as Json;
