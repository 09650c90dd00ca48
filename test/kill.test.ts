/** kill -9 at random moments, under load, with requests and mails in flight: what was acknowledged is there, once. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { startBot } from './helpers/bot-process.ts';
import { directLineClient, type ShownActivity } from './helpers/direct-line-client.ts';
import { openMailbox } from './helpers/smtp.ts';

const kills = 50;
const customers = 4;
const seed = 20261120;

interface Customer {
  id: string;
  token: string;
  /** Texts of messages that were answered with 2xx, in order. */
  acknowledged: string[];
  /** The next message's number; one that was not answered is sent again under the same clientActivityID, as a page does. */
  next: number;
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

test(`${kills} kills (seed ${seed})`, { timeout: 240_000 }, async () => {
  const random = chance(seed);
  const folder = await mkdtemp(join(tmpdir(), 'cps-kill-'));
  const box = await openMailbox();
  const env: Record<string, string> = {
    DATA_DIR: folder,
    SMTP_URL: box.url,
    SUPPORT_EMAIL: 'support@example.com',
    MAIL_FROM: 'bot@example.com',
  };
  let bot = await startBot(env);
  env.PORT = new URL(bot.url).port; // tokens are bound to the website's origin
  const open = directLineClient(bot.url);
  const all: Customer[] = [];
  for (let i = 0; i < customers; i++) {
    const { id, token } = await open.start();
    all.push({ id, token, acknowledged: [], next: 0 });
  }

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
    // At a random moment of a random turn: a slow machine is killed as deep in its work as a fast one.
    const enough = acknowledged() + 2 + Math.floor(random() * 25);
    while (acknowledged() < enough) await pause(1);
    await pause(random() * 8);
    if (round % 10 === 5) await box.stop();
    await bot.kill();
    running = false;
    await Promise.all(talking);
    if (round % 10 === 5) await box.start();
    bot = await startBot(env);
  }

  const client = directLineClient(bot.url);
  let tickets = 0;
  for (const customer of all) {
    const activities = await everything(client, customer);
    const keys = activities.flatMap(({ channelData }) => channelData?.clientActivityID ?? []);
    const unanswered = `${customer.id}-${customer.next}`;
    expect(
      keys.filter((key) => key !== unanswered),
      'every acknowledged message once, in order',
    ).toEqual(customer.acknowledged);
    expect(keys.filter((key) => key === unanswered).length).toBeLessThanOrEqual(1);
    const seen = JSON.stringify(activities).match(/"ticket":"[^"]+"/g) ?? [];
    tickets += new Set(seen).size;
    const goesOn = await client.say(customer.id, customer.token, 'menu', { locale: 'en' });
    expect(goesOn.status).toBe(200);
  }

  await expect.poll(() => new Set(box.mails.map(({ messageId }) => messageId)).size, { timeout: 60_000 }).toBe(tickets);
  expect(tickets).toBeGreaterThan(10);
  await bot.stop();
  await box.stop();
  await rm(folder, { recursive: true, force: true });
});

async function everything(client: ReturnType<typeof directLineClient>, { id, token }: Customer) {
  const all: ShownActivity[] = [];
  for (let watermark = ''; ; ) {
    const { body } = await client.call('GET', `/conversations/${id}/activities?watermark=${watermark}`, token);
    if (!body.activities?.length) return all;
    all.push(...body.activities);
    watermark = body.watermark ?? '';
  }
}
