/** Parts of the folder are gone: never a silent beginning anew. */
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { encodeDocument } from '../../../src/store/lowdb/document-file.ts';
import { type Store, StoreUnavailable } from '../../../src/store/port.ts';
import { createFakeDisk, type FakeDisk } from './fake-disk.ts';
import { FOLDER, openOn } from './opened.ts';

const SMALL = { journalBytes: 32 << 10, settleMs: 1e6 };
const journalOf = (disk: FakeDisk) =>
  disk
    .paths()
    .filter((path) => path.endsWith('.journal'))
    .sort();
const fill = async (store: Store, from: number, count: number) => {
  for (let at = from; at < from + count; at++) {
    await store.commit({ docs: [{ key: `ticket/t${at}`, version: 0, value: 'x'.repeat(200) }] });
  }
};
const count = async (store: Store) => (await Array.fromAsync(store.scan('ticket'))).length;
const refusal = async (disk: FakeDisk) => {
  const before = new Map(disk.paths().map((path) => [path, Buffer.from(disk.file(path).bytes)]));
  const error = await openOn(disk, SMALL).catch((reason: unknown) => reason);
  expect(error).toBeInstanceOf(StoreUnavailable);
  for (const [path, bytes] of before) {
    if (!/lock-|\/tmp\//.test(path)) expect(disk.file(path).bytes, path).toEqual(bytes);
  }
  return (error as Error).message;
};

/** Tickets in their files, and a clean stop. */
async function closed(): Promise<FakeDisk> {
  const disk = createFakeDisk();
  const store = await openOn(disk, SMALL);
  await fill(store, 0, 10);
  await store.erase({});
  await store.close();
  return disk;
}

describe('documents that are gone beside a sound store.json', () => {
  it.each([['documents'], ['documents/ticket']])('as %s is refused by its name', async (name) => {
    const disk = await closed();
    await disk.removeFolder(join(FOLDER, name));
    expect(await refusal(disk)).toMatch(new RegExp(`${join(FOLDER, name)} is missing .*backup`));
  });

  it('are a folder for each kind: one that was made after the last note is known too', async () => {
    const disk = await closed();
    const store = await openOn(disk, SMALL);
    await store.commit({ docs: [{ key: 'user/a', version: 0, value: 1 }] });
    await store.close();
    await disk.removeFolder(join(FOLDER, 'documents/user'));
    expect(await refusal(disk)).toContain(join(FOLDER, 'documents/user'));
  });

  it('opens a folder whose store.json has no such notes, as earlier versions wrote it', async () => {
    const disk = await closed();
    const path = join(FOLDER, 'store.json');
    const { journal, nextOrder } = JSON.parse(disk.file(path).bytes.toString()).value;
    const text = JSON.stringify({ format: 1, journal, nextOrder });
    disk.file(path).bytes = encodeDocument({ key: 'store', version: 1, text, first: 1, lines: [] });
    const store = await openOn(disk, SMALL);
    expect(await count(store)).toBe(10);
    await store.close();
  });
});

describe('a journal', () => {
  it.each([1, 2])('whose last %i segments are gone is refused by name', async (gone) => {
    const disk = createFakeDisk();
    const store = await openOn(disk, SMALL);
    await fill(store, 0, 40);
    const killed = disk.cut();
    const segments = journalOf(killed);
    expect(segments.length).toBeGreaterThan(3);
    for (const path of segments.slice(-gone)) await killed.remove(path);
    expect(await refusal(killed)).toContain(`${segments.at(-gone)} is missing`);
    await store.close();
  });

  it('whose last segment is gone is refused after a start in between, and after a write that failed', async () => {
    const disk = createFakeDisk();
    const first = await openOn(disk, SMALL);
    await fill(first, 0, 3);
    const again = disk.cut();
    const store = await openOn(again, SMALL);
    let isFailing = true;
    again.failure = (operation, path) => {
      if (operation !== 'write' || !isFailing || !path.endsWith('.journal')) return undefined;
      isFailing = false;
      return new Error('EIO: i/o error, write');
    };
    await expect(fill(store, 3, 1)).rejects.toThrow('EIO');
    await fill(store, 3, 1);
    expect(journalOf(again)).toHaveLength(2);
    const killed = again.cut();
    const sound = await openOn(again.cut(), SMALL);
    expect(await count(sound)).toBe(4);
    await killed.remove(journalOf(killed).at(-1)!);
    expect(await refusal(killed)).toContain('0000000002.journal is missing');
    for (const one of [first, store, sound]) await one.close();
  });

  it.each([
    ['a flipped head', (bytes: Buffer) => bytes.with(2, 0)],
    ['nothing but zeros', (bytes: Buffer) => bytes.fill(0)],
    ['nothing', () => Buffer.alloc(0)],
    ['a flipped first record', (bytes: Buffer) => bytes.with(bytes.indexOf('d ticket') + 1, 0)],
  ])('with %s is kept, though neither store.json nor documents are there', async (_, to) => {
    const disk = createFakeDisk();
    const store = await openOn(disk, SMALL);
    await fill(store, 0, 1);
    const killed = disk.cut();
    await killed.remove(join(FOLDER, 'store.json'));
    await killed.removeFolder(join(FOLDER, 'documents'));
    const segment = killed.file(journalOf(killed)[0]!);
    segment.bytes = Buffer.from(to(Buffer.from(segment.bytes)));
    expect(await refusal(killed)).toMatch(/store\.json is missing though .* holds data/);
    await store.close();
  });
});
