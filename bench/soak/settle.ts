/** After the traffic: until nothing is left to be sent, and nobody is connected any more. */
import { setTimeout as pause } from 'node:timers/promises';
import { type Figures, look } from './figures.ts';
import type { House } from './house.ts';
import type { Problems } from './problems.ts';

/** @param patience milliseconds */
export async function emptied(house: House, problems: Problems, patience: number): Promise<void> {
  for (const until = Date.now() + patience; Date.now() < until; await pause(200)) {
    const figures = await (await fetch(`${house.url}/metrics`)).text();
    const waiting = [...figures.matchAll(/^cps_outbox_rows\{[^}]*state="waiting"[^}]*\} (\d+)/gm)];
    if (waiting.every(([, count]) => count === '0')) return;
  }
  problems.add('the outbox did not become empty');
}

/** A journal that goes on in another segment, and a document that is being written. */
const filesMore = 3;

/** Until the bot has no more open than before; our connections are closed, so nothing can be asked of it afterwards. */
export async function disconnected(house: House, problems: Problems, before: Figures): Promise<Figures> {
  await closeOwnConnections();
  const isMore = ({ files, sockets }: Figures) =>
    sockets > before.sockets || files - sockets > before.files - before.sockets + filesMore;
  for (const until = Date.now() + 10_000; ; await pause(250)) {
    const now = await look(house);
    if (!now) throw new Error('the bot is gone');
    if (!isMore(now)) return now;
    if (Date.now() < until) continue;
    problems.add('connections or files are left open', { before, now });
    return now;
  }
}

/** Node's fetch keeps its connections; what it keeps them in has this name in every version (undici's global dispatcher). */
async function closeOwnConnections(): Promise<void> {
  const all = globalThis as unknown as Record<symbol, { destroy(): Promise<void> } | undefined>;
  await all[Symbol.for('undici.globalDispatcher.1')]?.destroy();
}
