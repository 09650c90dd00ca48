import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Conversation } from '../../src/bot/conversations.ts';
import { createDeskTurns, type DeskTurns } from '../../src/bot/desk-turns.ts';
import { createQueues } from '../../src/bot/queues.ts';
import type { OutboxRow } from '../../src/store/port.ts';
import type { Person } from '../../src/support/ticket.ts';
import { type House, openHouse } from '../helpers/converse.ts';
import { friday, testWorld, texts } from '../helpers/world.ts';

const settings = { reachable: true, desk: true, supportLanguage: 'et' };
const mari: Person = { id: '29:mari', name: 'Mari', language: 'et' };
const juris: Person = { id: '29:juris', name: 'Juris', language: 'lv' };
let house: House;
let desk: DeskTurns;
let ticket: string;

beforeEach(async () => {
  const inOrder = createQueues();
  house = await openHouse({ settings, inOrder });
  desk = createDeskTurns({
    ...{ store: house.store, texts, settings, now: () => friday, random: () => new Uint8Array(8) },
    understand: testWorld().understand,
    inOrder,
  });
  for (const text of ['Talk to a human', '10', 'words', 'Photo Ltd', 'me@example.com', 'By e-mail, any time'])
    await house.say('c1', text);
  const { replies } = await house.say('c1', 'Yes, pass it on');
  ticket = (replies.at(-1)!.activity.channelData as { support: { ticket: string } }).support.ticket;
});
afterEach(() => house.close());

const rows = async () => {
  const all: OutboxRow[] = [];
  for await (const row of house.store.outbox()) all.push(row);
  return all;
};
const lines = async () => (await house.store.lines('c1', 0, 1000)).map(({ value }) => value as { text?: string });
const conversation = async () => (await house.store.read(['conversation/c1']))[0]!.value as unknown as Conversation;

test('a request is a card and a reminder in the turn’s own commit, and no mail', async () => {
  expect((await rows()).map(({ kind }) => kind).sort()).toEqual(['remind', 'teams-new']);
});

test('two agents claim at once: one has it, the other is told who', async () => {
  const [first, second] = await Promise.all([
    desk.act(ticket, { verb: 'claim' }, mari, 'p1'),
    desk.act(ticket, { verb: 'claim' }, juris, 'p2'),
  ]);
  const refused = [first, second].filter((one) => one?.refused);
  expect(refused).toHaveLength(1);
  const owner = (await desk.read(ticket))?.owner?.name;
  expect(refused[0]?.refused).toEqual({ why: 'taken', by: owner });
});

test('an answer stands in the customer’s transcript, once, and the count of lines is kept in step', async () => {
  await desk.act(ticket, { verb: 'claim' }, mari, 'p1');
  await Promise.all([1, 2, 3].map(() => desk.act(ticket, { verb: 'answer', text: 'Tere, *vaatan*' }, mari, 'p2')));
  const all = await lines();
  expect(all.filter(({ text }) => text === 'Mari: Tere, *vaatan*')).toHaveLength(1);
  expect((await conversation()).lines).toBe(all.length);
  const message = (await desk.read(ticket))?.messages.at(-1);
  expect(message).toMatchObject({ delivery: 'delivered', seq: all.length });
  await house.say('c1', '', {
    type: 'event',
    name: 'support/seen',
    value: { id: `c1|${String(all.length).padStart(7, '0')}` },
  });
  expect((await desk.read(ticket))?.messages.at(-1)?.delivery).toBe('seen');
});

test('a customer’s message is relayed once for each id, in order with the agent’s', async () => {
  await desk.act(ticket, { verb: 'claim' }, mari, 'p1');
  await Promise.all([1, 2].map(() => house.say('c1', 'Vai jūs tur?', { id: 'same' })));
  const posts = (await rows()).filter(
    ({ payload }) => (payload as { post?: { key: string } }).post?.key === 'customer',
  );
  expect(posts).toHaveLength(1);
  expect(posts[0]?.target).toBe(`desk:${ticket}`);
  expect((await desk.read(ticket))?.messages.map(({ text }) => text)).toEqual(['Vai jūs tur?']);
});

test('twenty messages and answers at once: all are kept, and the lines agree', async () => {
  await desk.act(ticket, { verb: 'claim' }, mari, 'p1');
  await Promise.all(
    Array.from({ length: 10 }, (_, i) => [
      house.say('c1', `customer ${i}`),
      desk.act(ticket, { verb: 'answer', text: `agent ${i}` }, mari, `a${i}`),
    ]).flat(),
  );
  expect((await desk.read(ticket))?.messages).toHaveLength(20);
  expect((await conversation()).lines).toBe((await lines()).length);
});
