/** One damaged file, and those who go through all documents, or want to be rid of this one. */
import { expect, it } from 'vitest';
import { encodeDocument } from '../../../src/store/lowdb/document-file.ts';
import { type DocKey, type Store, StoreDamaged } from '../../../src/store/port.ts';
import { createFakeDisk, type FakeDisk } from './fake-disk.ts';
import { openOn } from './opened.ts';

const keysOf = async (store: Store, kind: string) => (await Array.fromAsync(store.scan(kind))).map(({ key }) => key);
const fileOf = (disk: FakeDisk, key: DocKey) => {
  const files = disk.paths().filter((path) => /documents\/.*\/[0-9a-f]{32}\.json$/.test(path));
  return files.find((path) => disk.file(path).bytes.includes(`"${key}"`))!;
};
const spoil = (disk: FakeDisk, path: string) => {
  disk.file(path).bytes = Buffer.from('rust');
};

/** A sound file of so many lines. */
const pageOf = (first: number, count: number) => {
  const lines = Array.from({ length: count }, () => '"Mari Maasikas"');
  return encodeDocument({ key: 'conversation/a', version: 0, text: undefined, first, lines });
};

/** Three tickets and a conversation of three pages and a half, all in their files. */
async function filled(): Promise<FakeDisk> {
  const disk = createFakeDisk();
  const store = await openOn(disk);
  const keys: DocKey[] = ['ticket/a', 'ticket/b', 'ticket/c', 'conversation/a'];
  await store.commit({
    docs: keys.map((key) => ({ key, version: 0, value: { key, name: 'Mari Maasikas' } })),
    lines: Array.from({ length: 220 }, () => ({ conversation: 'a', value: 'Mari Maasikas' })),
  });
  await store.erase({});
  await store.close();
  return disk;
}

it('leaves out of a scan what is damaged, says so once, and names it until it is mended', async () => {
  const disk = await filled();
  const path = fileOf(disk, 'ticket/b');
  const sound = disk.file(path).bytes;
  spoil(disk, path);
  const warnings: string[] = [];
  const store = await openOn(disk, { warn: (message) => warnings.push(message) });
  for (let time = 0; time < 2; time++) expect((await keysOf(store, 'ticket')).sort()).toEqual(['ticket/a', 'ticket/c']);
  await expect(store.read(['ticket/b'])).rejects.toThrow(StoreDamaged);
  expect(warnings).toEqual([expect.stringMatching(/is damaged .* Put this file back from a backup/)]);
  expect(store.status()).toEqual({ ok: true, damaged: [expect.stringContaining(path)] });
  await expect(Array.fromAsync(store.contents()), 'moving house').rejects.toThrow(path);
  disk.file(path).bytes = sound;
  expect(await keysOf(store, 'ticket')).toHaveLength(3);
  expect(store.status()).toEqual({ ok: true });
  await store.close();
});

it('leaves out what the journal adds to a damaged file too', async () => {
  const disk = await filled();
  const before = await openOn(disk);
  await before.commit({ lines: [{ conversation: 'a', value: 'more' }] });
  const killed = disk.cut();
  spoil(killed, fileOf(killed, 'conversation/a'));
  const store = await openOn(killed);
  expect(await keysOf(store, 'conversation')).toEqual([]);
  expect(store.status()).toMatchObject({ damaged: [expect.stringContaining('/conversation/')] });
  await store.close();
  await before.close();
});

it('erases a damaged document and a damaged transcript, whole and for good', async () => {
  const disk = await filled();
  spoil(disk, fileOf(disk, 'ticket/b'));
  spoil(disk, fileOf(disk, 'conversation/a'));
  await disk.remove(disk.paths().find((path) => path.endsWith('.1.json'))!);
  const store = await openOn(disk);
  await store.erase({ docs: ['ticket/b', 'conversation/a'], conversations: ['a'] });
  for (const left of [disk, disk.cut()]) {
    expect(left.paths().filter((path) => path.includes('/conversation/'))).toEqual([]);
    expect(left.paths().filter((path) => path.includes('/ticket/'))).toHaveLength(2);
  }
  expect(store.status()).toEqual({ ok: true });
  await store.commit({
    docs: [{ key: 'ticket/b', version: 0, value: 'anew' }],
    lines: [{ conversation: 'a', value: 'anew' }],
  });
  await store.close();
  const after = await openOn(disk);
  expect(await after.lines('a', 0, 9)).toEqual([{ seq: 1, value: 'anew' }]);
  expect(await keysOf(after, 'ticket')).toHaveLength(3);
  await after.close();
});

it('erases what the journal has of a damaged document, also when the power fails right after', async () => {
  const disk = await filled();
  const before = await openOn(disk);
  await before.commit({ lines: [{ conversation: 'a', value: 'Mari once more' }] });
  const killed = disk.cut();
  spoil(killed, fileOf(killed, 'conversation/a'));
  const store = await openOn(killed);
  const erased = store.erase({ docs: ['conversation/a'], conversations: ['a'] });
  await expect.poll(async () => (await store.read(['conversation/a']).catch(() => []))[0]?.version).toBe(0);
  const cut = killed.cut();
  await erased;
  await store.close();
  const after = await openOn(cut);
  expect(await after.lines('a', 0, 9)).toEqual([]);
  await after.erase({});
  expect(cut.paths().filter((path) => cut.file(path).bytes.includes('Mari once more'))).toEqual([]);
  await after.close();
  await before.close();
});

it('does not take a damaged transcript away with the document of its name, nor the other way round', async () => {
  const disk = await filled();
  const path = fileOf(disk, 'conversation/a');
  spoil(disk, path);
  const store = await openOn(disk);
  await expect(store.erase({ docs: ['conversation/a'] })).rejects.toThrow(path);
  await expect(store.erase({ conversations: ['a'] })).rejects.toThrow(path);
  expect(disk.file(path).bytes.toString()).toBe('rust');
  await store.close();
});

it.each([
  ['gone', undefined],
  ['spoilt', Buffer.from('rust')],
  ['too short', pageOf(51, 49)],
  ['another', pageOf(1, 50)],
])('a page that is %s is named, and erased with its transcript', async (_, content) => {
  const disk = await filled();
  const path = disk.paths().find((one) => one.endsWith('.1.json'))!;
  if (content) disk.file(path).bytes = content;
  else await disk.remove(path);
  const store = await openOn(disk);
  expect(await store.lines('a', 0, 50)).toHaveLength(50);
  await expect(store.lines('a', 0, 60)).rejects.toThrow(StoreDamaged);
  expect(store.status()).toEqual({ ok: true, damaged: [expect.stringContaining(path)] });
  await store.erase({ conversations: ['a'] });
  expect(disk.paths().filter((one) => /\.\d\.json$/.test(one) && one !== path)).toEqual([]);
  await store.close();
});
