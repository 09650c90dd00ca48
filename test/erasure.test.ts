/**
 * A customer sees and deletes their own data, with the bot as `npm start` starts it: a request at the agents' desk in Teams, a mail
 * that cannot leave, phrases that were not understood; undisturbed, and killed at every step. Afterwards nothing of what they
 * wrote is left in any byte of the data folder, nor on the cards.
 */
import { execFile } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type BotProcess, startBot } from './helpers/bot-process.ts';
import { directLineClient, openStream, type ShownActivity } from './helpers/direct-line-client.ts';
import { openMailbox } from './helpers/smtp.ts';
import { channel, contentOf, mari, startTeams, type Teams, team, wordsOf } from './helpers/teams.ts';

const patience = { timeout: 60_000 };
/** Nobody else writes these. */
const words = ['Zyxomma', 'Quizzaciously', 'Klopfgeist', 'zebulon@example.com'];

let folder: string;
let teams: Teams;
let bot: BotProcess;
let mailbox: Awaited<ReturnType<typeof openMailbox>>;
const env: Record<string, string> = {};

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'cps-erasure-'));
  teams = await startTeams();
  mailbox = await openMailbox();
  await mailbox.stop();
  Object.assign(env, { DATA_DIR: folder, SUPPORT_LANGUAGE: 'en', PORT: '0', SMTP_URL: mailbox.url });
  Object.assign(env, { SUPPORT_TEAM_ID: team, SUPPORT_EMAIL: 'support@example.com', MAIL_FROM: 'bot@example.com' });
  bot = await startBot(env);
  env.PORT = new URL(bot.url).port;
});
afterEach(async () => {
  await bot.stop();
  await teams.close();
  await rm(folder, { recursive: true, force: true });
});

const client = () => directLineClient(bot.url);

interface Customer {
  id: string;
  token: string;
  resume: string;
}
async function say({ id, token }: Customer, text: string) {
  const { status } = await client().say(id, token, text, { locale: 'en' });
  expect(status, text).toBe(200);
}
async function chat({ id, token }: Customer): Promise<ShownActivity[]> {
  return (await client().poll(id, token)).body.activities ?? [];
}
const supportOf = ({ channelData }: ShownActivity) =>
  (channelData as { support?: Record<string, unknown> } | undefined)?.support;
const last = async (customer: Customer) => (await chat(customer)).at(-1)!;

/** Where in the folder one of the words stands. */
async function found(among: readonly string[]): Promise<string[]> {
  const files = await readdir(folder, { recursive: true, withFileTypes: true });
  const hits: string[] = [];
  for (const file of files.filter((one) => one.isFile())) {
    const path = join(file.parentPath, file.name);
    const text = (await readFile(path).catch(() => Buffer.alloc(0))).toString('latin1');
    for (const word of among) if (text.toLowerCase().includes(word.toLowerCase())) hits.push(`${path}: ${word}`);
  }
  return hits;
}

/** Everything that can be stored about somebody: a talk, a request with its card, a post in its thread, a mail, a phrase. */
async function everything(): Promise<{ customer: Customer; ticket: string }> {
  await teams.toBot(bot.url, mari, channel, 'set up desk');
  const customer = await client().start();
  await say(customer, 'Zyxomma pizza');
  for (const text of ['Talk to a human', '10', 'Quizzaciously', 'Photo Ltd', 'zebulon@example.com', '1', '1'])
    await say(customer, text);
  const ticket = /"ticket":"([^"]+)"/.exec(JSON.stringify(await chat(customer)))?.[1] ?? '';
  expect(ticket).not.toBe('');
  await expect.poll(() => teams.card(ticket)?.id, patience).toBeTruthy();
  await teams.press(bot.url, mari, teams.card(ticket)!, 'claim');
  await expect.poll(() => wordsOf(contentOf(teams.card(ticket)!)), patience).toContain('Mari Maasikas has it');
  await say(customer, 'Klopfgeist');
  await expect.poll(() => wordsOf(teams.posts().map(({ activity }) => activity)), patience).toContain('Klopfgeist');
  await teams.press(bot.url, mari, teams.card(ticket)!, 'answer', { text: 'I look into it' }, { id: 'a-1' });
  await say(customer, 'Send me the transcript');
  await expect.poll(async () => (await rowsOf(customer)).some((one) => one.includes('mail')), patience).toBe(true);
  return { customer, ticket };
}

/** Kinds of the rows that stand in the customer's own copy. */
async function rowsOf(customer: Customer): Promise<string[]> {
  const shown = await exported(customer);
  return shown.notSentYet.map(({ kind }) => kind);
}

interface Copy {
  transcript: { text?: string }[];
  requests: { request: { id: string }; messages: { text: string }[] }[];
  notSentYet: { kind: string }[];
  notUnderstood: { text: string }[];
}
/** The customer asks for it in the talk, proves that it is they, and fetches the file. */
async function exported(customer: Customer): Promise<Copy> {
  await say(customer, 'Show me my data');
  await say(customer, 'zebulon@example.com');
  const { status, body } = await client().call('GET', `/conversations/${customer.id}/export`, customer.token);
  expect(status).toBe(200);
  return body as unknown as Copy;
}

async function gone(customer: Customer) {
  const { id, token, resume } = customer;
  await expect.poll(async () => (await client().poll(id, token)).status, patience).toBe(404);
  expect((await client().say(id, token, 'hello?')).status).toBe(404);
  expect((await client().reconnect(id, token)).status).toBe(404);
  expect((await client().open(token)).status).toBe(404);
  expect((await client().refresh(token)).status).toBe(404);
  expect((await client().generate({ resume })).status).toBe(404);
}

async function nothingLeft(ticket: string) {
  await expect.poll(() => found(words), patience).toEqual([]);
  const inTeams = () => wordsOf(teams.posts().map(({ activity }) => activity));
  await expect.poll(() => words.filter((word) => inTeams().includes(word)), patience).toEqual([]);
  await expect.poll(inTeams, patience).not.toContain(ticket);
  await expect.poll(inTeams, patience).toContain('deleted');
}

describe('a customer’s own data', () => {
  test('shown whole, once; deleted after the check, with a receipt, everywhere', { timeout: 180_000 }, async () => {
    const { customer, ticket } = await everything();
    const copy = await exported(customer);
    const text = JSON.stringify(copy);
    for (const word of words) expect(text).toContain(word);
    expect(copy.requests.map(({ request }) => request.id)).toEqual([ticket]);
    expect(copy.notUnderstood).toHaveLength(1);
    expect(copy.notSentYet.map(({ kind }) => kind)).toContain('mail');
    expect(text, 'the agent’s own name in Teams').not.toContain(mari.id);
    const path = `/conversations/${customer.id}/export`;
    expect((await client().call('GET', path, customer.token)).status, 'once').toBe(404);
    const other = await client().start();
    expect((await client().call('GET', path, other.token)).status, 'with its own token').toBe(403);

    expect((await found(words)).length).toBeGreaterThan(0);
    await say(customer, 'Delete my data');
    await say(customer, 'DELETE');
    await say(customer, 'Talk to a human');
    expect((await client().poll(customer.id, customer.token)).status, 'a wrong answer').toBe(200);
    await say(customer, 'Delete my data');
    const stream = await openStream((await client().reconnect(customer.id, customer.token, '1')).body.streamUrl!);
    await say(customer, 'zebulon@example.com');
    const receipt = supportOf(await last(customer))?.receipt as string;
    expect(receipt).toMatch(/^R-/);
    expect((await client().say(customer.id, customer.token, 'Zyxomma again')).status, 'nothing more').toBe(404);
    await stream.until(() => stream.activities.some((one) => supportOf(one)?.receipt === receipt));
    await gone(customer);
    await stream.until(() => stream.state.closed !== undefined);
    await nothingLeft(ticket);

    await mailbox.start();
    await pause(1500);
    expect(mailbox.mails, 'what was queued is withdrawn').toEqual([]);
    await bot.stop();
    expect(await found(words)).toEqual([]);
    expect((await found([receipt])).length, 'the receipt is kept').toBeGreaterThan(0);
    expect(await found([ticket]), 'and leads to nobody').toEqual([]);
    bot = await startBot(env);
    await gone(customer);
    await say(other, 'hello');
    await mailbox.stop();
  });

  test('killed again and again while it is erased: finished by the next start', { timeout: 240_000 }, async () => {
    const { customer, ticket } = await everything();
    await say(customer, 'Delete my data');
    await say(customer, 'zebulon@example.com');
    // The last message can be read for ten seconds: the first kills come before the erasing, the others into it.
    for (const wait of [0, 9000, 5, 20, 40, 80, 160]) {
      await pause(wait);
      await bot.kill();
      bot = await startBot(env);
    }
    await gone(customer);
    await nothingLeft(ticket);
    await bot.stop();
    expect(await found(words)).toEqual([]);
    bot = await startBot(env);
  });

  test('by command: while the bot runs, and with it stopped', { timeout: 180_000 }, async () => {
    const { customer, ticket } = await everything();
    const { customer: other, ticket: second } = await everything();
    expect(await command('find', 'zebulon@example.com')).toContain(`${customer.id}  ${ticket}`);
    expect(JSON.parse(await command('show', ticket))).toMatchObject({ requests: [{ request: { id: ticket } }] });
    const file = join(folder, 'copy.json');
    await command('show', ticket, file);
    expect(await readFile(file, 'utf8')).toContain('Klopfgeist');
    await rm(file);
    expect(await command('erase', ticket)).toMatch(/^Receipt R-.*erased/);
    await gone(customer);
    await expect.poll(() => wordsOf(teams.posts().map(({ activity }) => activity)), patience).not.toContain(ticket);
    expect(await command('find', 'zebulon'), 'the other one stays').toContain(second);

    await bot.stop();
    expect(await command('find', 'zebulon')).toContain(other.id);
    expect(await command('erase', other.id)).toMatch(/^Receipt R-.*erased/);
    expect(await found(words)).toEqual([]);
    await expect(command('erase', other.id)).rejects.toThrow(/nothing is stored/);
    bot = await startBot(env);
    await gone(other);
    await nothingLeft(second);
  });
});

/** As `npm run data --` does it, with the bot's own settings. */
async function command(...words: string[]): Promise<string> {
  const root = join(import.meta.dirname, '..');
  const all = { PATH: process.env.PATH ?? '', ...env };
  const { stdout } = await promisify(execFile)(process.execPath, [join(root, 'scripts/data.ts'), ...words], {
    env: all,
  });
  return stdout;
}
