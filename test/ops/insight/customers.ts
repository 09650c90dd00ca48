/** Customers and agents for the insight's tests: they talk to the real turns, over any store, at times of the test's choice. */
import { randomBytes } from 'node:crypto';
import type { Activity } from 'botbuilder';
import { createTurns } from '../../../src/bot/turn.ts';
import type { State } from '../../../src/conversation/state.ts';
import type { Json, Store } from '../../../src/store/port.ts';
import { type Command, decide } from '../../../src/support/desk.ts';
import { readTicket } from '../../../src/support/ticket.ts';
import { friday, testWorld, texts } from '../../helpers/world.ts';

export const hour = 3600_000;
export const day = 24 * hour;

export function customers(store: Store) {
  const clock = { now: friday };
  const turns = createTurns({
    store,
    texts,
    understand: testWorld().understand,
    settings: { reachable: true, desk: true, supportLanguage: 'en' },
    now: () => clock.now,
    random: (bytes) => randomBytes(bytes),
  });
  let said = 0;

  const met = new Set<string>();

  const receive = (id: string, activity: Partial<Activity>) =>
    turns.receive({ channelId: 'test', ...activity, conversation: { id } as Activity['conversation'] });

  /** The chat is opened, and the bot has greeted. */
  async function open(id: string, language: string): Promise<void> {
    if (met.has(id)) return;
    met.add(id);
    await turns.open({ id, channel: 'test', user: `of-${id}`, locale: language });
    await receive(id, { type: 'event', name: 'webchat/join' });
  }

  async function say(id: string, language: string, text: string): Promise<void> {
    await open(id, language);
    await receive(id, { type: 'message', id: `said-${++said}`, text, locale: language });
  }

  async function stateOf(id: string): Promise<State> {
    const [doc] = await store.read([`conversation/${id}`]);
    return (doc!.value as unknown as { state: State }).state;
  }

  /** Chooses one button after the other, each named by its key. */
  async function walk(id: string, language: string, ...keys: string[]): Promise<void> {
    for (const key of keys) {
      const full = key.includes(':') ? key : `flows:${key.replace(/^(\w+)\.(\w+)\.(\w+)$/, '$1.$2.options.$3')}`;
      await say(id, language, texts.label(language, full));
    }
  }

  /** Asks for a human, leaves every question out, and has the request passed on; its number. */
  async function request(id: string, language: string, topic: string): Promise<string> {
    await walk(id, language, 'bot:commands.human.label');
    for (;;) {
      const { at, tickets } = await stateOf(id);
      if (tickets.length > 0) return tickets[0]!;
      const option = { topic, summary: 'send' }[at!.node] ?? 'skip';
      await walk(id, language, `contactSupport.${at!.node}.${option}`);
    }
  }

  async function agent(ticket: string, at: number, command: Command): Promise<void> {
    const [doc] = await store.read([`ticket/${ticket}`]);
    const person = { id: 'a1', name: 'Agent', language: 'en' };
    const done = decide(
      readTicket(doc!.value),
      command,
      person,
      { now: at, awayAfter: 60_000 },
      `${ticket}-${command.verb}-${at}`,
    );
    if (!('ticket' in done)) throw new Error(JSON.stringify(done));
    const value = JSON.parse(JSON.stringify(done.ticket)) as Json;
    await store.commit({ docs: [{ key: doc!.key, version: doc!.version, value }] });
  }

  return { clock, open, say, walk, request, agent };
}

export const entered = (flow: string) => `bot:menu.options.${flow}`;
