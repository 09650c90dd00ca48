/** The command as the support team types it. */
import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openLowdbStore } from '../../src/store/lowdb/index.ts';
import { type BotProcess, startBot } from '../helpers/bot-process.ts';
import { texts } from '../helpers/world.ts';
import { customers, entered } from '../ops/insight/customers.ts';

const script = join(import.meta.dirname, '../../scripts/insight.ts');
let folder: string;
let bot: BotProcess | undefined;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'cps-insight-'));
  const store = await openLowdbStore({ folder: join(folder, 'data/store') });
  const { walk } = customers(store);
  for (let i = 0; i < 6; i++) await walk(`c-${i}`, 'et', entered('payment'));
  await store.close();
});
afterEach(async () => {
  await bot?.stop();
  bot = undefined;
  await rm(folder, { recursive: true, force: true });
});

function insight(port: string, ...words: string[]): Promise<{ code: number | null; said: string }> {
  const child = spawn(process.execPath, [script, ...words], {
    cwd: folder,
    env: { PATH: process.env.PATH ?? '', DATA_DIR: join(folder, 'data'), PORT: port },
  });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (said += chunk));
  return new Promise((resolve) => child.on('close', (code) => resolve({ code, said })));
}

const method = (language: string) => texts.label(language, 'flows:payment.method.short');

test('asks the running bot, prints tables and writes the page; with the bot stopped it reads the store', async () => {
  bot = await startBot({ DATA_DIR: join(folder, 'data'), RETENTION_DAYS: '3650' });
  const { port } = new URL(bot.url);
  const made = await insight(port, '--lang', 'lv');
  expect(made).toMatchObject({ code: 0, said: expect.stringContaining(method('lv')) });
  expect(made.said).toContain(join('insight', 'insight.html'));
  const page = await readFile(join(folder, 'insight/insight.html'), 'utf8');
  expect(page).toContain(`<th scope="row">${method('lv')}<svg`);
  // It is sent around: there is no address of this server in it.
  expect(page).not.toContain('href=');

  await bot.stop();
  bot = undefined;
  const { code, said } = await insight('1', '--json', '--language', 'et');
  expect(code).toBe(0);
  expect(JSON.parse(said)).toMatchObject({ conversations: 6, flows: [{ flow: 'payment', entered: 6 }] });
});

test('says what it wants when called otherwise', async () => {
  expect(await insight('1', '--week', '47')).toEqual({ code: 1, said: expect.stringContaining('2026-W47') });
  expect(await insight('1', '--what')).toEqual({ code: 1, said: expect.stringContaining('--what') });
});
