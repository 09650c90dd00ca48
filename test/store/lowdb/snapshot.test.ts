import { existsSync } from 'node:fs';
import { rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { setImmediate as turn } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openLowdbStore } from '../../../src/store/lowdb/index.ts';
import type { DocKey, Store } from '../../../src/store/port.ts';
import { TINY, temporaryFolder } from './opened.ts';

let folder: string;
let store: Store;
beforeEach(async () => {
  folder = await temporaryFolder();
});
afterEach(async () => {
  await store.close();
  await rm(folder, { recursive: true, force: true });
});
const opened = (more = {}) => openLowdbStore({ folder: join(folder, 'store'), ...more });
const copy = (nr: number) => join(folder, `copy-${nr}`);
const left: DocKey = 'account/left';
/** Many, so that a copy takes a while. */
const keys = Array.from({ length: 120 }, (_, i): DocKey => `account/${i}`);

/** What the documents and the transcript say that every commit changes together: all of them the same number. */
async function state(from: Store): Promise<Set<unknown>> {
  const docs = await from.read(keys);
  const lines = (await from.lines('c', 0, 100_000)).length;
  return new Set([...docs.map(({ value }) => (value as { n: number } | undefined)?.n), lines]);
}

test('is of one moment, however busy the store is and however full its journal', async () => {
  store = await opened(TINY);
  let isOver = false;
  let acknowledged = 0;
  const busy = (async () => {
    for (let n = 1; !isOver; n++) {
      const docs = keys.map((key) => ({ key, version: n - 1, value: { n } }));
      await store.commit({ docs, lines: [{ conversation: 'c', value: n }] });
      acknowledged = n;
    }
  })();
  const noise = [0, 1, 2].map(async (who) => {
    while (!isOver) {
      await store.commit({ lines: [{ conversation: `noise-${who}`, value: 'x'.repeat(1500) }] });
    }
  });
  let last = 0;
  for (let nr = 0; nr < 8; nr++) {
    while (acknowledged <= last) await turn();
    const before = acknowledged;
    await store.snapshot!(copy(nr));
    const restored = await openLowdbStore({ folder: copy(nr), ...TINY });
    const found = await state(restored);
    await restored.close();
    expect([...found], 'all of one commit').toHaveLength(1);
    const [n] = [...found] as [number];
    expect(n).toBeGreaterThanOrEqual(before);
    expect(n).toBeGreaterThan(last);
    last = n;
  }
  isOver = true;
  await Promise.all([busy, ...noise]);
});

test('holds commits up while it is taken: in a journal that grows meanwhile, a later record could be there without an earlier one', async () => {
  store = await opened();
  // So many files that naming them takes longer than a commit would.
  const docs = Array.from({ length: 600 }, (_, i) => ({ key: `account/${i}` as DocKey, version: 0, value: i }));
  await store.commit({ docs });
  const order: string[] = [];
  const taken = store.snapshot!(copy(1)).then(() => order.push('snapshot'));
  while (!existsSync(copy(1))) await turn();
  const later = store.commit({ docs: [{ key: left, version: 0, value: 1 }] }).then(() => order.push('commit'));
  await Promise.all([taken, later]);
  expect(order).toEqual(['snapshot', 'commit']);
});

test('does not change any more, and costs the store nothing', async () => {
  store = await opened();
  await store.commit({
    docs: [{ key: left, version: 0, value: 'before' }],
    outbox: { add: [{ id: 'r', target: 't', kind: 'k', payload: 1, dueAt: 0, attempts: 0, state: 'waiting' }] },
  });
  await store.snapshot!(copy(1));
  await store.commit({ docs: [{ key: left, version: 1, value: 'after' }], outbox: { remove: ['r'] } });
  await store.erase({ docs: [left] });
  const restored = await openLowdbStore({ folder: copy(1) });
  expect((await restored.read([left]))[0]).toMatchObject({ value: 'before' });
  expect(await Array.fromAsync(restored.outbox())).toHaveLength(1);
  await restored.close();
  expect((await stat(copy(1))).mode & 0o077).toBe(0);
  expect(store.status()).toEqual({ ok: true });
});

test('of a folder that cannot be made is refused, and the store goes on', async () => {
  store = await opened();
  await expect(store.snapshot!(join(folder, 'missing/copy'))).rejects.toThrow('ENOENT');
  await store.commit({ docs: [{ key: left, version: 0, value: 1 }] });
  await store.snapshot!(copy(1));
  expect(store.status()).toEqual({ ok: true });
});
