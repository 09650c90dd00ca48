import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Conversation } from '../../src/bot/conversations.ts';
import { createDeskTurns, type DeskTurns } from '../../src/bot/desk-turns.ts';
import { createQueues } from '../../src/bot/queues.ts';
import { createTurns } from '../../src/bot/turn.ts';
import type { OutboxRow, Store } from '../../src/store/port.ts';
import type { Person } from '../../src/support/ticket.ts';
import { type House, openHouse } from '../helpers/converse.ts';
import { minute, openSupport, type Shown, type Support } from '../helpers/support.ts';
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

test('two instances decide on the same version: one has it, the other decides anew', async () => {
  const tools = { texts, settings, now: () => friday, random: () => new Uint8Array(8) };
  const { understand } = testWorld();
  let reads = 0;
  /** The request is read to learn whose conversation it is, and again to decide: then the first instance is faster. */
  const read: Store['read'] = async (keys) => {
    const docs = await house.store.read(keys);
    if (keys.includes(`ticket/${ticket}`) && ++reads === 2) await desk.act(ticket, { verb: 'claim' }, mari, 'p1');
    return docs;
  };
  const store = { ...house.store, read };
  const second = createDeskTurns({ ...tools, store, understand, inOrder: createQueues() });
  const late = await second.act(ticket, { verb: 'claim' }, juris, 'p2');
  expect(late?.refused).toEqual({ why: 'taken', by: 'Mari' });
  expect(await desk.read(ticket)).toMatchObject({ owner: { name: 'Mari' } });
  expect(reads).toBe(3);
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

test('that an answer was seen is heard by an instance that has not heard of the request', async () => {
  const tools = { store: house.store, texts, settings, now: () => friday, random: () => new Uint8Array(8) };
  const elsewhere = createTurns({ ...tools, understand: testWorld().understand });
  const post = (more: object) =>
    elsewhere.receive({ channelId: 'webchat', conversation: { id: 'c9' } as never, ...more });
  await elsewhere.open({ id: 'c9', channel: 'webchat', user: 'u', locale: 'en' });
  await post({ id: 'first', type: 'message', text: 'Hello' });
  for (const text of ['Talk to a human', '10', 'words', 'Photo Ltd', 'me@example.com', 'By e-mail, any time'])
    await house.say('c9', text);
  const { replies } = await house.say('c9', 'Yes, pass it on');
  const id = (replies.at(-1)!.activity.channelData as { support: { ticket: string } }).support.ticket;
  await desk.act(id, { verb: 'claim' }, mari, 'p1');
  await desk.act(id, { verb: 'answer', text: 'Tere' }, mari, 'p2');
  const seq = (await desk.read(id))?.messages.at(-1)?.seq;
  await post({ id: 'seen', type: 'event', name: 'support/seen', value: { id: `c9|${String(seq).padStart(7, '0')}` } });
  expect((await desk.read(id))?.messages.at(-1)?.delivery).toBe('seen');
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

describe('an agent’s answer on a channel that takes messages one by one', () => {
  let support: Support;
  let asked: string;
  let customer: ReturnType<Support['customer']>;
  beforeEach(async () => {
    support = await openSupport();
    customer = support.customer('lv');
    asked = await customer.ask();
    await support.act(asked, { verb: 'claim' });
    await support.drain();
  });
  afterEach(() => support.close());
  const answer = async (answers?: Support['channel']['answers']) => {
    support.channel.answers = answers;
    await support.act(asked, { verb: 'answer', text: 'Tere' });
    await support.drain();
    return (await support.ticket(asked)).messages.at(-1);
  };

  test('is `sending` until the channel has taken it, and then delivered', async () => {
    await support.act(asked, { verb: 'answer', text: 'Tere' });
    expect((await support.ticket(asked)).messages.at(-1)).toMatchObject({ delivery: 'sending' });
    await support.drain();
    expect((await support.ticket(asked)).messages.at(-1)).toMatchObject({ delivery: 'delivered' });
    expect(customer.got().at(-1)?.text).toBe('Mari: Tere');
  });

  test.each([
    ['failed', { status: 403 }, '403'],
    ['uncertain', { status: 502 }, '502'],
  ])(
    'is %s with its reason when the channel answers %j, and is not sent again by itself',
    async (delivery, answers, reason) => {
      expect(await answer(answers)).toMatchObject({ delivery, reason });
      support.channel.answers = undefined;
      const before = customer.got().length;
      await support.later(5 * minute);
      expect(customer.got()).toHaveLength(before);
      expect((await support.ticket(asked)).messages.at(-1)).toMatchObject({ delivery });
    },
  );

  test('waits where the channel says “later”, with those behind it, and arrives in order', async () => {
    expect(await answer({ status: 429 })).toMatchObject({ delivery: 'sending' });
    await support.act(asked, { verb: 'answer', text: 'Veel midagi' });
    support.channel.answers = undefined;
    await support.later(minute);
    await support.later(minute);
    const words = customer.got().map(({ text }) => text);
    expect(words.filter((text) => text === 'Mari: Tere').length).toBeGreaterThan(1);
    expect(words.slice(-2)).toEqual(['Mari: Tere', 'Mari: Veel midagi']);
    expect((await support.ticket(asked)).messages.map(({ delivery }) => delivery)).toEqual(['delivered', 'delivered']);
  });

  test('the hand-off’s status goes along as an event, and one that the channel refuses is no loss', async () => {
    const statuses = () =>
      customer
        .got()
        .filter(({ name }) => name === 'handoff.status')
        .map(({ value }) => value);
    expect(statuses()).toEqual([{ state: 'accepted' }]);
    support.channel.answers = { status: 400 };
    await support.act(asked, { verb: 'close', cause: 'answered', verdict: 'right' });
    await support.drain();
    expect(statuses().at(-1)).toEqual({ state: 'completed' });
    const parked = (await support.rows()).filter(({ state }) => state === 'parked');
    expect(parked.map(({ payload }) => (payload as { activity?: { type?: string } }).activity?.type)).toEqual([
      'message',
    ]);
  });
});

test('on the website the hand-off’s status stands in the transcript, ahead of the words', async () => {
  await desk.act(ticket, { verb: 'claim' }, mari, 'p1');
  await desk.act(ticket, { verb: 'close', cause: 'answered', verdict: 'right' }, mari, 'p2');
  const shown = (await house.store.lines('c1', 0, 1000)).slice(-4).map(({ value }) => {
    const { type, value: said, channelData } = value as Shown;
    return type === 'event' ? said : channelData?.support?.node;
  });
  expect(shown).toEqual([{ state: 'accepted' }, 'handoff.joined', { state: 'completed' }, 'rating']);
});
