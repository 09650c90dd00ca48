/**
 * kill -9 at random moments, under load, with requests, mails and a channel's replies in flight, while the store writes behind
 * and clears its journal: what was acknowledged is there, once.
 */
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { expect, test } from 'vitest';
import { openLowdbStore } from '../src/store/lowdb/index.ts';
import { startBot } from './helpers/bot-process.ts';
import { activityOf, startConnector } from './helpers/channel.ts';
import { directLineClient, type ShownActivity } from './helpers/direct-line-client.ts';
import { openMailbox } from './helpers/smtp.ts';

const kills = 50;
const customers = 4;
const seed = 20261120;

interface Talker {
  id: string;
  /** Texts of messages that were answered with 2xx, in order. */
  acknowledged: string[];
  /** The next message's number; one that was not answered is sent again under the same clientActivityID, as a page does. */
  next: number;
}

interface Customer extends Talker {
  token: string;
}

/** Small and repeatable (mulberry32): the seed is printed when the test fails. */
function chance(state: number) {
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

// A request to support, over and over: each round ends with a ticket and a mail.
const script = [
  'Talk to a human',
  '10',
  'words',
  'Photo Ltd',
  'me@example.com',
  'By e-mail, any time',
  'Yes, pass it on',
  'Menu',
];

test(`${kills} kills (seed ${seed})`, { timeout: 600_000 }, async () => {
  const random = chance(seed);
  const folder = await mkdtemp(join(tmpdir(), 'cps-kill-'));
  const box = await openMailbox();
  const env: Record<string, string> = {
    DATA_DIR: folder,
    SMTP_URL: box.url,
    SUPPORT_EMAIL: 'support@example.com',
    MAIL_FROM: 'bot@example.com',
    NODE_OPTIONS: `--import ${pathToFileURL(join(import.meta.dirname, 'helpers/small-journal.ts'))}`,
  };
  const connector = await startConnector();
  let bot = await startBot(env);
  env.PORT = new URL(bot.url).port; // tokens are bound to the website's origin
  const open = directLineClient(bot.url);
  const all: Customer[] = [];
  for (let i = 0; i < customers; i++) {
    const { id, token } = await open.start();
    all.push({ id, token, acknowledged: [], next: 0 });
  }

  /** A customer on a channel that takes its replies by calls of the bot. */
  const channel: Talker = { id: 'on-a-channel', acknowledged: [], next: 0 };
  async function sayOnChannel(): Promise<number | undefined> {
    const key = `${channel.id}-${channel.next}`;
    const text = channel.next % 3 ? 'menu' : 'pizza';
    const activity = activityOf({
      id: key,
      conversation: { id: channel.id },
      serviceUrl: connector.url,
      locale: 'en',
      text,
    });
    const body = JSON.stringify(activity);
    const headers = { 'content-type': 'application/json' };
    const answer = await fetch(`${bot.url}/api/messages`, { method: 'POST', headers, body }).catch(() => undefined);
    if (answer?.status !== 200) return answer?.status;
    channel.acknowledged.push(key);
    channel.next++;
    return 200;
  }
  /** Where the journal begins: every time that it was cleared it is another one. */
  const begins = new Set<number>();

  const acknowledged = () => all.reduce((sum, customer) => sum + customer.acknowledged.length, 0);

  for (let round = 0; round < kills; round++) {
    const client = directLineClient(bot.url);
    let running = true;
    const talking = all.map(async (customer) => {
      while (running) {
        const key = `${customer.id}-${customer.next}`;
        const text = script[customer.next % script.length]!;
        const answer = await client
          .say(customer.id, customer.token, text, { locale: 'en', channelData: { clientActivityID: key } })
          .catch(() => undefined);
        if (answer === undefined) return;
        expect(answer.status, JSON.stringify(answer.body)).toBe(200);
        customer.acknowledged.push(key);
        customer.next++;
      }
    });
    const onChannel = (async () => {
      for (let status: number | undefined = 200; running && status !== undefined; ) {
        status = await sayOnChannel();
        expect([200, undefined]).toContain(status);
      }
    })();
    // Its SDK takes longer to load than most of the processes live.
    const enoughThere = round % 5 === 2 ? channel.acknowledged.length + 1 + Math.floor(random() * 4) : 0;
    while (channel.acknowledged.length < enoughThere) await pause(1);
    // At a random moment of a random turn: a slow machine is killed as deep in its work as a fast one.
    const enough = acknowledged() + 2 + Math.floor(random() * 25);
    while (acknowledged() < enough) await pause(1);
    await pause(random() * 8);
    if (round % 10 === 5) await box.stop();
    await bot.kill();
    running = false;
    await Promise.all([...talking, onChannel]);
    const { value } = JSON.parse(await readFile(join(folder, 'store/store.json'), 'utf8'));
    begins.add(value.journal);
    if (round % 10 === 5) await box.start();
    bot = await startBot(env);
  }

  const client = directLineClient(bot.url);
  const tickets = new Set<string>();
  for (const customer of all) {
    const activities = await everything(client, customer);
    const keys = activities.flatMap(({ channelData }) => channelData?.clientActivityID ?? []);
    const unanswered = `${customer.id}-${customer.next}`;
    expect(
      keys.filter((key) => key !== unanswered),
      'every acknowledged message once, in order',
    ).toEqual(customer.acknowledged);
    expect(keys.filter((key) => key === unanswered).length).toBeLessThanOrEqual(1);
    for (const [, ticket] of JSON.stringify(activities).matchAll(/"ticket":"([^"]+)"/g)) tickets.add(ticket!);
    const goesOn = await client.say(customer.id, customer.token, 'menu', { locale: 'en' });
    expect(goesOn.status).toBe(200);
  }

  // Behind everything else that the channel waits for.
  while ((await sayOnChannel()) !== 200) await pause(50);
  const waiting = /^cps_outbox_rows\{.*state="waiting"\} [1-9]/m;
  const figures = async () => (await fetch(`${bot.url}/metrics`)).text();
  await expect.poll(figures, { timeout: 120_000, interval: 200 }).not.toMatch(waiting);
  // Of each request exactly its mail, and of nothing else one.
  const expected = [...tickets].map((ticket) => `<request.${ticket}@cps-support-bot>`).sort();
  expect([...new Set(box.mails.map(({ messageId }) => messageId))].sort()).toEqual(expected);
  expect(tickets.size).toBeGreaterThan(10);
  expect(begins.size, 'the journal was cleared again and again').toBeGreaterThan(kills / 10);
  await bot.stop();
  await Promise.all([box.stop(), connector.close()]);
  await repliesArrived(folder, channel, connector.sent);
  await rm(folder, { recursive: true, force: true });
});

/** Each reply once and in order; missing only where the bot says itself that it may not have arrived. */
async function repliesArrived(
  folder: string,
  { id, acknowledged }: Talker,
  sent: Awaited<ReturnType<typeof startConnector>>['sent'],
) {
  const store = await openLowdbStore({ folder: join(folder, 'store') });
  const lines = (await store.lines(id, 0, 10_000)).map(
    ({ value }) => value as { from?: { role?: string }; text?: string },
  );
  const rows = await Array.fromAsync(store.outbox());
  await store.close();
  const said = lines.filter(({ from }) => from?.role === 'bot').map(({ text }) => text);
  expect(lines.length - said.length, 'every acknowledged message once').toBe(acknowledged.length);
  const arrived = sent.map(({ body }) => body.text);
  const uncertain = rows.filter(({ state }) => state === 'uncertain').length;
  expect(rows).toHaveLength(uncertain);
  expect(arrived.length).toBeLessThanOrEqual(said.length);
  expect(arrived.length).toBeGreaterThanOrEqual(said.length - uncertain);
  let at = 0;
  for (const text of said) if (arrived[at] === text) at++;
  expect(at, 'none twice, none before another').toBe(arrived.length);
}

async function everything(client: ReturnType<typeof directLineClient>, { id, token }: Customer) {
  const all: ShownActivity[] = [];
  for (let watermark = ''; ; ) {
    const { body } = await client.call('GET', `/conversations/${id}/activities?watermark=${watermark}`, token);
    if (!body.activities?.length) return all;
    all.push(...body.activities);
    watermark = body.watermark ?? '';
  }
}
