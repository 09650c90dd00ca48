/** With the bot stopped, straight from its store: requests, cards, mails, the outbox and the channels' talks. */
import { join } from 'node:path';
import { openLowdbStore } from '../../src/store/lowdb/index.ts';
import type { OutboxRow, Store } from '../../src/store/port.ts';
import { readTicket, type Ticket } from '../../src/support/ticket.ts';
import type { ChannelTalk } from './channel.ts';
import type { House } from './house.ts';
import type { Problems } from './problems.ts';

interface Tools {
  house: House;
  problems: Problems;
}

interface StoredLine {
  text?: string;
  from?: { role?: string };
  channelData?: { clientActivityID?: string };
}

export interface Counted {
  tickets: number;
  mails: number;
  /** Mails that came again under their Message-ID, and rows of which nobody knows whether they arrived, after kill -9. */
  repeated: number;
  uncertain: number;
  /** Bytes of the largest conversation's state, and of the one in the middle. */
  largestState: number;
  usualState: number;
}

export async function checkStore(
  { house, problems }: Tools,
  talks: readonly ChannelTalk[],
  cards: ReadonlyMap<string, readonly string[]>,
): Promise<Counted> {
  const store = await openLowdbStore({
    folder: join(house.dataDir, 'store'),
    warn: (words) => problems.add('the store warns', words),
  });
  try {
    const rows: OutboxRow[] = [];
    for await (const row of store.outbox()) rows.push(row);
    const tickets: Ticket[] = [];
    for await (const { value } of store.scan('ticket')) tickets.push(readTicket(value));
    const sizes: number[] = [];
    for await (const { value } of store.scan('conversation')) sizes.push(JSON.stringify(value).length);
    sizes.sort((a, b) => a - b);
    checkOutbox(problems, rows, house.killedAt());
    checkCards(problems, tickets, cards, rows);
    const repeated = checkMails(problems, tickets, house);
    const sent = Map.groupBy(house.connector.sent, ({ path }) => /\/conversations\/([^/]+)\//.exec(path ?? '')?.[1]);
    for (const talk of talks) {
      const texts = (sent.get(talk.id) ?? []).map(({ body }) => body.text);
      await checkTalk(problems, store, talk, texts, rows);
    }
    return {
      tickets: tickets.length,
      mails: house.box.mails.length,
      repeated,
      uncertain: rows.length,
      largestState: sizes.at(-1) ?? 0,
      usualState: sizes[sizes.length >> 1] ?? 0,
    };
  } finally {
    await store.close();
  }
}

/** All is sent; what kill -9 met in the middle of sending is kept and shown, and not sent again blindly. */
function checkOutbox(problems: Problems, rows: readonly OutboxRow[], killedAt: number | undefined): void {
  for (const { id, kind, state, reason } of rows) {
    const isKilled =
      killedAt !== undefined && state === 'uncertain' && reason === 'the process ended while it was being sent';
    if (!isKilled) problems.add('the outbox is not empty', { id, kind, state, reason });
  }
}

function checkCards(
  problems: Problems,
  tickets: readonly Ticket[],
  cards: ReadonlyMap<string, readonly string[]>,
  rows: readonly OutboxRow[],
): void {
  const doubtful = new Set(rows.map(({ id }) => id.split(':')[1]));
  for (const { request, doubts } of tickets) {
    const count = cards.get(request.id)?.length ?? 0;
    const isDoubtful = doubtful.has(request.id) || doubts.length > 0;
    if (isDoubtful ? count > 2 : count !== 1) problems.add(`a request has ${count} cards`, request.id);
  }
  const known = new Set(tickets.map(({ request }) => request.id));
  for (const ticket of cards.keys())
    if (!known.has(ticket)) problems.add('a card of a request that is not stored', ticket);
}

/** Each request goes to support by mail, and its log says what else was promised. @returns how many came again */
function checkMails(problems: Problems, tickets: readonly Ticket[], { box, killedAt }: House): number {
  const arrived = new Map<string, number>();
  let repeated = 0;
  for (const { messageId = '', date = '' } of box.mails) {
    const first = arrived.get(messageId);
    const time = Date.parse(date);
    if (first === undefined) {
      arrived.set(messageId, time);
      continue;
    }
    repeated += 1;
    // Sent, and the process killed before that was noted: then it goes out again, under the same name. Dates have whole seconds.
    const killed = killedAt() ?? Number.NaN;
    if (!(first < killed + 1000 && time > killed - 1000)) problems.add('a mail came twice', messageId);
  }
  const count = (kind: string, ticket: string) =>
    [...arrived.keys()].filter((id) => id.startsWith(`<${kind}.${ticket}`)).length;
  for (const { request, log } of tickets) {
    const logged = (name: string) => log.filter(({ what }) => what === name).length;
    const promised = { request: 1, unclaimed: logged('unclaimed'), later: logged('mailed') };
    const came = {
      request: count('request', request.id),
      unclaimed: count('unclaimed', request.id),
      later: count('answer', request.id) + count('transcript', request.id),
    };
    if (JSON.stringify(promised) !== JSON.stringify(came)) {
      problems.add('mails are lost, or came that were not promised', { ticket: request.id, promised, came });
    }
  }
  return repeated;
}

/** @param sent the texts that the channel was sent, in order */
async function checkTalk(
  problems: Problems,
  store: Store,
  { id, said, replies }: ChannelTalk,
  sent: readonly (string | undefined)[],
  rows: readonly OutboxRow[],
): Promise<void> {
  const lines = (await store.lines(id, 0, 10_000)).map(({ value }) => value as StoredLine);
  const found = lines.flatMap((line) => (line.from?.role === 'bot' ? [] : [line.channelData?.clientActivityID]));
  if (JSON.stringify(found) !== JSON.stringify(said)) {
    problems.add('MESSAGES OF A CHANNEL ARE LOST, doubled or in another order', {
      id,
      found: found.length,
      said: said.length,
    });
  }
  if (replies === 'inAnswer') return;
  const wanted = lines.flatMap((line, at) => {
    const isDoubtful = rows.some((row) => row.id === `reply:${id}:${at + 1}`);
    return line.from?.role === 'bot' && !isDoubtful ? [line.text] : [];
  });
  const doubted = lines.length - wanted.length - found.length;
  const isWhole =
    doubted > 0 ? wanted.every((text) => sent.includes(text)) : JSON.stringify(sent) === JSON.stringify(wanted);
  if (!isWhole)
    problems.add('replies to a channel are lost, doubled or in another order', {
      id,
      sent: sent.length,
      wanted: wanted.length,
    });
}
