/**
 * Support behind a channel of the Bot Framework, on a clock of its own: the door over HTTP, the channel's connector, a mail server,
 * the real turns, store and outbox. Agents act on tickets without Teams.
 */
import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createDeskTurns } from '../../src/bot/desk-turns.ts';
import { createDoor, type Door } from '../../src/bot/door.ts';
import { initiationSender } from '../../src/bot/hub.ts';
import { messagesRoute } from '../../src/bot/messages-route.ts';
import { startOutbox } from '../../src/bot/outbox.ts';
import { createQueues } from '../../src/bot/queues.ts';
import { reminderSender } from '../../src/bot/reminders.ts';
import { replySender } from '../../src/bot/send-reply.ts';
import { createTurns, type TurnTools } from '../../src/bot/turn.ts';
import { settle } from '../../src/channels/teams/settle.ts';
import { openLowdbStore } from '../../src/store/lowdb/index.ts';
import type { OutboxRow } from '../../src/store/port.ts';
import type { Command } from '../../src/support/desk.ts';
import { mailSender } from '../../src/support/send-mail.ts';
import { requestMailSender } from '../../src/support/send-request.ts';
import type { Sender } from '../../src/support/sender.ts';
import type { Person, Ticket } from '../../src/support/ticket.ts';
import { activityOf, startConnector } from './channel.ts';
import { serve } from './serve.ts';
import { openMailbox } from './smtp.ts';
import { testConfig } from './test-config.ts';
import { friday, testWorld, texts } from './world.ts';

export const mari: Person = { id: '29:mari', name: 'Mari', language: 'et' };
export const minute = 60_000;

/** An activity as the connector got it, or as it stands in the transcript. */
export interface Shown {
  type?: string;
  name?: string;
  text?: string;
  value?: unknown;
  from?: { id: string; role?: string };
  attachments?: { name?: string; contentType?: string; content?: { activities?: Shown[] } }[];
  suggestedActions?: { actions: { title: string }[] };
  channelData?: { support?: { node: string; agent?: string } };
}

export async function openSupport(changes: Partial<TurnTools['settings']> = {}) {
  const folder = await mkdtemp(join(tmpdir(), 'cps-support-'));
  const store = await openLowdbStore({ folder });
  const box = await openMailbox();
  const clock = { now: friday };
  const now = () => clock.now;
  /** What the channel answers to what the bot sends; undefined: it takes it. */
  const channel: { answers?: { status: number } | 'hang' | undefined } = {};
  const connector = await startConnector(() => channel.answers ?? { status: 200 });
  const settings: TurnTools['settings'] = {
    ...{ reachable: true, desk: true, supportEmail: 'support@example.com', supportLanguage: 'en' },
    ...{ unclaimedAfter: 30 * minute, unreadAfter: 10 * minute },
    ...changes,
  };
  const tools: TurnTools = {
    ...{ store, texts, now, settings, understand: testWorld().understand, inOrder: createQueues() },
    random: (bytes) => randomBytes(bytes),
  };
  const turns = createTurns(tools);
  const desk = createDeskTurns(tools);
  const config = testConfig({ RATE_REQUESTS: '0', RATE_MESSAGES: '0' });
  const door: Door = createDoor({ config, turns, now });
  const running = await serve([messagesRoute({ config, now, log: () => undefined, open: async () => door })], { now });
  const mail = mailSender({ smtpUrl: box.url, from: 'bot@example.com', folder });
  // Impatient only where nobody will answer: on a busy machine any answer may take a while.
  const replies = (patience: number) => replySender({ open: async () => door, appId: '', patience });
  const [patient, impatient] = [replies(20_000), replies(500)];
  const reply: Sender = {
    repeatable: false,
    send: (row) => (channel.answers === 'hang' ? impatient : patient).send(row),
  };
  /** What would have gone to Teams. */
  const cards: OutboxRow[] = [];
  const teams: Sender = {
    repeatable: true,
    async send(row) {
      cards.push(row);
      return { result: 'done' };
    },
  };
  const settling: Promise<unknown>[] = [];
  const { supportEmail, supportLanguage } = settings;
  const outbox = startOutbox({
    ...{ store, now, random: () => 0 },
    senders: {
      ...{ mail, reply, 'teams-new': teams, 'teams-update': teams },
      handoff: initiationSender(store, reply),
      request: requestMailSender({ store, texts, supportLanguage, mail }),
      remind: reminderSender({ store, turns: desk, texts, settings: { supportEmail, supportLanguage }, now }),
    },
    onSettled: (row, sent) => settling.push(settle(row, sent, { turns: desk, store, now })),
  });
  let made = 0;

  /** Everything that is due is sent, and what came of it is noted. */
  async function drain() {
    for (let before = -1; before !== settling.length; ) {
      before = settling.length;
      await outbox.drain();
      await Promise.all(settling);
    }
  }
  const lines = async (conversation: string) =>
    (await store.lines(conversation, 0, 5000)).map(({ value }) => value as Shown);

  /** A customer; without `embedded` on a channel that takes its messages by a call of the bot's. */
  function customer(language = 'en', { embedded = false } = {}) {
    const conversation = `c-${++made}`;
    async function send(more: object): Promise<{ status: number }> {
      const id = `m-${++made}`;
      const place = { id, conversation: { id: conversation }, serviceUrl: connector.url, locale: language };
      const activity = activityOf({ ...place, ...more });
      if (embedded) {
        await turns.receive(activity as never);
        return { status: 200 };
      }
      const body = JSON.stringify(activity);
      const headers = { 'content-type': 'application/json' };
      const { status } = await fetch(`${running.url}/api/messages`, { method: 'POST', headers, body });
      await drain();
      return { status };
    }
    const say = (text: string) => send({ text });
    return {
      ...{ conversation, send, say },
      event: (name: string, value: unknown, more: object = {}) =>
        send({ type: 'event', name, value, text: undefined, ...more }),
      lines: () => lines(conversation),
      node: async () => (await lines(conversation)).at(-1)?.channelData?.support?.node,
      /** Asks for a human. @returns the request's number */
      async ask({ email = 'me@example.com', question = 'My words' } = {}): Promise<string> {
        const skip = texts.label(language, 'flows:contactSupport.company.options.skip');
        const human = texts.label(language, 'bot:commands.human.label');
        for (const text of [human, '10', question, 'Photo Ltd', email || skip, '1', '1']) await say(text);
        const found = /"ticket":"([^"]+)"/.exec(JSON.stringify(await lines(conversation)))?.[1];
        if (!found) throw new Error(`no request was made: ${(await lines(conversation)).at(-1)?.text}`);
        return found;
      },
      /** What the channel was sent, oldest first. */
      got: () =>
        connector.sent
          .filter(({ path }) => path?.includes(`/conversations/${conversation}/`))
          .map(({ body }) => body as Shown),
    };
  }

  return {
    ...{ box, cards, channel, clock, connector, desk, drain, customer, settings, store, tools },
    act(ticket: string, command: Command, actor = mari) {
      return desk.act(ticket, command, actor, `press-${++made}`);
    },
    async ticket(id: string): Promise<Ticket> {
      const found = await desk.read(id);
      if (!found) throw new Error(`no ticket ${id}`);
      return found;
    },
    async rows() {
      const all = [];
      for await (const row of store.outbox()) all.push(row);
      return all;
    },
    async later(ms: number) {
      await drain();
      clock.now += ms;
      await drain();
    },
    async close() {
      await running.close();
      await outbox.stop(50);
      await store.close();
      await connector.close();
      await box.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
export type Support = Awaited<ReturnType<typeof openSupport>>;
