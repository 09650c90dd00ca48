/** What the bot does before it serves: it starts whole, or says what has to be done. */
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SMTPServer } from 'smtp-server';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { mailRow } from '../src/bot/outbox-rows.ts';
import { openLowdbStore } from '../src/store/lowdb/index.ts';
import { startBot } from './helpers/bot-process.ts';
import { directLineClient } from './helpers/direct-line-client.ts';
import { channel, mari, startTeams, team } from './helpers/teams.ts';

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

test('with a DATA_DIR that is no folder it ends, and names the variable', async () => {
  const file = join(folder, 'file');
  await writeFile(file, 'x');
  for (const secret of ['', 'vR3-kdz9QpLw7XnTb2YcUm5JhGf8Es6A']) {
    const said = await refusal({ DATA_DIR: file, TOKEN_SECRET: secret });
    expect(said).toMatch(/^the bot ended with [1-9]\d*:/);
    expect(said).toMatch(/DATA_DIR/);
    expect(said).toContain(file);
    expect(said).not.toMatch(/^ +at /m);
  }
});

test('with a team but neither desk nor address it promises nothing and says so in /readyz; the desk gets what was kept', async () => {
  const teams = await startTeams();
  const bot = await startBot({ DATA_DIR: folder, SUPPORT_TEAM_ID: team });
  const warnings = async () => {
    const ready = await fetch(`${bot.url}/readyz`);
    expect(ready.status).toBe(200);
    return ((await ready.json()) as { warnings: string[] }).warnings;
  };
  expect(await warnings()).toEqual([expect.stringMatching(/^No agents’ desk is set up yet/)]);
  const client = directLineClient(bot.url);
  const ask = async () => {
    const { id, token } = await client.start();
    for (const text of ['Talk to a human', '10', 'Where?', 'Photo Ltd', 'me@example.com', '1', '1'])
      await client.say(id, token, text, { locale: 'en' });
    const { activities = [] } = (await client.poll(id, token)).body;
    const said = activities as { channelData?: { support?: { node: string; ticket?: string } } }[];
    return said.flatMap(({ channelData }) => channelData?.support ?? []);
  };
  const kept = await ask();
  expect(kept.map(({ node }) => node)).toContain('noAddress');
  expect(kept.at(-1)).toMatchObject({ node: 'kept', ticket: expect.any(String) });
  await teams.toBot(bot.url, mari, channel, 'set up desk');
  await expect.poll(() => teams.card(kept.at(-1)!.ticket!)?.id, { timeout: 30_000 }).toBeTruthy();
  expect(await warnings()).toEqual([]);
  expect((await ask()).at(-1)).toMatchObject({ node: 'sent' });
  await bot.stop();
  await teams.close();
});

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

test('with a mail server elsewhere that speaks no TLS it says so in /readyz and in the log, and the mail waits', async () => {
  const server = new SMTPServer({ disabledCommands: ['STARTTLS'], allowInsecureAuth: true });
  const heard: string[] = [];
  server.server.on('connection', (socket) => socket.on('data', (data: Buffer) => heard.push(String(data))));
  await new Promise<void>((resolve) => server.listen(0, '0.0.0.0', () => resolve()));
  // An address that is none of loopback by its looks, and leads to this machine.
  const host = `0.0.0.0:${(server.server.address() as { port: number }).port}`;
  const open = () => openLowdbStore({ folder: join(folder, 'store') });
  const store = await open();
  const mail = { to: 'support@example.com', subject: 'Request', text: 'words', html: '', messageId: '<a@b>' };
  await store.commit({ outbox: { add: [mailRow(mail, Date.now())] } });
  await store.close();

  const SMTP_URL = `smtp://cps:hunter2@${host}`;
  const bot = await startBot({ DATA_DIR: folder, SUPPORT_EMAIL: 'support@example.com', SMTP_URL, LOG_LEVEL: 'info' });
  const ready = async () => ((await (await fetch(`${bot.url}/readyz`)).json()) as { reasons: string[] }).reasons;
  const sentence = `SMTP_URL: ${host} does not offer STARTTLS`;
  await expect.poll(ready).toEqual([expect.stringContaining(sentence)]);
  await expect.poll(bot.printed).toContain(`"reason":"${sentence}`);
  await bot.stop();
  server.close();
  expect(bot.printed()).not.toContain('hunter2');
  expect(heard.join('').match(/^\w+/gm)).toEqual(expect.arrayContaining(['EHLO', 'STARTTLS']));
  expect(heard.join('')).not.toMatch(/^(AUTH|MAIL|DATA)/m);
  const after = await open();
  const [row, ...others] = await Array.fromAsync(after.outbox());
  await after.close();
  expect([row?.state, row?.reason, others]).toEqual(['waiting', expect.stringContaining(sentence), []]);
});
