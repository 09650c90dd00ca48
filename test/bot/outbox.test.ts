import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import PostalMime from 'postal-mime';
import { SMTPServer } from 'smtp-server';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { backOff, type Outbox, startOutbox } from '../../src/bot/outbox.ts';
import { mailRow } from '../../src/bot/outbox-rows.ts';
import { openLowdbStore } from '../../src/store/lowdb/index.ts';
import { type OutboxRow, type Store, StoreUnavailable } from '../../src/store/port.ts';
import { mailSender } from '../../src/support/send-mail.ts';
import type { Sender, Sent } from '../../src/support/sender.ts';
import { openMailbox } from '../helpers/smtp.ts';

let folder: string;
let store: Store;
let outbox: Outbox | undefined;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'cps-outbox-'));
  store = await openLowdbStore({ folder: join(folder, 'store') });
});
afterEach(async () => {
  await outbox?.stop(50);
  await store.close();
  await rm(folder, { recursive: true, force: true });
});

const row = (id: string, target: string, change: Partial<OutboxRow> = {}): OutboxRow => ({
  id,
  target,
  kind: 'message',
  payload: { text: id },
  dueAt: 0,
  attempts: 0,
  state: 'waiting',
  ...change,
});
const rows = async () => {
  const all: OutboxRow[] = [];
  for await (const one of store.outbox()) all.push(one);
  return all;
};

/** A sender that answers by a script, and remembers what it was given. */
function scripted(answers: Record<string, Sent[]>, repeatable = false): Sender & { sent: string[] } {
  const sent: string[] = [];
  return {
    repeatable,
    sent,
    send: async ({ id }) => {
      sent.push(id);
      return answers[id]?.shift() ?? { result: 'done' };
    },
  };
}
/** A clock that a test moves on. */
function run(senders: Record<string, Sender>, clock = { now: 1000 }) {
  outbox = startOutbox({ store, senders, now: () => clock.now, random: () => 0.5 });
  return { outbox, clock };
}

describe('the outbox', () => {
  test('sends the rows of a target in their order, and forgets what is done', async () => {
    const sender = scripted({});
    await store.commit({ outbox: { add: [row('1', 'a'), row('2', 'a'), row('3', 'b'), row('4', 'a')] } });
    await run({ message: sender }).outbox.drain();
    expect(sender.sent.filter((id) => id !== '3')).toEqual(['1', '2', '4']);
    expect(await rows()).toEqual([]);
  });

  test('429: waits as long as was asked, and what stands behind it waits too; others go on', async () => {
    const sender = scripted({ '1': [{ result: 'retry', reason: '429', afterMs: 60_000 }] });
    await store.commit({ outbox: { add: [row('1', 'a'), row('2', 'a'), row('3', 'b')] } });
    const { outbox, clock } = run({ message: sender });
    await outbox.drain();
    expect(sender.sent.sort()).toEqual(['1', '3']);
    clock.now += 59_000;
    await outbox.drain();
    expect(sender.sent).toHaveLength(2);
    clock.now += 2_000;
    await outbox.drain();
    expect(sender.sent.slice(2)).toEqual(['1', '2']);
  });

  test('a new message of which nobody knows whether it left is not sent again: uncertain, kept, shown; the next goes on', async () => {
    const sender = scripted({ '1': [{ result: 'uncertain', reason: '502' }] });
    await store.commit({ outbox: { add: [row('1', 'a'), row('2', 'a')] } });
    await run({ message: sender }).outbox.drain();
    expect(sender.sent).toEqual(['1', '2']);
    expect(await rows()).toMatchObject([{ id: '1', state: 'uncertain', reason: '502' }]);
  });

  test('the process ended while a message was being sent: uncertain after the restart; one not begun is sent', async () => {
    const hangs: Sender = { repeatable: false, send: () => new Promise(() => undefined) };
    await store.commit({ outbox: { add: [row('1', 'a'), row('2', 'b')] } });
    const first = startOutbox({ store, senders: { message: hangs }, now: () => 1000, random: Math.random });
    await expect.poll(async () => (await rows()).filter(({ attempts }) => attempts === 1)).toHaveLength(2);
    await first.stop(50);
    await store.commit({ outbox: { add: [row('3', 'c')] } });
    await store.close();
    store = await openLowdbStore({ folder: join(folder, 'store') });
    const sender = scripted({});
    const { outbox, clock } = run({ message: sender });
    await outbox.drain();
    clock.now += 90_000; // the claim of the process that died is over
    await outbox.drain();
    expect(sender.sent).toEqual(['3']);
    expect((await rows()).map(({ id, state }) => [id, state])).toEqual([
      ['1', 'uncertain'],
      ['2', 'uncertain'],
    ]);
  });

  test('a row that is being sent is not taken up again meanwhile', async () => {
    let answer: (sent: Sent) => void = () => undefined;
    let calls = 0;
    const slow: Sender = {
      repeatable: false,
      send: () =>
        new Promise((resolve) => {
          calls++;
          answer = resolve;
        }),
    };
    await store.commit({ outbox: { add: [row('1', 'a')] } });
    const settled: string[] = [];
    outbox = startOutbox({
      store,
      senders: { message: slow },
      now: () => 1000,
      random: Math.random,
      onSettled: (_, { result }) => settled.push(result),
    });
    await expect.poll(() => calls).toBe(1);
    await store.commit({ outbox: { add: [row('2', 'b', { kind: 'unheard' })] } });
    await expect.poll(() => settled).toEqual(['park']);
    answer({ result: 'done' });
    await outbox.drain();
    expect([calls, settled]).toEqual([1, ['park', 'done']]);
  });

  test('what may be repeated is repeated after a crash', async () => {
    const sender = scripted({}, true);
    await store.commit({ outbox: { add: [row('1', 'a', { attempts: 1, reason: 'sending was begun' })] } });
    await run({ message: sender }).outbox.drain();
    expect(sender.sent).toEqual(['1']);
  });

  test('a poison row is parked and shown, and holds nobody', async () => {
    const sender = scripted({ '1': [{ result: 'park', reason: '403' }] });
    await store.commit({ outbox: { add: [row('1', 'a'), row('2', 'a'), row('x', 'b', { kind: 'unheard' })] } });
    await run({ message: sender }).outbox.drain();
    expect(sender.sent).toEqual(['1', '2']);
    expect((await rows()).map(({ id, state }) => [id, state])).toEqual([
      ['1', 'parked'],
      ['x', 'parked'],
    ]);
  });

  test('a target that hangs does not hold others', async () => {
    const sent: string[] = [];
    const sender: Sender = {
      repeatable: true,
      send: ({ id, target }) =>
        target === 'hangs'
          ? new Promise(() => undefined)
          : Promise.resolve().then((): Sent => {
              sent.push(id);
              return { result: 'done' };
            }),
    };
    await store.commit({ outbox: { add: [row('1', 'hangs'), row('2', 'b')] } });
    run({ message: sender });
    await expect.poll(() => sent).toContain('2');
    await store.commit({ outbox: { add: [row('3', 'b'), row('4', 'c')] } });
    await expect.poll(() => sent).toEqual(expect.arrayContaining(['3', '4']));
  });

  test('one server that hangs, with more rows than it gets places, holds up no other server', async () => {
    const sent: string[] = [];
    const hangs: Sender = { repeatable: false, send: () => new Promise(() => undefined) };
    const other: Sender = {
      repeatable: true,
      send: async ({ id }) => {
        sent.push(id);
        return { result: 'done' };
      },
    };
    await store.commit({
      outbox: {
        add: [...Array.from({ length: 60 }, (_, at) => row(`h${at}`, `t${at}`)), row('mail', 'm', { kind: 'mail' })],
      },
    });
    run({ message: hangs, mail: other });
    await expect.poll(() => sent).toEqual(['mail']);
    // No more of them are under way than there are places.
    const begun = async () => (await rows()).filter(({ attempts }) => attempts > 0).length;
    await expect.poll(begun).toBe(16);
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(await begun()).toBe(16);
  });

  test('what waited too long for its place is sent under a claim of its own, once', async () => {
    const clock = { now: 1000 };
    const answers: (() => void)[] = [];
    const sent: string[] = [];
    const slow: Sender = {
      repeatable: true,
      send: ({ id }) => {
        sent.push(id);
        return new Promise((resolve) => answers.push(() => resolve({ result: 'done' })));
      },
    };
    await store.commit({ outbox: { add: Array.from({ length: 17 }, (_, at) => row(`${at}`, `t${at}`)) } });
    run({ message: slow }, clock);
    await expect.poll(() => answers.length).toBe(16);
    clock.now += 30_000;
    for (const answer of answers.splice(0)) answer();
    await expect.poll(rows).toMatchObject([{ id: '16', attempts: 0 }]);
    expect(sent).toHaveLength(16);
    clock.now += 61_000;
    await expect.poll(() => answers.length, { timeout: 10_000 }).toBe(1);
    answers[0]!();
    await expect.poll(rows).toEqual([]);
    expect(sent).toHaveLength(17);
  });

  test('a row over which its sender fails again and again is parked; a store that is away parks nothing', async () => {
    const fails = (error: Error): Sender => ({ repeatable: true, send: () => Promise.reject(error) });
    await store.commit({ outbox: { add: [row('bad', 'a', { kind: 'bad' }), row('away', 'b', { kind: 'away' })] } });
    const { outbox, clock } = run({ bad: fails(new TypeError('x')), away: fails(new StoreUnavailable('no space')) });
    for (let hours = 0; hours < 8 * 4; hours++) {
      await outbox.drain();
      clock.now += 15 * 60_000;
    }
    expect(await rows()).toMatchObject([
      { id: 'bad', state: 'parked', reason: 'TypeError', attempts: 20 },
      { id: 'away', state: 'waiting' },
    ]);
  });

  test('a clock that is put back makes nothing wait for the time it was put back by', async () => {
    const sender = scripted({ '2': [{ result: 'retry', reason: '429' }] });
    const { outbox, clock } = run({ message: sender });
    clock.now = 100 * 3600_000;
    await store.commit({ outbox: { add: [row('2', 'b', { dueAt: clock.now })] } });
    await outbox.drain();
    await store.commit({
      outbox: { add: [row('1', 'a', { dueAt: clock.now }), row('3', 'c', { dueAt: clock.now + 60_000 })] },
    });
    clock.now -= 24 * 3600_000;
    await outbox.drain();
    expect(sender.sent).toEqual(['2', '1']);
    clock.now += 61_000;
    await outbox.drain();
    expect(sender.sent.sort()).toEqual(['1', '2', '2', '3']);
  });

  test('waits double up to a quarter of an hour, with chance in them', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 60 }),
        fc.double({ min: 0, max: 0.999, noNaN: true }),
        (attempts, random) => {
          const wait = backOff(attempts, random);
          const full = Math.min(1000 * 2 ** (attempts - 1), 15 * 60_000);
          expect(wait).toBeGreaterThanOrEqual(full / 2);
          expect(wait).toBeLessThanOrEqual(full);
        },
      ),
    );
    expect(backOff(4, 0.9)).toBeGreaterThan(backOff(4, 0.1));
  });
});

describe('mail', () => {
  const mail = {
    to: 'support@example.com',
    subject: 'Õ\r\nBcc: x@y.z',
    text: 'Ä <b>\n',
    html: '<p>Ä &lt;b&gt;</p>',
    messageId: '<request.K7F3-2Q@cps-support-bot>',
  };

  test('waits while the server is down, and arrives exactly once afterwards, under its Message-ID', async () => {
    const box = await openMailbox();
    await box.stop();
    await store.commit({ outbox: { add: [mailRow(mail, 0)] } });
    const { outbox, clock } = run({ mail: mailSender({ smtpUrl: box.url, from: 'bot@example.com', folder }) });
    await outbox.drain();
    expect(await rows()).toMatchObject([{ state: 'waiting', attempts: 1 }]);
    await box.start();
    clock.now += 60_000;
    await outbox.drain();
    expect(box.mails.map(({ messageId }) => messageId)).toEqual([mail.messageId]);
    expect(box.mails[0]?.text).toContain('Ä <b>');
    expect(box.mails[0]?.headers.some(({ key, value }) => key === 'auto-submitted' && value === 'auto-generated')).toBe(
      true,
    );
    expect(box.mails[0]?.bcc).toBeUndefined();
    expect(await rows()).toEqual([]);
    await box.stop();
  });

  test('a passing refusal is repeated, a final one parked', async () => {
    const box = await openMailbox();
    box.refuse.push({ code: 451, text: 'later' });
    await store.commit({ outbox: { add: [mailRow(mail, 0)] } });
    const { outbox, clock } = run({ mail: mailSender({ smtpUrl: box.url, from: 'bot@example.com', folder }) });
    await outbox.drain();
    clock.now += 60_000;
    await outbox.drain();
    expect(box.mails).toHaveLength(1);
    box.refuse.push({ code: 550, text: 'no such user' });
    await store.commit({ outbox: { add: [mailRow({ ...mail, messageId: '<b@c>' }, 0)] } });
    await outbox.drain();
    expect(await rows()).toMatchObject([{ state: 'parked', reason: 'EMESSAGE 550' }]);
    await box.stop();
  });

  test('a server that refuses everything, whoever it is for, is waited for; a recipient whom it does not know is not', async () => {
    const refusal = (responseCode: number) => Object.assign(new Error('refused'), { responseCode });
    const plain = { authOptional: true, disabledCommands: ['STARTTLS'] };
    const all = new SMTPServer({ ...plain, onMailFrom: (_, __, done) => done(refusal(554)) });
    const one = new SMTPServer({ ...plain, onRcptTo: (_, __, done) => done(refusal(550)) });
    for (const [server, state, reason] of [
      [all, 'waiting', 'EENVELOPE 554'],
      [one, 'parked', 'EENVELOPE 550'],
    ] as const) {
      await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
      const { port } = server.server.address() as { port: number };
      await store.commit({ outbox: { add: [mailRow({ ...mail, messageId: `<${state}@x>` }, 0)] } });
      const sender = mailSender({ smtpUrl: `smtp://127.0.0.1:${port}`, from: 'bot@example.com', folder });
      const { outbox } = run({ mail: sender });
      await outbox.drain();
      await outbox.stop(50);
      const stored = (await rows()).find(({ id }) => id.includes(state));
      expect(stored).toMatchObject({ target: `mail:<${state}@x>`, state, reason, attempts: 1 });
      await new Promise<void>((resolve) => void server.close(resolve));
    }
  });

  test('without a server it is a file that a mail program opens', async () => {
    await store.commit({ outbox: { add: [mailRow(mail, 0)] } });
    await run({ mail: mailSender({ from: 'Bot <bot@example.com>', folder: join(folder, 'mail') }) }).outbox.drain();
    const files = await readdir(join(folder, 'mail'));
    expect(files).toEqual(['request.K7F3-2Q@cps-support-bot.eml']);
    const read = await PostalMime.parse(await readFile(join(folder, 'mail', files[0]!)));
    expect(read.to).toMatchObject([{ address: 'support@example.com' }]);
    expect(read.subject).toContain('Õ');
    expect(read.bcc).toBeUndefined();
  });
});
