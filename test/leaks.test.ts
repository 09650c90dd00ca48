/** What the bot, started with every secret it can have, never tells and never does. */
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type BotProcess, startBot } from './helpers/bot-process.ts';
import { activityOf } from './helpers/channel.ts';
import { type Answer, directLineClient, openStream } from './helpers/direct-line-client.ts';

const secrets = {
  DIRECT_LINE_SECRET: 'aQ3wE5rT7yU9iO1pA2sD4fG6hJ8kL0zX',
  TOKEN_SECRET: 'kP3xQ9mT7wZ1vB5nC8dF2gH6jL4rS0yA',
  OPERATOR_TOKEN: 'q8Wn2LxT5vR9kZ3mB7cJ',
};
const mailPassword = 'Zm7Lp2Vx9Qk4';
let folder: string;
let bot: BotProcess;
/** Everything that was answered, with its headers. */
const answers: string[] = [];
const client = () => directLineClient(bot.url);
const keep = (answer: Answer): Answer => {
  answers.push(JSON.stringify([...answer.headers, answer.body]));
  return answer;
};
async function get(path: string, init: RequestInit = {}): Promise<string> {
  const response = await fetch(bot.url + path, init);
  const text = await response.text();
  answers.push(JSON.stringify([...response.headers]), text);
  return text;
}
/** Answers 200 to everybody, and remembers who asked. */
let trap: Server;
const fetched: string[] = [];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'cps-leaks-'));
  trap = createServer((request, response) => {
    fetched.push(request.url ?? '');
    response.writeHead(302, { location: '/redirected' }).end();
  });
  await new Promise<void>((resolve) => trap.listen(0, '127.0.0.1', resolve));
  bot = await startBot({
    ...secrets,
    DATA_DIR: folder,
    LOG_LEVEL: 'debug',
    SUPPORT_EMAIL: 'support@example.com',
    SMTP_URL: `smtp://cps:${mailPassword}@127.0.0.1:9`,
    MAIL_FROM: 'bot@example.com',
  });
});
afterAll(async () => {
  await bot.stop();
  await new Promise((resolve) => trap.close(resolve));
  await rm(folder, { recursive: true, force: true });
});

const words = {
  company: 'Fotostuudio Kuldpintsel',
  email: 'klient.kask@example.org',
  question: 'kuhu kadus minu rohelinuke',
};
const wordsIn = (text: string) => [...Object.values(words), 'Kuldpintsel', 'kask'].filter((one) => text.includes(one));
const tokens: string[] = [];

test('a customer, an operator, a server with the secret and somebody who has none use all of it', async () => {
  const chat = await client().start();
  tokens.push(chat.token, chat.resume, chat.streamUrl.split('t=')[1] ?? '');
  const stream = await openStream(chat.streamUrl, { origin: bot.url });
  for (const text of [
    'menu',
    'Talk to a human',
    '10',
    words.question,
    words.company,
    words.email,
    '1',
    '1',
    words.email,
  ])
    keep(await client().say(chat.id, chat.token, text, { locale: 'en' }));
  keep(await client().upload(chat.id, chat.token, new Uint8Array(100)));
  keep(await client().poll(chat.id, chat.token));
  keep(await client().refresh(chat.token));
  keep(await client().reconnect(chat.id, chat.token));
  await stream.until(() => stream.activities.length > 10);
  stream.close();

  const { DIRECT_LINE_SECRET: secret, OPERATOR_TOKEN: operator } = secrets;
  for (const mine of [secret, `${secret}x`, secrets.TOKEN_SECRET]) {
    keep(await client().generate({ user: { id: 'dl_customer-7' } }, mine));
    keep(await client().open(mine));
    keep(await client().refresh(mine));
    keep(await client().poll(chat.id, mine));
    keep(await client().say(chat.id, mine, words.question));
    keep(await client().generate({ user: { id: mine } }, mine));
    keep(await client().generate({ resume: mine }));
  }
  const pages = ['/', '/chat', '/widget.js', '/nothing', '/healthz', '/readyz', '/metrics', '/unknown', '/insight'];
  for (const path of pages) {
    for (const headers of [{}, { authorization: `Bearer ${operator}` }, { 'x-forwarded-for': '203.0.113.1' }] as Record<
      string,
      string
    >[])
      for (const lang of ['et', 'lv', 'en']) await get(`${path}?lang=${lang}&t=${secret}`, { headers });
  }
  for (const [, file] of (await get('/chat')).matchAll(/(?:src|href)="(assets\/[^"]+)"/g)) await get(`/${file}`);
  for (const body of ['{', '[]', JSON.stringify(activityOf({ text: words.question, deliveryMode: 'expectReplies' }))])
    await get('/api/messages', { method: 'POST', body, headers: { 'content-type': 'application/json' } });
  expect(answers.length).toBeGreaterThan(100);
  // The mail server is away: what is said of that stands in the log too.
  await expect.poll(bot.printed).toContain('outbox row settled');
});

test('no secret stands in an answer, a page or the log', () => {
  for (const [name, secret] of Object.entries({ ...secrets, SMTP_URL: mailPassword })) {
    expect(
      answers.filter((text) => text.includes(secret)),
      name,
    ).toEqual([]);
    expect(bot.printed(), name).not.toContain(secret);
  }
});

test('nothing that a customer wrote, no address and no token stands in the log', () => {
  const log = bot.printed();
  expect(wordsIn(log)).toEqual([]);
  for (const token of tokens) expect(log.includes(token) || log.includes(token.split('.')[2] ?? token)).toBe(false);
  expect(log.split('\n').filter((line) => line.startsWith('{')).length, 'though it is loud').toBeGreaterThan(0);
});

test('a link or a file that somebody sends is never fetched, wherever it leads', async () => {
  const url = `http://127.0.0.1:${(trap.address() as AddressInfo).port}`;
  const here = (name: string) => `${url}/${name}`;
  const attachments = [
    { contentType: 'image/png', contentUrl: here('image'), thumbnailUrl: here('thumbnail'), name: 'a.png' },
    { contentType: 'application/vnd.microsoft.teams.file.download.info', content: { downloadUrl: here('file') } },
    { contentType: 'application/vnd.microsoft.card.hero', content: { images: [{ url: here('card') }] } },
    { contentType: 'text/html', content: `<img src="${here('html')}"><a href="${here('link')}">x</a>` },
  ];
  const given = {
    ...{ attachments, text: `see ${here('text')} and ${here('text.pdf')}`, summary: here('summary') },
    ...{ value: { url: here('value'), text: here('value-text') }, channelData: { url: here('data') } },
    ...{ entities: [{ type: 'clientInfo', url: here('entity') }], locale: 'en' },
  };
  const chat = await client().start();
  expect((await client().post(chat.id, chat.token, { type: 'message', ...given })).status).toBe(200);
  for (const more of [
    { type: 'message' },
    { type: 'event', name: 'webchat/join' },
    { type: 'invoke', name: 'fileConsent/invoke' },
  ]) {
    const body = JSON.stringify(activityOf({ ...given, ...more, deliveryMode: 'expectReplies' }));
    await get('/api/messages', { method: 'POST', body, headers: { 'content-type': 'application/json' } });
  }
  expect(fetched).toEqual([]);
});

test('nothing in the program fetches an address but the two places that ask Microsoft for tokens and keys', async () => {
  const files = (await readdir('src', { recursive: true })).filter((name) => name.endsWith('.ts'));
  const fetching = await Promise.all(
    files.map(async (name) =>
      /\bfetch\(|\bhttps?\.(get|request)\(|axios/.test(await readFile(join('src', name), 'utf8')) ? [name] : [],
    ),
  );
  expect(fetching.flat().toSorted()).toEqual(['bot/signing-keys.ts', 'channels/directline/azure.ts']);
});
