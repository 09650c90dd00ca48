/** The command as an operator types it, against the bot as `npm start` starts it. */
import { spawn } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openLowdbStore } from '../../src/store/lowdb/index.ts';
import { type BotProcess, startBot } from '../helpers/bot-process.ts';
import { directLineClient } from '../helpers/direct-line-client.ts';

const root = join(import.meta.dirname, '../..');
let folder: string;
let bot: BotProcess | undefined;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'cps-backup-'));
});
afterEach(async () => {
  await bot?.stop();
  bot = undefined;
  await rm(folder, { recursive: true, force: true });
});

function backup(env: Record<string, string>, ...words: string[]): Promise<{ code: number | null; said: string }> {
  const child = spawn(process.execPath, [join(root, 'scripts/backup.ts'), ...words], {
    cwd: root,
    env: { PATH: process.env.PATH ?? '', ...env },
  });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (said += chunk));
  return new Promise((resolve) => child.on('close', (code) => resolve({ code, said })));
}

const dataDir = (name: string) => join(folder, name);
const portOf = ({ url }: BotProcess) => new URL(url).port;

/** Two customers; what the first one knows is in the backup. */
async function talk(url: string, count: number, from = 0) {
  const client = directLineClient(url);
  const { id, token, resume } = await client.start();
  for (let i = from; i < from + count; i++) {
    expect(
      (await client.say(id, token, i % 2 ? 'menu' : '1', { channelData: { clientActivityID: `m${i}` } })).status,
    ).toBe(200);
  }
  return { id, token, resume };
}

async function messages(data: string, conversation: string): Promise<string[]> {
  const store = await openLowdbStore({ folder: join(data, 'store') });
  const lines = await store.lines(conversation, 0, 1000);
  const [doc] = await store.read([`conversation/${conversation}`]);
  expect(doc?.value, 'state and transcript are of one moment').toMatchObject({ lines: lines.length });
  await store.close();
  return lines.flatMap(
    ({ value }) => (value as { channelData?: { clientActivityID?: string } }).channelData?.clientActivityID ?? [],
  );
}

test('of the running bot, under load: of one moment, verified, and restored into an empty folder the chats go on', async () => {
  const data = dataDir('data');
  bot = await startBot({ DATA_DIR: data });
  const env = { DATA_DIR: data, PORT: portOf(bot) };
  const first = await talk(bot.url, 12);

  let isTalking = true;
  const url = bot.url;
  const busy = Promise.all(
    [1, 2, 3].map(async () => {
      const ids: string[] = [];
      while (isTalking) {
        ids.push((await talk(url, 5)).id);
        await pause(50);
      }
      return ids;
    }),
  );
  const into = dataDir('copies/monday');
  const made = await backup(env, into);
  isTalking = false;
  const others = (await busy).flat();
  expect(made).toEqual({
    code: 0,
    said: expect.stringMatching(/while the bot runs\): \d+ documents, \d+ transcript lines, 0 outbox rows, verified/),
  });
  expect(await readdir(data)).not.toContain('backup-being-made');
  expect((await stat(into)).mode & 0o077).toBe(0);
  expect((await readdir(into)).sort()).toEqual(['backup.json', 'store', 'token-secret']);

  expect(await backup(env, into)).toMatchObject({ code: 1, said: expect.stringContaining('is not empty') });
  expect(await backup(env, '--restore', into)).toMatchObject({
    code: 1,
    said: expect.stringContaining('stop the bot and move'),
  });

  const restored = dataDir('restored');
  expect(await backup({ DATA_DIR: restored }, '--restore', into)).toMatchObject({
    code: 0,
    said: expect.stringContaining('Start the bot'),
  });
  expect((await messages(restored, first.id)).length).toBe(12);
  const store = await openLowdbStore({ folder: join(restored, 'store') });
  const kept = new Set((await Array.fromAsync(store.scan('conversation'))).map(({ key }) => key.slice(13)));
  await store.close();
  for (const id of others) if (kept.has(id)) await messages(restored, id);

  await bot.stop();
  bot = await startBot({ DATA_DIR: restored, PORT: env.PORT });
  const client = directLineClient(bot.url);
  expect((await client.say(first.id, first.token, 'menu')).status).toBe(200);
});

test('of a bot that does not run; a damaged or incomplete backup is refused and nothing is changed', async () => {
  const data = dataDir('data');
  bot = await startBot({ DATA_DIR: data });
  const { id } = await talk(bot.url, 4);
  await bot.stop();
  const into = dataDir('copy');
  const made = await backup({ DATA_DIR: data, PORT: '1' }, into);
  expect(made).toMatchObject({ code: 0, said: expect.stringContaining('the bot does not run') });
  expect((await messages(data, id)).length).toBe(4);

  const env = { DATA_DIR: dataDir('restored') };
  const checkpoint = join(into, 'store/store.json');
  const whole = await readFile(checkpoint);
  await writeFile(checkpoint, whole.subarray(0, 50));
  expect(await backup(env, '--restore', into)).toMatchObject({ code: 1, said: expect.stringContaining('store.json') });
  await writeFile(checkpoint, whole);
  const manifest = await readFile(join(into, 'backup.json'), 'utf8');
  await writeFile(join(into, 'backup.json'), manifest.replace(/"sum": "./, '"sum": "x'));
  const refused = await backup(env, '--restore', into);
  expect(refused).toMatchObject({ code: 1, said: expect.stringContaining('take another backup') });
  expect(await readdir(env.DATA_DIR)).toEqual([]);
  await writeFile(join(into, 'backup.json'), manifest);
  expect((await backup(env, '--restore', into)).code).toBe(0);
  expect((await messages(env.DATA_DIR, id)).length).toBe(4);

  await rm(join(into, 'backup.json'));
  expect(await backup({ DATA_DIR: dataDir('other') }, '--restore', into)).toMatchObject({
    code: 1,
    said: expect.stringContaining('not a whole one'),
  });
});

test('says what it wants when called otherwise; strangers cannot have a backup made', async () => {
  expect(await backup({})).toMatchObject({
    code: 1,
    said: expect.stringContaining('npm run backup -- --restore FOLDER'),
  });
  expect(await backup({ STORE: 'postgres', DATABASE_URL: 'postgres://u:p@h/d' }, 'x')).toMatchObject({
    code: 1,
    said: expect.stringContaining('pg_dump'),
  });
  bot = await startBot({ DATA_DIR: dataDir('data'), TRUST_PROXY: '1' });
  const ask = async (headers: Record<string, string>) =>
    (await fetch(`${bot!.url}/backup`, { method: 'POST', headers })).status;
  expect(await ask({ 'x-forwarded-for': '203.0.113.7' })).toBe(404);
  expect(await ask({ origin: 'https://evil.example' })).toBe(403);
  expect(await readdir(dataDir('data'))).not.toContain('backup-being-made');
});
