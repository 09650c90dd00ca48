/** A file of the embedded store is damaged: work that goes through everything goes on, and what is to be erased can be. */
import { randomBytes } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createQueues } from '../../src/bot/queues.ts';
import { createDataDesk } from '../../src/ops/data-desk.ts';
import { createEraser } from '../../src/ops/erasure.ts';
import { readinessOf } from '../../src/ops/readiness.ts';
import { eraseOlderThan } from '../../src/ops/retention.ts';
import { eraseTraces } from '../../src/ops/traces.ts';
import { openLowdbStore } from '../../src/store/lowdb/index.ts';
import type { DocKey, Json, Store } from '../../src/store/port.ts';

const day = 24 * 3600_000;
const now = 1000 * day;
let folder: string;
let store: Store;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'cps-damaged-'));
  store = await openLowdbStore({ folder });
  for (const who of ['mari', 'jaan']) {
    await put(`ticket/T-${who}`, ticketOf(who));
    await put(`thread/${who}`, { posts: [], tickets: [`T-${who}`] });
    await put(`conversation/${who}`, {
      ...{ channel: 'test', user: who, lines: 1, answered: [] },
      state: { tickets: [`T-${who}`], language: 'et' },
    });
    await store.commit({ lines: [{ conversation: who, value: { text: `${who} Maasikas` } }] });
  }
  await store.erase({});
});
afterEach(async () => {
  await store.close();
  await rm(folder, { recursive: true, force: true });
});

const put = (key: DocKey, value: Json) => store.commit({ docs: [{ key, version: 0, value }] });
const ticketOf = (conversation: string) => ({
  conversation,
  status: 'waiting',
  request: { id: `T-${conversation}` },
  name: 'Maasikas',
});

/** The file of a document says something else at the next start. */
async function damage(key: DocKey): Promise<string> {
  await store.close();
  const names = (await readdir(folder, { recursive: true })).filter((name) => /[0-9a-f]{32}\.json$/.test(name));
  for (const name of names) {
    const path = join(folder, name);
    if (!(await readFile(path, 'utf8')).includes(`"key":"${key}"`)) continue;
    await writeFile(path, (await readFile(path, 'utf8')).replace('Maasikas', 'Maasikaz').replace('et', 'lv'));
    store = await openLowdbStore({ folder });
    return path;
  }
  throw new Error(`no file of ${key}`);
}

const desk = () => {
  const eraser = createEraser({
    ...{ store, now: () => now, mailFolder: folder, alone: true, inOrder: createQueues() },
    ...{ settled: async () => undefined, forget: () => undefined },
  });
  const work = async () => {
    for (const row of (await Array.fromAsync(store.outbox())).filter(({ kind }) => kind === 'erase')) {
      await eraser.send(row);
      await store.commit({ outbox: { remove: [row.id] } });
    }
  };
  return createDataDesk({ store, now: () => now, random: randomBytes, work });
};
const bytes = async () => {
  const files = (await readdir(folder, { recursive: true, withFileTypes: true })).filter((one) => one.isFile());
  return (await Promise.all(files.map((one) => readFile(join(one.parentPath, one.name), 'latin1')))).join('');
};

test.each(['ticket/T-jaan', 'conversation/jaan', 'thread/jaan'] as const)(
  'somebody’s damaged %s keeps nobody else from being forgotten or found',
  async (key) => {
    const path = await damage(key);
    expect((await desk().find('maasikas')).map(({ conversation }) => conversation)).toContain('mari');
    const { done } = await desk().erase('mari');
    expect(done?.counts).toMatchObject({ conversations: 1, messages: 1, requests: 1 });
    expect(await bytes()).not.toContain('mari Maasikas');
    expect(
      (
        await readinessOf({
          status: store.status(),
          outbox: async () => ({ rows: [], late: 0, oldestSeconds: 0, parked: 0, uncertain: 0 }),
          disk: async () => undefined,
        })
      ).warnings,
    ).toEqual([expect.stringMatching(new RegExp(`^${path} is damaged .* Put this file back from a backup`))]);
  },
);

test.each(['ticket/T-jaan', 'conversation/jaan'] as const)(
  'who wants to be forgotten is, with a damaged %s',
  async (key) => {
    const path = await damage(key);
    await expect(desk().show('jaan'), 'half a copy would be no copy').rejects.toThrow(path);
    const { done } = await desk().erase('jaan');
    expect(done?.counts).toMatchObject({ conversations: 1, requests: 1 });
    expect(await bytes()).not.toMatch(/jaan Maasikas|Maasikaz/);
    expect((await store.read(['ticket/T-jaan', 'conversation/jaan'])).map(({ value }) => value)).toEqual([
      undefined,
      { erased: now },
    ]);
    expect(store.status()).toEqual({ ok: true });
  },
);

test('what is old goes, though something beside it is damaged', async () => {
  await damage('ticket/T-jaan');
  await damage('conversation/jaan');
  await put('unknown/x:1', { at: 1, text: 'old' });
  await put('receipt/R-OLD', { at: 1 });
  expect(await eraseOlderThan(now, store)).toMatchObject({ unknown: 1 });
  expect(await eraseTraces(now * 3, store)).toBe(1);
});
