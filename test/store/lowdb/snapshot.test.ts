import { rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
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
const right: DocKey = 'account/right';

/** What two documents and a transcript say, which every commit changes together. */
async function state(from: Store) {
  const [a, b] = await from.read([left, right]);
  return { left: a?.value ?? 0, right: b?.value ?? 0, lines: (await from.lines('c', 0, 100_000)).length };
}

test('is of one moment, however busy the store is and however full its journal', async () => {
  store = await opened(TINY);
  let isOver = false;
  let acknowledged = 0;
  const busy = (async () => {
    for (let n = 1; !isOver; n++) {
      const value = { n, text: 'õ'.repeat(300) };
      const docs = [left, right].map((key) => ({ key, version: n - 1, value }));
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
    const before = acknowledged;
    await store.snapshot!(copy(nr));
    const restored = await openLowdbStore({ folder: copy(nr), ...TINY });
    const found = await state(restored);
    await restored.close();
    expect(found.left).toEqual(found.right);
    const { n } = found.left as { n: number };
    expect(found.lines).toBe(n);
    expect(n).toBeGreaterThanOrEqual(before);
    expect(n).toBeGreaterThan(last);
    last = n;
  }
  isOver = true;
  await Promise.all([busy, ...noise]);
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
