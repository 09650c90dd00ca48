/** What the bot does before it serves: it starts whole, or says what has to be done. */
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openLowdbStore } from '../src/store/lowdb/index.ts';
import { startBot } from './helpers/bot-process.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'cps-start-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const refusal = (env: Record<string, string>) =>
  startBot({ DATA_DIR: folder, ...env }).then(
    async (bot) => {
      await bot.kill();
      return 'it started';
    },
    (error: Error) => error.message,
  );

test('in production without what makes it safe it ends, and names all of it at once', async () => {
  const said = await refusal({ NODE_ENV: 'production', TOKEN_SECRET: 'change-me', PORT: '0' });
  expect(said).toMatch(/^the bot ended with [1-9]\d*:/);
  for (const name of ['MicrosoftAppId', 'TOKEN_SECRET', 'PUBLIC_URL', 'SUPPORT_TEAM_ID or SUPPORT_EMAIL'])
    expect(said).toMatch(new RegExp(`^ +${name} must be `, 'm'));
  expect(said).not.toContain('change-me');
  expect(said).not.toMatch(/^ +at /m);
});

test.each(['', '{"journal":', '{"somebody":"else"}'])(
  'on a store whose file says %j it ends, names the file and leaves it as it is',
  async (content) => {
    const file = join(folder, 'store', 'store.json');
    await mkdir(join(folder, 'store'));
    await writeFile(file, content);
    const said = await refusal({});
    expect(said).toMatch(/^the bot ended with [1-9]\d*:/);
    expect(said).toContain(file);
    expect(said).not.toMatch(/^ +at /m);
    expect(await readFile(file, 'utf8')).toBe(content);
  },
);

test('with a desk that Teams has closed it says so in /readyz, and serves', async () => {
  const store = await openLowdbStore({ folder: join(folder, 'store') });
  const place = { serviceUrl: 'http://127.0.0.1:9', team: 't', channel: 'c', bot: { id: 'b' }, setBy: 'Mari', at: 1 };
  const stopped = { at: 2, reason: '403' };
  await store.commit({ docs: [{ key: 'desk/main', version: 0, value: { ...place, stopped } }] });
  await store.close();
  const bot = await startBot({ DATA_DIR: folder });
  const ready = await fetch(`${bot.url}/readyz`);
  expect([ready.status, await ready.json()]).toEqual([
    200,
    expect.objectContaining({
      warnings: [expect.stringMatching(/^Teams refuses the bot \(403\): add it to the team again/)],
    }),
  ]);
  await bot.stop();
});
