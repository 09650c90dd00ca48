/** Two whole servers behind one address, as an operator runs them. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type BotProcess, startBot } from '../../helpers/bot-process.ts';
import { directLineClient, openStream } from '../../helpers/direct-line-client.ts';
import { createSchema, lacksPostgres, startServer, type TestSchema, type TestServer } from '../../helpers/postgres.ts';

/** The load balancer's address: both servers know it as theirs. */
const origin = 'http://127.0.0.1:8';
const patience = { timeout: 30_000 };

describe.skipIf(lacksPostgres({ own: true }))('two servers on one PostgreSQL', () => {
  let server: TestServer;
  let schema: TestSchema;
  let bots: BotProcess[] = [];
  const folder = mkdtempSync(join(tmpdir(), 'cps-servers-'));
  const at = (nr: number) => directLineClient(bots[nr]!.url, { origin });
  const readiness = async (nr: number) => {
    const response = await fetch(`${bots[nr]!.url}/readyz`);
    return { status: response.status, text: await response.text() };
  };

  beforeAll(async () => {
    server = await startServer({ durable: true });
    schema = await createSchema(server.url);
    const start = (name: string) =>
      startBot({
        STORE: 'postgres',
        DATABASE_URL: schema.url,
        TOKEN_SECRET: 'a secret that both servers share, of some length',
        PUBLIC_URL: origin,
        DATA_DIR: join(folder, name),
      });
    bots = await Promise.all([start('a'), start('b')]);
  });
  afterAll(async () => {
    await Promise.all(bots.map((bot) => bot.kill()));
    await server?.drop();
    rmSync(folder, { recursive: true, force: true });
  });

  it('a customer opens a chat at one, watches at the other and writes at both; the database fails and comes back', async () => {
    const generated = await at(0).generate();
    const opened = await at(1).open(generated.body.token ?? '');
    const { conversationId = '', token = '', streamUrl = '' } = opened.body;
    expect(opened.status).toBe(201);
    const stream = await openStream(streamUrl.replace(/^ws:\/\/[^/]+/, bots[0]!.url.replace('http', 'ws')), { origin });

    const say = (nr: number, text: string, key: string) =>
      at(nr).say(conversationId, token, text, { locale: 'en', channelData: { clientActivityID: key } });
    for (let n = 0; n < 4; n++) {
      const before = stream.activities.length;
      expect((await say((n + 1) % 2, `hello ${n}`, `k${n}`)).status).toBe(200);
      // What was said and its answer, though another server heard it.
      await stream.until(() => stream.activities.slice(before).some(({ text }) => text === `hello ${n}`));
      await stream.until(() => stream.activities.at(-1)?.from.id === 'bot');
    }
    const [first, again] = [await say(0, 'twice', 'same'), await say(1, 'twice', 'same')];
    expect(again.body.id).toBe(first.body.id);

    expect((await readiness(0)).status).toBe(200);
    await server.kill();
    for (const nr of [0, 1]) {
      await expect.poll(async () => (await readiness(nr)).text, patience).toContain('PostgreSQL');
      expect((await readiness(nr)).status).toBe(503);
    }
    const refused = await say(1, 'lost?', 'later');
    expect(refused.status).toBeGreaterThanOrEqual(500);
    expect(refused.body.id).toBeUndefined();

    await server.start();
    await expect.poll(async () => (await readiness(0)).status, patience).toBe(200);
    await expect.poll(async () => (await say(0, 'lost?', 'later')).status, patience).toBe(200);
    await stream.until(() => stream.texts().includes('lost?'));
    const ids = stream.activities.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    expect(stream.texts().filter((text) => text === 'twice')).toHaveLength(1);
    expect(stream.texts().filter((text) => text === 'lost?')).toHaveLength(1);
    expect(bots.map(({ child }) => child.exitCode)).toEqual([null, null]);
    stream.close();
  }, 240_000);
});
