/** A disk that refuses to remove, to flush a folder or to make one: nothing is lost, nothing is said to be gone that is not. */
import { expect, it } from 'vitest';
import { StoreUnavailable } from '../../../src/store/port.ts';
import { createFakeDisk, type FakeDisk } from './fake-disk.ts';
import { openOn } from './opened.ts';

const broken = () => new Error('EIO: i/o error');
const mentions = (disk: FakeDisk) => disk.paths().filter((path) => disk.file(path).bytes.includes('Mari'));

/** One conversation with two pages, all in its files, and a little in the journal. */
async function filled() {
  const disk = createFakeDisk();
  const store = await openOn(disk, { settleMs: 1e6 });
  const say = (count: number) =>
    store.commit({ lines: Array.from({ length: count }, () => ({ conversation: 'a', value: 'Mari Maasikas' })) });
  await say(160);
  await store.erase({});
  await say(1);
  return { disk, store };
}

it.each([
  ['remove', '.journal'],
  ['remove', '.0.json'],
  ['flush', '/journal'],
  ['flush', '/documents/conversation/'],
  ['flush', '/store'],
] as const)(
  'an erasure in which it refuses to %s %s is not said to be done, and is done the next time',
  async (what, where) => {
    const { disk, store } = await filled();
    disk.failure = (operation, path) => (operation === what && path.includes(where) ? broken() : undefined);
    const erased = store.erase({ docs: ['conversation/a'], conversations: ['a'] });
    await expect(erased).rejects.toThrow(StoreUnavailable);
    expect(store.status()).toMatchObject({ ok: false, reason: expect.stringContaining('EIO') });
    disk.failure = undefined;
    await store.erase({ docs: ['conversation/a'], conversations: ['a'] });
    expect(store.status()).toEqual({ ok: true });
    expect([mentions(disk), mentions(disk.cut())]).toEqual([[], []]);
    await store.close();
  },
);

it.each([
  ['flush', '/documents/'],
  ['flush', '/store'],
  ['makeFolder', '/documents/'],
] as const)(
  'writing behind that it refuses with %s %s keeps the journal, whatever the power does then',
  async (what, where) => {
    const disk = createFakeDisk();
    const store = await openOn(disk, { settleMs: 1 });
    disk.failure = (operation, path) => (operation === what && path.includes(where) ? broken() : undefined);
    await store.commit({ docs: [{ key: 'ticket/a', version: 0, value: 1 }] });
    await expect.poll(() => store.status()).toMatchObject({ ok: false });
    for (const chance of [undefined, () => 0, () => 0.9]) {
      const after = await openOn(disk.cut(chance));
      expect((await after.read(['ticket/a']))[0]).toMatchObject({ version: 1, value: 1 });
      await after.close();
    }
    disk.failure = undefined;
    await expect.poll(() => store.status(), { timeout: 5_000 }).toEqual({ ok: true });
    await store.close();
  },
);
