/** Plays a conversation against the real turn pipeline over the real store, in a folder of its own. */
import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Activity } from 'botbuilder';
import { createTurns, type TurnTools } from '../../src/bot/turn.ts';
import type { Turns } from '../../src/bot/turns.ts';
import { openLowdbStore } from '../../src/store/lowdb/index.ts';
import type { Store } from '../../src/store/port.ts';
import { friday, testWorld, texts } from './world.ts';

export interface House {
  folder: string;
  store: Store;
  turns: Turns;
  /** Closes the store and opens it again, as a restart does. */
  restart(): Promise<void>;
  say(conversation: string, text: string, more?: Partial<Activity>): ReturnType<Turns['receive']>;
  close(): Promise<void>;
}

export async function openHouse(changes: Partial<TurnTools> = {}): Promise<House> {
  const folder = await mkdtemp(join(tmpdir(), 'cps-test-'));
  const build = async () => {
    const store = await openLowdbStore({ folder });
    const tools: TurnTools = {
      store,
      texts,
      understand: testWorld().understand,
      settings: { reachable: true, supportEmail: 'support@example.com', supportLanguage: 'en' },
      now: () => friday,
      random: (bytes) => randomBytes(bytes),
      ...changes,
    };
    return { store, turns: createTurns(tools) };
  };
  let made = 0;
  const house: House = {
    folder,
    ...(await build()),
    async restart() {
      await house.store.close();
      Object.assign(house, await build());
    },
    say: (conversation, text, more = {}) =>
      house.turns.receive({
        type: 'message',
        id: `activity-${++made}`,
        channelId: 'test',
        from: { id: 'customer', name: '' },
        conversation: { id: conversation } as Activity['conversation'],
        locale: 'en',
        text,
        ...more,
      }),
    async close() {
      await house.store.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
  return house;
}

/** `flow.node` of each reply. */
export const nodes = (received: Awaited<ReturnType<Turns['receive']>>): string[] =>
  received.replies.map(({ activity }) => {
    const { flow, node } = (activity.channelData as { support: { flow: string | null; node: string } }).support;
    return `${flow}.${node}`;
  });
