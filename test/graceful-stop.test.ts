/** SIGTERM in the middle of work: what has begun is finished, nothing new is begun, what is promised waits for the next start. */
import { mkdtemp, rm } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type BotProcess, startBot } from './helpers/bot-process.ts';
import { directLineClient, openStream } from './helpers/direct-line-client.ts';
import { openMailbox } from './helpers/smtp.ts';

const request = ['Talk to a human', '10', 'words', 'Photo Ltd', 'me@example.com', 'By e-mail', 'Yes, pass it on'];

let folder: string;
let bot: BotProcess;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'cps-stop-'));
});
afterEach(async () => {
  await bot.kill();
  await rm(folder, { recursive: true, force: true });
});

test('turns that run are finished and stored, later ones are refused, the process ends with 0', async () => {
  bot = await startBot({ DATA_DIR: folder });
  const env = { DATA_DIR: folder, PORT: new URL(bot.url).port };
  const client = directLineClient(bot.url);
  const customers = await Promise.all([1, 2, 3, 4].map(() => client.start()));
  const said = customers.map(() => [] as string[]);
  let refused = 0;
  const talking = customers.map(async ({ id, token }, who) => {
    for (let i = 0; ; i++) {
      const key = `${who}-${i}`;
      const answer = await client
        .say(id, token, i % 2 ? 'menu' : '1', { locale: 'en', channelData: { clientActivityID: key } })
        .catch((error: { cause?: { code?: string } }) => error.cause?.code ?? 'unknown');
      if (typeof answer === 'string') {
        expect(['ECONNREFUSED', 'UND_ERR_SOCKET', 'ECONNRESET']).toContain(answer);
        refused += 1;
        return;
      }
      expect(answer.status).toBe(200);
      said[who]!.push(key);
    }
  });
  await expect.poll(() => Math.min(...said.map(({ length }) => length))).toBeGreaterThan(5);
  const code = await bot.stop();
  await Promise.all(talking);
  expect(code).toBe(0);
  expect(refused).toBe(4);
  expect(bot.printed()).not.toMatch(/error/i);

  bot = await startBot(env);
  for (const [who, { id, token }] of customers.entries()) {
    const keys: string[] = [];
    for (let watermark = ''; ; ) {
      const { body } = await client.poll(id, token, watermark);
      if (!body.activities?.length) break;
      keys.push(...body.activities.flatMap(({ channelData }) => channelData?.clientActivityID ?? []));
      watermark = body.watermark ?? '';
    }
    expect(said[who]!.length).toBeGreaterThan(0);
    expect(keys, 'what was answered is stored, what is stored was answered').toEqual(said[who]);
  }
});

test('a request that has begun is finished, however slowly it comes', async () => {
  bot = await startBot({ DATA_DIR: folder });
  const client = directLineClient(bot.url);
  const { id, token } = await client.start();
  const body = JSON.stringify({ type: 'message', text: '1', from: { id: 'me' } });
  const { host, port } = new URL(bot.url);
  const socket = connect(Number(port), '127.0.0.1');
  let answer = '';
  socket.on('data', (chunk) => {
    answer += chunk;
  });
  const head = [
    `POST /v3/directline/conversations/${id}/activities HTTP/1.1`,
    ...[`host: ${host}`, `authorization: Bearer ${token}`, 'content-type: application/json'],
    ...[`content-length: ${body.length}`, 'expect: 100-continue'],
  ];
  socket.write(`${head.join('\r\n')}\r\n\r\n${body.slice(0, 10)}`);
  await expect.poll(() => answer, { message: 'the server has heard it' }).toMatch(/^HTTP\/1\.1 100 /);
  const stopped = bot.stop();
  const isUp = () =>
    fetch(`${bot.url}/healthz`).then(
      () => true,
      () => false,
    );
  await expect.poll(isUp).toBe(false);
  socket.write(body.slice(10));
  expect(await stopped).toBe(0);
  expect(answer).toMatch(/\r\n\r\nHTTP\/1\.1 200 .*"id":/s);
  socket.destroy();
});

test('a mail that could not be sent yet is sent once by the next start; open sockets do not hold the stop up', async () => {
  const box = await openMailbox();
  await box.stop();
  const mail = { SMTP_URL: box.url, SUPPORT_EMAIL: 'support@example.com', MAIL_FROM: 'bot@example.com' };
  bot = await startBot({ DATA_DIR: folder, ...mail });
  const client = directLineClient(bot.url);
  const { id, token, streamUrl } = await client.start();
  const stream = await openStream(streamUrl, { origin: bot.url });
  for (const text of request) await client.say(id, token, text, { locale: 'en' });
  await stream.until(() => stream.texts().length > request.length);

  const began = performance.now();
  const stopped = bot.stop();
  bot.child.kill('SIGTERM'); // a second signal changes nothing
  expect(await stopped).toBe(0);
  // Whom it has to wait for it waits for ten seconds.
  expect(performance.now() - began).toBeLessThan(9000);
  await stream.until(() => stream.state.closed !== undefined);
  expect(stream.state.closed).toMatchObject({ code: 1001 });

  await box.start();
  bot = await startBot({ DATA_DIR: folder, PORT: new URL(bot.url).port, ...mail });
  await expect.poll(() => box.mails.length, { timeout: 30_000 }).toBe(1);
  expect((await client.poll(id, token)).body.activities?.length).toBeGreaterThan(request.length);
  expect(await bot.stop()).toBe(0);
  expect(box.mails.length).toBe(1);
  await box.stop();
});
