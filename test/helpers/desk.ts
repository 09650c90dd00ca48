/** The desk with everything behind it in this process, on a clock of its own: the door over HTTP, the real turns, store and outbox. */
import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createDoor, type Door, type DoorOptions } from '../../src/bot/door.ts';
import { messagesRoute } from '../../src/bot/messages-route.ts';
import { startOutbox } from '../../src/bot/outbox.ts';
import { createQueues } from '../../src/bot/queues.ts';
import { replySender } from '../../src/bot/send-reply.ts';
import { createTurns, type TurnTools } from '../../src/bot/turn.ts';
import { createTeamsDesk } from '../../src/channels/teams/index.ts';
import { createPlaces } from '../../src/channels/teams/place.ts';
import { createSeal } from '../../src/channels/teams/seal.ts';
import type { Env } from '../../src/config.ts';
import { createEraser } from '../../src/ops/erasure.ts';
import { openLowdbStore } from '../../src/store/lowdb/index.ts';
import type { OutboxRow } from '../../src/store/port.ts';
import { requestMailSender } from '../../src/support/send-request.ts';
import { readTicket } from '../../src/support/ticket.ts';
import { serve } from './serve.ts';
import { channel, startTeams, team, type User, wordsOf } from './teams.ts';
import { testConfig } from './test-config.ts';
import { friday, testWorld, texts } from './world.ts';

export interface Talk {
  conversation: string;
  ticket: string;
  /** What the customer writes. */
  say(text: string, more?: object): Promise<unknown>;
  /** Every message of the talk, oldest first. */
  lines(): Promise<Shown[]>;
}
export interface Shown {
  text?: string;
  from?: { id: string; name?: string };
  channelData?: { support?: { node: string; flow: string | null; agent?: string } };
}

/** From the first word to the consent. */
const request = (language: string) => [
  texts.label(language, 'bot:commands.human.label'),
  '10',
  'words',
  'Photo Ltd',
  'me@example.com',
  '1',
  '1',
];

interface Options {
  members?: User[];
  env?: Env;
  /** Of the desk with Teams, in milliseconds. */
  patience?: number;
  /** For signed messages: where the sign-in service is. */
  cloud?: DoorOptions['cloud'];
  /** What the desk alone goes by, such as an app id where messages need no signature. */
  registration?: { appId: string };
  /** Of the bot. */
  settings?: Partial<TurnTools['settings']>;
}

export async function openDesk({ members, env = {}, patience, cloud, registration, settings = {} }: Options = {}) {
  const folder = await mkdtemp(join(tmpdir(), 'cps-desk-'));
  const store = await openLowdbStore({ folder });
  const teams = await startTeams(members);
  const places = createPlaces(store);
  const clock = { now: friday };
  const now = () => clock.now;
  const mails: { to: string; subject: string; text: string }[] = [];
  const config = testConfig({ SUPPORT_TEAM_ID: team, RATE_REQUESTS: '0', RATE_MESSAGES: '0', ...env });
  const inOrder = createQueues();
  const tools: TurnTools = {
    ...{ store, texts, understand: testWorld().understand, inOrder, now },
    settings: {
      ...{ reachable: true, supportEmail: 'support@example.com', supportLanguage: config.supportLanguage },
      ...{ unclaimedAfter: 60_000, unreadAfter: 10_000 },
      ...settings,
      get desk() {
        return places.known() !== undefined && !places.known()?.stopped;
      },
    },
    random: (bytes) => randomBytes(bytes),
  };
  const turns = createTurns(tools);
  const logged: string[] = [];
  const log = (_: unknown, event: string) => void logged.push(event);
  const connect = async (serviceUrl: string) => door.connect(serviceUrl);
  const desk = createTeamsDesk({
    tools,
    places,
    config: { ...config, ...registration },
    connect,
    log,
    ...(patience ? { patience } : {}),
  });
  const door: Door = createDoor({
    config,
    turns,
    now,
    desk: desk.desk,
    ...(cloud ? { cloud, allows: () => true } : {}),
  });
  const mail = {
    repeatable: true,
    send: async ({ payload }: OutboxRow) => {
      mails.push(payload as unknown as (typeof mails)[number]);
      return { result: 'done' as const };
    },
  };
  const erase = createEraser({
    ...{ store, now, inOrder, mailFolder: join(folder, 'mail'), alone: true, forget: turns.forget },
    settled: () => outbox.settled('erase'),
  });
  const requestMail = requestMailSender({ store, texts, supportLanguage: config.supportLanguage, mail });
  const settling: Promise<unknown>[] = [];
  const outbox = startOutbox({
    store,
    senders: {
      ...desk.senders,
      ...{ mail, erase },
      request: requestMail,
      reply: replySender({ open: async () => door, appId: config.appId }),
    },
    ...{ now, random: () => 0 },
    onSettled: (row, sent) => settling.push(Promise.resolve(desk.settled(row, sent))),
  });
  const running = await serve([messagesRoute({ config, now, log, open: async () => door })], { config, now });
  await places.write({ serviceUrl: teams.url, team, channel, bot: { id: '28:bot' }, setBy: 'Mari', at: now() });

  let made = 0;
  /** Everything that is due is sent, and what came of it is noted. */
  async function drain() {
    for (let before = -1; before !== settling.length; ) {
      before = settling.length;
      await outbox.drain();
      await Promise.all(settling);
    }
  }
  const ticket = async (id: string) => readTicket((await store.read([`ticket/${id}`]))[0]!.value);
  /** The ticket's newest card in the channel. */
  const card = (id: string) => {
    const found = teams.cards(id).at(-1);
    if (!found) throw new Error(`no card of ${id} in the channel`);
    return found;
  };
  return {
    ...{ teams, store, places, clock, mails, logged, drain, ticket, card },
    /** What the bot would put on a card. */
    seal: createSeal(config.tokenSecret),
    url: running.url,
    async rows() {
      const all: OutboxRow[] = [];
      for await (const row of store.outbox()) all.push(row);
      return all;
    },
    /**
     * A customer who has asked for a human.
     * @param overChannel on a channel that takes messages one by one, whose service is the same as that of Teams here
     */
    async customer(language = 'en', overChannel = false): Promise<Talk> {
      const conversation = `c${++made}`;
      const reference = { serviceUrl: teams.url, channelId: 'directline', conversation: { id: conversation } as never };
      const say = (text: string, other: object = {}) =>
        turns.receive(
          {
            ...{
              type: 'message',
              id: `m${++made}`,
              channelId: 'test',
              from: { id: 'x', name: '' },
              locale: language,
              text,
            },
            ...{ conversation: { id: conversation } as never, ...other },
          },
          overChannel ? { sendTo: reference } : {},
        );
      for (const text of request(language)) await say(text);
      const lines = async () => {
        const all = (await store.lines(conversation, 0, 1000)).map(({ value }) => value as Shown & { type?: string });
        return all.filter(({ type }) => type === 'message');
      };
      const found = /"ticket":"([^"]+)"/.exec(JSON.stringify(await lines()))?.[1];
      if (!found) throw new Error(`no request was made: ${(await lines()).at(-1)?.text}`);
      return { conversation, ticket: found, say, lines };
    },
    /** Presses a button of the ticket's card in the channel. @returns the words of the card that the presser sees */
    async press(user: User, id: string, verb: string, inputs: object = {}, more: object = {}) {
      const { body } = await teams.press(running.url, user, card(id), verb, inputs, more);
      await drain();
      // Nobody presses faster than once in two seconds: a whole story stays below Teams' limits for a thread.
      clock.now += 2000;
      await drain();
      return wordsOf(body.value);
    },
    /** Says it to the bot in the channel. @returns the card of the answer */
    async command(user: User, text: string, more: object = {}) {
      const before = teams.posts().length;
      await teams.toBot(running.url, user, channel, text, more);
      await drain();
      return teams.posts().slice(before).at(-1);
    },
    async later(ms: number) {
      // What is being sent must not see its lease run out.
      await drain();
      clock.now += ms;
      await drain();
    },
    async close() {
      await running.close();
      await outbox.stop(50);
      await store.close();
      await teams.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
export type DeskHouse = Awaited<ReturnType<typeof openDesk>>;
