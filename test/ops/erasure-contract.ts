/** What must hold when a conversation is erased, whatever the engine. */
import { randomBytes } from 'node:crypto';
import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Activity } from 'botbuilder';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createDeskTurns } from '../../src/bot/desk-turns.ts';
import { startOutbox } from '../../src/bot/outbox.ts';
import { mailRow } from '../../src/bot/outbox-rows.ts';
import { createQueues } from '../../src/bot/queues.ts';
import { createTurns, type TurnTools } from '../../src/bot/turn.ts';
import { ConversationGone, type Delivery } from '../../src/bot/turns.ts';
import { keepShown } from '../../src/channels/teams/shown.ts';
import { keepCard, keepPost } from '../../src/channels/teams/thread.ts';
import { createDataDesk, NothingStored } from '../../src/ops/data-desk.ts';
import type { Receipt } from '../../src/ops/erase-order.ts';
import { createEraser, type EraserTools } from '../../src/ops/erasure.ts';
import { eraseOlderThan } from '../../src/ops/retention.ts';
import { eraseTraces, receiptDays } from '../../src/ops/traces.ts';
import type { DocKey, OutboxRow, Store } from '../../src/store/port.ts';
import { readTicket } from '../../src/support/ticket.ts';
import { friday, testWorld, texts } from '../helpers/world.ts';

export interface Engine {
  store: Store;
  /** Everything that the engine holds, as text. */
  bytes(): Promise<string>;
  drop(): Promise<void>;
}

const day = 24 * 3600_000;
const words = ['Zyxomma', 'Quizzaciously', 'zebulon@example.com', 'Photo Ltd'];
const kinds = ['conversation', 'ticket', 'unknown', 'thread', 'shown', 'erasure', 'receipt'];
const embedded: Delivery = { fetches: true };
/** Where a channel wants its replies. */
const channel: Delivery = { sendTo: { serviceUrl: 'http://127.0.0.1:9', user: { id: 'customer', name: 'Zebulon' } } };

export function erasureContract(name: string, open: () => Promise<Engine>): void {
  let engine: Engine;
  let store: Store;
  let mails: string;
  let clock = friday;
  let made = 0;
  let home: ReturnType<typeof house>;

  beforeEach(async () => {
    clock = friday;
    engine = await open();
    store = engine.store;
    mails = await mkdtemp(join(tmpdir(), 'cps-mails-'));
    home = house();
  });
  afterEach(async () => {
    await engine.drop();
    await rm(mails, { recursive: true, force: true });
  });

  /** One process over the store. */
  function house(more: Partial<EraserTools> = {}) {
    const inOrder = createQueues();
    const tools: TurnTools = {
      ...{ store, texts, inOrder, understand: testWorld().understand, random: randomBytes },
      settings: { reachable: true, desk: true, supportEmail: 'support@example.com', supportLanguage: 'en' },
      now: () => clock,
    };
    const turns = createTurns(tools);
    const eraser = createEraser({
      ...{ store, inOrder, now: () => clock, mailFolder: mails, alone: true },
      ...{ settled: async () => undefined, forget: turns.forget },
      ...more,
    });
    const say = (conversation: string, text: string, delivery: Delivery = embedded, id = `activity-${++made}`) =>
      turns.receive(
        {
          ...{ type: 'message', id, channelId: 'test', locale: 'en', text },
          from: { id: 'customer', name: '' },
          conversation: { id: conversation } as Activity['conversation'],
        },
        delivery,
      );
    return { tools, turns, desk: createDeskTurns(tools), eraser, say };
  }

  const rows = () => Array.fromAsync(store.outbox());
  const keys = async () =>
    (
      await Promise.all(kinds.map(async (kind) => (await Array.fromAsync(store.scan(kind))).map(({ key }) => key)))
    ).flat();
  const put = (key: DocKey, value: object) =>
    store.commit({ docs: [{ key, version: 0, value: JSON.parse(JSON.stringify(value)) }] });
  const receipts = async () =>
    (await Array.fromAsync(store.scan('receipt'))).map(({ value }) => value as unknown as Receipt);

  /** A talk with a request in it, a card and a post in Teams, a mail in the outbox and one in a file, a phrase that was not understood. */
  async function everything(conversation = 'c', delivery = embedded): Promise<string> {
    const opening = { id: conversation, channel: 'test', user: 'customer' };
    await home.turns.open(opening);
    await home.say(conversation, 'menu', delivery);
    await home.say(conversation, 'Zyxomma pizza', delivery);
    for (const text of ['Talk to a human', '10', 'Quizzaciously', 'Photo Ltd', 'zebulon@example.com', '1', '1'])
      await home.say(conversation, text, delivery);
    const all = (await Array.fromAsync(store.scan('ticket'))).map(({ value }) => readTicket(value));
    const ticket = all.find((one) => one.conversation === conversation)!.request.id;
    const card = {
      serviceUrl: 'http://127.0.0.1:9',
      conversation: `19:x;messageid=${ticket}`,
      activity: `card-${ticket}`,
    };
    await home.desk.change(ticket, (now) => ({ ticket: { ...now, card } }));
    await keepPost(ticket, card, { store });
    await keepPost(ticket, { ...card, activity: `post-${ticket}` }, { store });
    await keepShown({ ...card, conversation: 'a:agent', activity: `list-${ticket}` }, [ticket], store);
    const mail = { to: 'support@example.com', subject: 'x', text: 'Quizzaciously', html: '', language: 'en' };
    const waiting = mailRow({ ...mail, messageId: `<answer.${ticket}.7@cps-support-bot>` }, clock);
    await store.commit({ outbox: { add: [waiting] } });
    await mkdir(mails, { recursive: true });
    for (const file of [`request.${ticket}@cps-support-bot.eml`, 'request.OTHER-1@cps-support-bot.eml'])
      await writeFile(join(mails, file), 'Quizzaciously');
    return ticket;
  }

  async function askToErase(conversation = 'c', delivery = embedded) {
    await home.say(conversation, 'Delete my data', delivery);
    return home.say(conversation, 'zebulon@example.com', delivery, 'the-confirmation');
  }
  const order = async () => (await rows()).find(({ kind }) => kind === 'erase');

  /** As the outbox does it. */
  async function work(eraser = home.eraser) {
    for (let row = await order(); row; row = await order()) {
      const sent = await eraser.send(row);
      if (sent.result !== 'done') return sent;
      await store.commit({ outbox: { remove: [row.id] } });
    }
    return undefined;
  }

  async function nothingLeft(ticket: string, conversation = 'c') {
    expect((await keys()).filter((key) => !key.startsWith('receipt/'))).toEqual([`conversation/${conversation}`]);
    expect((await store.read([`conversation/${conversation}`]))[0]!.value).toEqual({ erased: clock });
    expect(await store.lines(conversation, 0, 10)).toEqual([]);
    const left = await rows();
    expect(left.map(({ kind }) => kind)).toEqual(['teams-empty', 'teams-empty', 'teams-empty']);
    expect(left.map(({ payload }) => (payload as { activity: string }).activity).sort()).toEqual([
      `card-${ticket}`,
      `list-${ticket}`,
      `post-${ticket}`,
    ]);
    expect(await readdir(mails)).toEqual(['request.OTHER-1@cps-support-bot.eml']);
    const bytes = (await engine.bytes()).toLowerCase();
    expect(words.filter((word) => bytes.includes(word.toLowerCase()))).toEqual([]);
  }

  describe(`erasing, on ${name}`, () => {
    test('all that is stored goes, and a receipt stays that leads to nobody', async () => {
      const ticket = await everything();
      const before = await store.lines('c', 0, 1000);
      const bytes = (await engine.bytes()).toLowerCase();
      expect(
        words.filter((word) => !bytes.includes(word.toLowerCase())),
        'it was there',
      ).toEqual([]);
      const { replies } = await askToErase();
      const support = (replies[0]!.activity.channelData as { support: { node: string; receipt: string } }).support;
      expect(support.node).toBe('data.erased');
      const left = (await order())!.dueAt;
      expect(left, 'the last message can be read').toBeGreaterThan(clock);
      expect((await home.say('c', 'zebulon@example.com', embedded, 'the-confirmation')).replies).toHaveLength(1);
      await work();
      await nothingLeft(ticket);
      const [receipt] = await receipts();
      expect(receipt).toEqual({
        ...{ askedAt: friday, at: friday, by: 'customer' },
        counts: {
          ...{ conversations: 1, messages: before.length + 4, requests: 1, notUnderstood: 1 },
          ...{ queued: expect.any(Number), mailFiles: 1, deskPosts: 3, deskDoubts: 0 },
        },
      });
      expect(replies[0]!.activity.text).toContain(String(before.length + 4));
      expect(replies[0]!.activity.text).toContain(support.receipt);
      expect((await keys()).filter((key) => key.startsWith('receipt/'))).toEqual([`receipt/${support.receipt}`]);
      const text = JSON.stringify(receipt);
      expect(text).not.toContain(ticket);
    });

    test('somebody else’s conversation, request, mail and phrase stay', async () => {
      await everything('c');
      const other = await everything('other');
      await askToErase('c');
      await work();
      expect((await store.lines('other', 0, 100)).length).toBeGreaterThan(10);
      const left = (await keys()).sort();
      expect(left).toContain(`ticket/${other}`);
      expect(left.filter((key) => key.startsWith('unknown/')).map((key) => key.split(':')[0])).toEqual([
        'unknown/other',
      ]);
      expect(left.filter((key) => key.startsWith('thread/'))).toHaveLength(1);
      expect(left.filter((key) => key.startsWith('shown/'))).toHaveLength(1);
      expect((await rows()).filter(({ id }) => id.includes(other)).length).toBeGreaterThan(2);
    });

    test('cut off at every step, it is finished by the next start', { timeout: 60_000 }, async () => {
      for (let step = 1; ; step++) {
        const ticket = await everything(`c${step}`);
        await askToErase(`c${step}`);
        const { cut, store: failing } = cutting(store, step);
        const first = house({ store: failing });
        const broken = await work(first.eraser).catch((error: Error) => error);
        await work(house().eraser);
        await nothingLeft(ticket, `c${step}`);
        expect((await receipts()).map(({ counts }) => counts.requests)).toEqual([1]);
        await engine.drop();
        await rm(mails, { recursive: true, force: true });
        engine = await open();
        store = engine.store;
        home = house();
        if (!cut()) {
          expect(broken).toBeUndefined();
          expect(step, 'there were steps').toBeGreaterThan(5);
          return;
        }
      }
    });

    test('nothing more can be said in it: not by a turn behind it, nor by an agent or a reminder', async () => {
      const ticket = await everything();
      await home.say('c', 'Delete my data');
      const confirmed = home.say('c', 'zebulon@example.com');
      const behind = home.say('c', 'Zyxomma behind it').catch((error: unknown) => error);
      await confirmed;
      expect(await behind).toBeInstanceOf(ConversationGone);
      const acted = home.desk.act(
        ticket,
        { verb: 'note', text: 'Zyxomma' },
        { id: 'a', name: 'A', language: 'en' },
        'x',
      );
      await Promise.all([work(), acted]);
      expect(
        await home.desk.act(ticket, { verb: 'claim' }, { id: 'a', name: 'A', language: 'en' }, 'y'),
      ).toBeUndefined();
      await expect(home.say('c', 'Zyxomma after it')).rejects.toBeInstanceOf(ConversationGone);
      expect(await home.turns.known('c')).toBe('erased');
      await home.turns.open({ id: 'c', channel: 'test', user: 'customer' });
      expect(await home.turns.known('c')).toBe('erased');
      await nothingLeft(ticket);
    });

    test('where a chat keeps its id, what is written afterwards begins anew, also by a process that remembers the old', async () => {
      const elsewhere = house();
      for (let later = 1; later <= 6; later++) {
        const id = `c${later}`;
        for (const text of ['menu', 'Register step by step', '1', '1']) await elsewhere.say(id, text, channel);
        await home.say(id, 'Delete my data', channel);
        await home.say(id, 'DELETE', channel);
        await expect(home.say(id, 'too early', channel)).rejects.toThrow(/erased/);
        expect(await work(), 'the receipt goes first').toMatchObject({ result: 'retry' });
        const replies = (await rows()).filter(({ kind }) => kind === 'reply').map((row) => row.id);
        await store.commit({ outbox: { remove: replies } });
        await work();
        // After as many messages as it remembers, its version could be taken for the newest.
        for (let n = 0; n < later; n++) await home.say(id, 'hello', channel);
        const { seq } = await elsewhere.say(id, 'hello', channel);
        expect(seq).toBe(2 * later + 1);
        const [doc] = await store.read([`conversation/${id}`]);
        expect((doc!.value as { state: { ledger: unknown[] } }).state.ledger, `after ${later}`).toEqual([]);
      }
    });

    test('a receipt that cannot be delivered holds it up for an hour at most', async () => {
      await everything('c', channel);
      await askToErase('c', channel);
      expect(await work()).toMatchObject({ result: 'retry' });
      clock += 3600_001;
      expect(await work()).toBeUndefined();
      expect(new Set((await rows()).map(({ kind }) => kind))).toEqual(new Set(['teams-empty']));
    });

    test('a mail that was being sent at that moment does not come back', async () => {
      const ticket = await everything();
      let release = () => {};
      const held = new Promise<void>((resolve) => {
        release = resolve;
      });
      const began: string[] = [];
      let settled = async () => {};
      const { eraser } = house({ settled: () => settled() });
      const hold = {
        repeatable: true,
        async send({ id }: OutboxRow) {
          began.push(id);
          await held;
          return { result: 'retry' as const, reason: 'ECONNREFUSED' };
        },
      };
      const outbox = startOutbox({
        ...{ store, now: () => clock, random: () => 0 },
        senders: { mail: hold, 'teams-new': hold, 'teams-update': hold, 'teams-empty': hold, remind: hold },
      });
      settled = () => outbox.settled('erase');
      await expect.poll(() => began.some((id) => id.includes('answer'))).toBe(true);
      await askToErase();
      const erasing = work(eraser);
      await expect.poll(async () => (await store.read(['conversation/c']))[0]!.value).toMatchObject({ at: clock });
      release();
      await erasing;
      await outbox.stop(100);
      await nothingLeft(ticket);
    });

    test('a post that was on its way to Teams is emptied when it has arrived', async () => {
      const ticket = await everything();
      await askToErase();
      await work();
      const late = { serviceUrl: 'http://127.0.0.1:9', conversation: '19:x;messageid=late', activity: 'late' };
      await keepPost(ticket, late, { store });
      await keepCard(ticket, { ...late, activity: 'late-card' }, 1, { store, turns: home.desk });
      await keepShown({ ...late, activity: 'late-list' }, [ticket], store);
      const emptied = (await rows()).map(({ payload }) => (payload as { activity: string }).activity);
      expect(emptied).toEqual(expect.arrayContaining(['late', 'late-card', 'late-list']));
      expect((await keys()).filter((key) => key.startsWith('thread/'))).toEqual([]);
    });

    test('several processes: looked through again when what the others were sending is over', async () => {
      const ticket = await everything();
      await askToErase();
      const { eraser } = house({ alone: false });
      expect(await work(eraser)).toMatchObject({ result: 'retry' });
      const { attempts: _, ...mail } = mailRow(
        { to: 'a@b.ee', subject: '', text: 'Zyxomma', html: '', messageId: `<request.${ticket}@cps-support-bot>` },
        clock,
      );
      await store.commit({ outbox: { add: [{ ...mail, attempts: 0 }] } });
      expect(await work(eraser)).toBeUndefined();
      await nothingLeft(ticket);
    });

    test('by an operator: found by an address, shown, erased by the ticket’s number', async () => {
      const ticket = await everything();
      const desk = createDataDesk({
        store,
        now: () => clock,
        random: randomBytes,
        work: async () => void (await work()),
      });
      expect(await desk.find('ZEBULON@example.com')).toEqual([{ conversation: 'c', tickets: [ticket] }]);
      const shown = JSON.stringify(await desk.show(ticket.toLowerCase()));
      for (const word of words) expect(shown).toContain(word);
      const { receipt, done } = await desk.erase(ticket);
      expect(receipt).toMatch(/^R-/);
      expect(done).toMatchObject({ by: 'operator', counts: { conversations: 1, requests: 1 } });
      await nothingLeft(ticket);
      expect(await desk.show(receipt.toLowerCase())).toEqual(done);
      await expect(desk.erase(ticket)).rejects.toBeInstanceOf(NothingStored);
      await expect(desk.show('c')).rejects.toBeInstanceOf(NothingStored);
      await expect(desk.show('no such thing!')).rejects.toBeInstanceOf(NothingStored);
    });

    test('an operator’s wish is one with the customer’s', async () => {
      await everything();
      await askToErase();
      const desk = createDataDesk({
        store,
        now: () => clock,
        random: randomBytes,
        work: async () => void (await work()),
      });
      const { done } = await desk.erase('c');
      expect(done?.by).toBe('customer');
      expect(await receipts()).toHaveLength(1);
    });

    test('a ticket whose conversation is gone already', async () => {
      const ticket = await everything();
      await store.erase({ docs: ['conversation/c'], conversations: ['c'] });
      const desk = createDataDesk({
        store,
        now: () => clock,
        random: randomBytes,
        work: async () => void (await work()),
      });
      expect((await desk.erase(ticket)).done?.counts).toMatchObject({ conversations: 0, requests: 1 });
      expect((await keys()).filter((key) => !key.startsWith('receipt/'))).toEqual([]);
    });

    test('what is left behind has an end of its own', async () => {
      await everything();
      await askToErase();
      await work();
      await put('thread/old', { ticket: 'GONE-01' });
      await put('shown/old', { tickets: ['GONE-01', 'GONE-02'] });
      await put('ticket/HERE-01', { request: { openedAt: clock }, conversation: 'here' });
      await put('shown/new', { tickets: ['GONE-01', 'HERE-01'] });
      clock += day - 1;
      expect(await eraseTraces(clock, store), 'what leads nowhere').toBe(2);
      await store.erase({ docs: ['ticket/HERE-01'] });
      expect(await eraseTraces(clock, store)).toBe(1);
      clock += day;
      expect(await eraseTraces(clock, store), 'the mark of the conversation').toBe(1);
      expect(await eraseOlderThan(clock, store)).toMatchObject({ undated: 0 });
      expect(await keys()).toHaveLength(1);
      clock += receiptDays * day;
      expect(await eraseTraces(clock, store)).toBe(1);
      expect(await keys()).toEqual([]);
    });
  });
}

/** A store that fails once, after the n-th write was done or before it by turns, as a process that dies. */
function cutting(store: Store, step: number) {
  let writes = 0;
  let wasCut = false;
  const failing =
    <T extends unknown[], R>(work: (...given: T) => Promise<R>) =>
    async (...given: T): Promise<R> => {
      writes += 0.5;
      if (writes * 2 === step) {
        wasCut = true;
        throw new Error('cut off before');
      }
      const result = await work(...given);
      writes += 0.5;
      if (writes * 2 === step) {
        wasCut = true;
        throw new Error('cut off after');
      }
      return result;
    };
  return {
    cut: () => wasCut,
    store: { ...store, commit: failing(store.commit), erase: failing(store.erase) } as Store,
  };
}
