/** The desk's senders against a connector that answers as it is told. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createDoor } from '../../../src/bot/door.ts';
import { type Outbox, startOutbox } from '../../../src/bot/outbox.ts';
import { createQueues } from '../../../src/bot/queues.ts';
import { createTurns, type TurnTools } from '../../../src/bot/turn.ts';
import { createTeamsDesk, type TeamsDesk } from '../../../src/channels/teams/index.ts';
import { createPlaces, type Places } from '../../../src/channels/teams/place.ts';
import { openLowdbStore } from '../../../src/store/lowdb/index.ts';
import type { OutboxRow, Store } from '../../../src/store/port.ts';
import { channel, startTeams, type Teams, team } from '../../helpers/teams.ts';
import { testConfig } from '../../helpers/test-config.ts';
import { testWorld, texts } from '../../helpers/world.ts';

let folder: string;
let store: Store;
let teams: Teams;
let places: Places;
let desk: TeamsDesk;
let outbox: Outbox;
let clock: number;
let ask: () => Promise<string>;
let say: (text: string) => Promise<unknown>;
const mails: string[] = [];

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'cps-send-'));
  store = await openLowdbStore({ folder });
  teams = await startTeams();
  places = createPlaces(store);
  clock = Date.UTC(2026, 10, 20, 10);
  mails.length = 0;
  const config = { ...testConfig(), supportTeamId: team };
  const tools: TurnTools = {
    ...{ store, texts, understand: testWorld().understand, inOrder: createQueues(), now: () => clock },
    settings: {
      ...{ reachable: true, supportEmail: 'support@example.com', supportLanguage: 'en' },
      ...{ unclaimedAfter: 60_000, unreadAfter: 10_000 },
      get desk() {
        return places.known() !== undefined && !places.known()?.stopped;
      },
    },
    random: (bytes) => crypto.getRandomValues(new Uint8Array(bytes)),
  };
  const turns = createTurns(tools);
  const connect = async (serviceUrl: string) => createDoor({ config, turns, now: () => clock }).connect(serviceUrl);
  desk = createTeamsDesk({ tools, places, config, connect, log: () => undefined });
  const mail = {
    repeatable: true,
    send: async ({ payload }: OutboxRow) => {
      mails.push((payload as { to: string; subject: string }).subject);
      return { result: 'done' as const };
    },
  };
  outbox = startOutbox({
    ...{ store, senders: { ...desk.senders, mail }, now: () => clock, random: () => 0 },
    onSettled: desk.settled,
  });
  await places.write({ serviceUrl: teams.url, team, channel, bot: { id: '28:bot' }, setBy: 'Mari', at: clock });
  let made = 0;
  let conversation = '';
  say = (text) =>
    turns.receive({
      ...{ type: 'message', id: `m${++made}`, channelId: 'test', from: { id: 'x', name: '' }, locale: 'en', text },
      conversation: { id: conversation } as never,
    });
  ask = async () => {
    conversation = `c${++made}`;
    for (const text of [
      'Talk to a human',
      '10',
      'words',
      'Photo Ltd',
      'me@example.com',
      'By e-mail, any time',
      'Yes, pass it on',
    ])
      await say(text);
    return conversation;
  };
});
afterEach(async () => {
  await outbox.stop(50);
  await store.close();
  await teams.close();
  await rm(folder, { recursive: true, force: true });
});

const rows = async () => {
  const all: OutboxRow[] = [];
  for await (const row of store.outbox()) all.push(row);
  return all;
};
const card = async () => (await rows()).find(({ kind }) => kind === 'teams-new');

test('429: waits as long as it is told, then posts the card once', async () => {
  let first = true;
  teams.answerWith((method, path) => {
    if (!first || method !== 'POST' || !path.endsWith('/conversations')) return undefined;
    first = false;
    return { status: 429, headers: { 'retry-after': '30' } };
  });
  await ask();
  await outbox.drain();
  expect((await card())?.dueAt).toBe(clock + 30_000);
  clock += 29_000;
  await outbox.drain();
  expect(teams.posts()).toHaveLength(0);
  clock += 2_000;
  await outbox.drain();
  expect(teams.posts()).toHaveLength(1);
});

test.each([502, 504])('%i on a new card: uncertain, never sent again blindly', async (status) => {
  teams.answerWith((method, path) => (method === 'POST' && path.endsWith('/conversations') ? { status } : undefined));
  await ask();
  await outbox.drain();
  expect((await card())?.state).toBe('uncertain');
  clock += 50_000; // before the reminder, which brings the card again when none is known to stand there
  await outbox.drain();
  const posts = teams.requests.filter(({ path }) => path.endsWith('/v3/conversations')).length;
  expect(posts).toBe(1);
});

test('403: the desk stops, and the request goes by mail', async () => {
  const body = { error: { code: 'BotNotInConversationRoster' } };
  teams.answerWith((method, path) =>
    method === 'POST' && path.endsWith('/conversations') ? { status: 403, body } : undefined,
  );
  await ask();
  await outbox.drain();
  expect(places.known()?.stopped?.reason).toBe('403');
  expect(mails).toHaveLength(1);
  await ask();
  await outbox.drain();
  expect(mails, 'later ones go by mail at once').toHaveLength(2);
});

test('a connector that hangs holds up its own ticket only', async () => {
  let hung = 0;
  teams.answerWith((method, path) =>
    method === 'POST' && path.endsWith('/conversations') && hung++ === 0 ? 'hang' : undefined,
  );
  await ask();
  await ask();
  await expect.poll(() => teams.posts().length, { timeout: 5000 }).toBe(1);
});

test('nobody takes it: said once in the thread, in the chat, and to support by mail', async () => {
  const conversation = await ask();
  await outbox.drain();
  clock += 61_000;
  await outbox.drain();
  await outbox.drain();
  expect(mails).toHaveLength(1);
  const said = (await store.lines(conversation, 0, 100)).filter(({ value }) =>
    JSON.stringify(value).includes('handoff.unclaimed'),
  );
  expect(said).toHaveLength(1);
  clock += 3600_000;
  await outbox.drain();
  expect(mails).toHaveLength(1);
});

test('the talk by mail is sent once, up to where it was asked for', async () => {
  await ask();
  await say('Send me the transcript');
  await outbox.drain();
  await outbox.drain();
  expect(mails).toEqual([expect.stringMatching(/^Our talk about request /)]);
});
