/**
 * One instance of the bot as a process of its own: turns and outbox over the database of argv[2], deliveries noted in the file
 * argv[3]. Told by messages what came in; answers with `{ nr, seq }` or `{ nr, error }`.
 */
import { randomBytes } from 'node:crypto';
import { appendFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import type { Activity } from 'botbuilder';
import { startOutbox } from '../../../src/bot/outbox.ts';
import { createTurns } from '../../../src/bot/turn.ts';
import { StoreConflict } from '../../../src/store/port.ts';
import { openPostgresStore } from '../../../src/store/postgres/index.ts';
import type { Sender } from '../../../src/support/sender.ts';
import { texts } from '../../helpers/world.ts';

export type Asked =
  | { nr: number; activity: Partial<Activity> }
  | { nr: number; promise: { id: string; target: string; kind: 'mail' | 'message' } };
export type Answered = { nr: number; seq?: number | undefined; error?: string };

/** Leases of minutes must end within the test, though not while somebody is only slow. */
const now = () => Date.now() * 30;

const [, , url = '', deliveries = ''] = process.argv;
const store = await openPostgresStore({ url, probeMs: 100 });
const turns = createTurns({
  store,
  texts,
  understand: () => ({ intent: 'none', decision: 'none', ranking: [], language: 'en', languageSure: false }),
  settings: { reachable: true, supportLanguage: 'en' },
  now,
  random: randomBytes,
});
/** Leaves time to be killed between what the world sees and what the store is told. */
const sender = (repeatable: boolean): Sender => ({
  repeatable,
  async send({ id }) {
    await pause(10);
    appendFileSync(deliveries, `${id}\n`);
    await pause(10);
    return { result: 'done' };
  },
});
startOutbox({ store, senders: { mail: sender(true), message: sender(false) }, now, random: Math.random });

async function answer(asked: Asked): Promise<Answered> {
  const { nr } = asked;
  try {
    if ('activity' in asked) return { nr, seq: (await turns.receive(asked.activity)).seq };
    const row = { ...asked.promise, payload: null, dueAt: now(), attempts: 0, state: 'waiting' as const };
    await store.commit({ outbox: { add: [row] } });
    return { nr };
  } catch (error) {
    // Asked again, after an answer that was lost.
    if ('promise' in asked && error instanceof StoreConflict) return { nr };
    return { nr, error: String(error) };
  }
}

process.on('message', async (asked: Asked) => process.send?.(await answer(asked)));
process.on('disconnect', () => process.exit());
process.send?.({ nr: 0 });
