/**
 * A customer on the website in Latvian, an agent in Teams in Estonian, the bot as `npm start` starts it: once undisturbed, and
 * once with the process killed between every two steps.
 */
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type BotProcess, startBot } from './helpers/bot-process.ts';
import { directLineClient, type ShownActivity } from './helpers/direct-line-client.ts';
import { channel, contentOf, juris, mari, startTeams, type Teams, team, verbsOf, wordsOf } from './helpers/teams.ts';

const patience = { timeout: 30_000 };
let folder: string;
let teams: Teams;
let bot: BotProcess;
const env: Record<string, string> = {};

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'cps-desk-'));
  teams = await startTeams();
  Object.assign(env, { DATA_DIR: folder, SUPPORT_TEAM_ID: team, SUPPORT_LANGUAGE: 'et', PORT: '0' });
  Object.assign(env, { SUPPORT_EMAIL: 'support@example.com', LOG_LEVEL: 'info' });
  bot = await startBot(env);
  env.PORT = new URL(bot.url).port;
});
afterEach(async () => {
  await bot.stop();
  await teams.close();
  await rm(folder, { recursive: true, force: true });
});

interface Customer {
  id: string;
  token: string;
}
const say = async ({ id, token }: Customer, text: string) => {
  const { status } = await directLineClient(bot.url).say(id, token, text, { locale: 'lv' });
  expect(status).toBe(200);
};
async function chat({ id, token }: Customer): Promise<ShownActivity[]> {
  const { body } = await directLineClient(bot.url).poll(id, token);
  return body.activities ?? [];
}
const agentWords = async (customer: Customer) =>
  (await chat(customer)).filter(({ from }) => from.id === 'agent').map(({ text }) => text);
const handoffs = async (customer: Customer) =>
  (await chat(customer)).flatMap(({ channelData }) => {
    const { node } = (channelData as { support?: { node: string } } | undefined)?.support ?? {};
    return node?.startsWith('handoff.') ? [node.slice('handoff.'.length)] : [];
  });

/** Up to the ticket's number. */
async function askForHuman(): Promise<{ customer: Customer; ticket: string }> {
  const { id, token } = await directLineClient(bot.url).start();
  const customer = { id, token };
  for (const text of [
    'latviski',
    'Runāt ar cilvēku',
    '10',
    'Kur ir *mana* <b>kamera</b>?',
    'Foto SIA',
    'klients@example.com',
    '1',
    '1',
  ])
    await say(customer, text);
  const found = /"ticket":"([^"]+)"/.exec(JSON.stringify(await chat(customer)))?.[1];
  expect(found, JSON.stringify((await chat(customer)).map(({ text }) => text))).toBeTruthy();
  return { customer, ticket: found! };
}
const isNew = (method: string, path: string) => method === 'POST' && path.endsWith('/v3/conversations');
const cardOf = async (ticket: string) => {
  await expect.poll(() => teams.card(ticket)?.id, patience).toBeTruthy();
  return teams.card(ticket)!;
};
/** The card in the channel, once its words hold these. */
const cardSays = (ticket: string, words: string) =>
  expect.poll(() => wordsOf(contentOf(teams.card(ticket)!)), patience).toContain(words);

async function wholeStory(between: () => Promise<void>, undisturbed: boolean) {
  await teams.toBot(bot.url, mari, channel, 'seadista töölaud');
  await between();
  // What is under way when the process ends is uncertain: the card is to be between two attempts, the second long after the end.
  const busy = { status: 429, headers: { 'retry-after': '5' } };
  if (!undisturbed) teams.answerWith((method, path) => (isNew(method, path) ? busy : undefined));
  const { customer, ticket } = await askForHuman();
  if (!undisturbed) await expect.poll(bot.printed, patience).toMatch(/"result":"retry".*"outbox row settled"/);
  await between();
  teams.answerWith(() => undefined);
  const card = await cardOf(ticket);
  expect(wordsOf(contentOf(card))).toContain('Kur ir *mana* <b>kamera</b>?');
  expect(wordsOf(contentOf(card)), 'in the team’s language').toContain('Ootab nõustajat');

  await teams.press(bot.url, mari, card, 'claim');
  await expect.poll(() => handoffs(customer), patience).toContain('joined');
  await cardSays(ticket, 'Tegeleb Mari Maasikas');
  await between();

  for (const n of [1, 2, 3]) {
    await say(customer, `klients ${n}`);
    await between();
    await cardSays(ticket, `klients ${n}`);
    const answer = { text: `nõustaja ${n}` };
    if (n === 2) await teams.write(bot.url, mari, card.conversation, answer.text);
    else await teams.press(bot.url, mari, teams.card(ticket)!, 'answer', answer);
    await between();
    await cardSays(ticket, `nõustaja ${n}`);
  }
  expect(await agentWords(customer)).toEqual([1, 2, 3].map((n) => `Mari Maasikas: nõustaja ${n}`));
  const copies = () => {
    const posts = teams.thread(card.conversation).filter(({ id }) => id !== card.id);
    const said = posts.map(({ activity }) => JSON.stringify(activity));
    return [1, 2, 3].map((n) => said.filter((text) => text.includes(`klients ${n}`)).length);
  };
  // A post that was under way when the process died is not sent again by itself: the card says so, and has it all.
  const lost = () => {
    const doubts = verbsOf(contentOf(teams.card(ticket)!)).filter((verb) => verb.startsWith('resend')).length;
    return copies().filter((count) => count === 0).length - (undisturbed ? 0 : doubts);
  };
  await expect.poll(lost, { ...patience, message: 'what may be lost is shown' }).toBeLessThanOrEqual(0);

  await teams.press(bot.url, mari, teams.card(ticket)!, 'ready', { ready: 'anythingElse' });
  await between();
  expect((await agentWords(customer)).at(-1)).toContain('Vai vēl kaut kā varu jums palīdzēt?');
  await teams.press(bot.url, mari, teams.card(ticket)!, 'note', { text: 'salajane märkus' });
  await between();
  await cardSays(ticket, 'salajane märkus');

  await teams.press(bot.url, mari, teams.card(ticket)!, 'close', { cause: 'answered', verdict: 'right' });
  await between();
  await cardSays(ticket, 'Suletud');
  await say(customer, 'Tomēr vēl viens jautājums');
  await between();
  await cardSays(ticket, 'Tomēr vēl viens jautājums');
  await cardSays(ticket, 'Tegeleb Mari Maasikas');
  expect(JSON.stringify(await chat(customer))).not.toContain('salajane');
  expect(await handoffs(customer)).toEqual(['joined', 'answer', 'answer', 'answer', 'answer', 'reopened']);
  expect(Math.max(...copies()), 'no message twice in the thread').toBeLessThanOrEqual(1);
}

describe('a customer in Latvian, an agent in Estonian', () => {
  test('from the request to its being opened again', { timeout: 120_000 }, async () => {
    await wholeStory(async () => undefined, true);
  });

  test('the same, killed between every two steps', { timeout: 300_000 }, async () => {
    await wholeStory(async () => {
      await bot.kill();
      bot = await startBot(env);
    }, false);
  });

  test('two claim at once, a forged card, a stranger, another ticket’s data', async () => {
    await teams.toBot(bot.url, mari, channel, 'seadista töölaud');
    const { customer, ticket } = await askForHuman();
    const card = await cardOf(ticket);
    const answers = await Promise.all([
      teams.press(bot.url, mari, card, 'claim'),
      teams.press(bot.url, juris, card, 'claim'),
    ]);
    const words = answers.map(({ body }) => wordsOf(body.value));
    expect(
      words.filter((one) => one.includes('tegeleb juba')),
      'one of them is told who has it',
    ).toHaveLength(1);
    expect(await handoffs(customer)).toEqual(['joined']);

    await cardSays(ticket, 'Tegeleb');
    const owner = wordsOf(contentOf(teams.card(ticket)!)).includes('Tegeleb Mari') ? mari : juris;
    const other = owner === mari ? juris : mari;
    const current = teams.card(ticket)!;
    const { body } = await teams.refresh(bot.url, other, current);
    expect(verbsOf(body.value!)).toEqual(['note', 'history']);
    await teams.press(bot.url, other, current, 'answer', { text: 'mitte minu oma' });
    const data = { desk: { verb: 'answer', ticket, revision: 1, seal: 'x'.repeat(43) }, text: 'võltsitud' };
    const forged = await teams.send(bot.url, owner, current, data);
    expect(wordsOf(forged.body.value)).toContain('ei saa kasutada');
    const stranger = { id: '29:stranger', name: 'Stranger' };
    const refused = await teams.press(bot.url, stranger, current, 'answer', { text: 'võõras' });
    expect(wordsOf(refused.body.value)).toContain('liikmed');
    expect(await agentWords(customer)).toEqual([]);
  });

  test('put out of the team: nothing more is sent there, requests go by mail, readiness says so', async () => {
    await teams.toBot(bot.url, mari, channel, 'seadista töölaud');
    const body = { error: { code: 'BotNotInConversationRoster' } };
    teams.answerWith((method, path) => (isNew(method, path) ? { status: 403, body } : undefined));
    const { ticket } = await askForHuman();
    const ready = async () => (await fetch(`${bot.url}/readyz`)).text();
    await expect.poll(ready, patience).toContain('Teams refuses the bot (403)');
    const sent = async () => (await readdir(join(folder, 'mail')).catch(() => [])).length;
    await expect.poll(sent, patience).toBe(2);
    const [asked, before] = [teams.requests.length, await sent()];
    expect((await askForHuman()).ticket).not.toBe(ticket);
    await expect.poll(sent, patience).toBe(before + 1);
    expect(teams.requests.length, 'Teams is left alone').toBe(asked);
    teams.answerWith(() => undefined);
    await teams.toBot(bot.url, mari, channel, 'seadista töölaud');
    await cardOf(ticket);
    expect(await ready()).not.toContain('Teams refuses');
  });
});
