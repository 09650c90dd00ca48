import { readdir, readFile, readlink, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { diskFiles } from '../../../src/store/lowdb/file-layer.ts';
import { openLowdbStore } from '../../../src/store/lowdb/index.ts';
import type { Store } from '../../../src/store/port.ts';
import { row } from '../contract.ts';
import { createFakeDisk, type FakeDisk } from './fake-disk.ts';
import { openOn, temporaryFolder } from './opened.ts';

let folder: string;
beforeEach(async () => {
  folder = await temporaryFolder();
});
afterEach(() => rm(folder, { recursive: true, force: true }));

async function contents(): Promise<Map<string, Buffer>> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const paths = entries.filter((entry) => entry.isFile()).map(({ parentPath, name }) => join(parentPath, name));
  // A file may go between listing and reading.
  const read = async (path: string) => [path, await readFile(path).catch(() => Buffer.alloc(0))] as const;
  return new Map(await Promise.all(paths.map(read)));
}

const say = (store: Store, conversation: string, text: string, count = 1) =>
  store.commit({ lines: Array.from({ length: count }, (_, at) => ({ conversation, value: `${text} ${at}` })) });

describe('the folder of the embedded store', () => {
  it('holds one readable JSON file a document, under a name that any file system takes', async () => {
    const store = await openLowdbStore({ folder });
    await store.commit({
      docs: [{ key: 'conversation/19:Ab|c@thread.v2', version: 0, value: { step: 'start' } }],
      lines: [{ conversation: '19:Ab|c@thread.v2', value: { text: 'Tere' } }],
    });
    await store.commit({ docs: [{ key: 'ticket/1', version: 0, value: 1 }] });
    await store.close();
    const documents = [...(await contents())].filter(([path]) => path.startsWith(join(folder, 'documents')));
    expect(
      documents.map(([, bytes]) => JSON.parse(bytes.toString())).sort((a, b) => (a.key < b.key ? -1 : 1)),
    ).toMatchObject([
      {
        key: 'conversation/19:Ab|c@thread.v2',
        version: 1,
        value: { step: 'start' },
        first: 1,
        lines: [{ text: 'Tere' }],
      },
      { key: 'ticket/1', version: 1, value: 1, lines: [] },
    ]);
    for (const [path] of documents) expect(path).toMatch(/\/documents\/[a-z]+\/[0-9a-f]{2}\/[0-9a-f]{32}\.json$/);
  });

  it('holds not a byte of what was erased when that returns', async () => {
    const store = await openLowdbStore({ folder, settleMs: 5 });
    await store.commit({
      docs: [{ key: 'conversation/a', version: 0, value: { name: 'Mari Maasikas' } }],
      outbox: { add: [row('m', 'mail', { payload: { to: 'Mari Maasikas' } })] },
    });
    for (let at = 0; at < 7; at++) await say(store, 'a', 'Mari Maasikas', 100);
    await expect.poll(async () => (await contents()).size).toBeGreaterThan(5);
    await say(store, 'a', 'Mari Maasikas');
    await say(store, 'b', 'Jaan Tamm');
    await store.erase({ conversations: ['a'], docs: ['conversation/a'], outbox: ['m'] });
    const left = await contents();
    expect([...left.values()].filter((bytes) => bytes.includes('Mari'))).toEqual([]);
    expect([...left.values()].some((bytes) => bytes.includes('Jaan Tamm'))).toBe(true);
    await store.close();
  });

  it('gets what changes while it is being written', async () => {
    const disk = createFakeDisk();
    const documents = () => disk.paths().filter((path) => path.includes('/documents/'));
    let go: (() => void) | undefined;
    const { rename } = disk;
    disk.rename = async (from, to) => {
      if (to.includes('/documents/')) {
        await new Promise<void>((resolve) => {
          go = resolve;
        });
      }
      await rename(from, to);
    };
    const store = await openOn(disk, { settleMs: 1 });
    await say(store, 'a', 'Tere');
    await expect.poll(() => go).toBeDefined();
    await say(store, 'b', 'Tere');
    disk.rename = rename;
    go?.();
    await expect.poll(() => documents().length).toBe(2);
    await store.close();
  });

  it('does not get back what was erased by a power cut', async () => {
    const disk = createFakeDisk();
    const store = await openOn(disk);
    const mentions = (at: FakeDisk) => at.paths().filter((path) => at.file(path).bytes.includes('Mari'));
    await say(store, 'a', 'Mari Maasikas', 700);
    await store.erase({});
    await say(store, 'a', 'Mari Maasikas');
    expect(mentions(disk.cut()).length).toBeGreaterThan(3);
    await store.erase({ conversations: ['a'] });
    expect(mentions(disk.cut())).toEqual([]);
    await store.close();
  });

  it('holds nothing of a transcript that is erased while its pages are being written', async () => {
    const disk = createFakeDisk();
    let go = () => {};
    const gate = new Promise<void>((resolve) => {
      go = resolve;
    });
    let isWriting = false;
    const { rename } = disk;
    disk.rename = async (from, to) => {
      if (to.endsWith('.0.json')) {
        isWriting = true;
        await gate;
      }
      await rename(from, to);
    };
    const store = await openOn(disk, { settleMs: 1 });
    await say(store, 'a', 'Mari Maasikas', 500);
    await expect.poll(() => isWriting).toBe(true);
    const erased = store.erase({ conversations: ['a'] });
    await expect.poll(() => store.lines('a', 0, 9)).toEqual([]);
    go();
    await erased;
    expect(disk.paths().filter((path) => disk.file(path).bytes.includes('Mari'))).toEqual([]);
    await store.close();
  });

  it('rewrites little of a long transcript', async () => {
    const store = await openLowdbStore({ folder });
    for (let at = 0; at < 30; at++) await say(store, 'a', 'x'.repeat(100), 100);
    await store.erase({});
    const before = await contents();
    await say(store, 'a', 'once more');
    await store.erase({});
    const changed = [...(await contents())].filter(
      ([path, bytes]) => path.includes('/documents/') && !before.get(path)?.equals(bytes),
    );
    expect(changed).toHaveLength(1);
    expect(changed[0]![1].length).toBeLessThan(60_000);
    expect((await store.lines('a', 2_990, 99)).at(-1)).toEqual({ seq: 3_001, value: 'once more 0' });
    await store.close();
  });

  it('has its journal bounded', async () => {
    const journalBytes = 256 << 10;
    const store = await openLowdbStore({ folder, journalBytes });
    for (let at = 0; at < 10; at++) {
      await Promise.all(Array.from({ length: 40 }, (_, one) => say(store, `c${one}`, 'x'.repeat(2_000))));
      const journal = [...(await contents())].filter(([path]) => path.endsWith('.journal'));
      const size = journal.reduce((sum, [, bytes]) => sum + bytes.length, 0);
      expect(size).toBeLessThanOrEqual(journalBytes * 1.5);
    }
    await store.close();
  });
});

const strange = process.platform === 'win32' ? ' (skipped: Windows has no such modes)' : '';
describe.skipIf(strange)(`under a umask that lets everybody read${strange}`, () => {
  it('every file and folder, of a snapshot too, is for its owner only', async () => {
    const before = process.umask(0o022);
    const store = await openLowdbStore({ folder: join(folder, 'data', 'store'), settleMs: 1 });
    for (let at = 0; at < 3; at++) await say(store, 'a', 'Tere', 300);
    await store.commit({ docs: [{ key: 'ticket/1', version: 0, value: 1 }], outbox: { add: [row('m', 'mail', {})] } });
    await store.snapshot!(join(folder, 'copy'));
    const entries = await readdir(folder, { recursive: true, withFileTypes: true });
    const seen = await Promise.all(
      entries.map(async ({ parentPath, name }) => {
        // A file may go between listing and looking.
        const found = await stat(join(parentPath, name)).catch(() => undefined);
        return { name, others: (found?.mode ?? 0) & 0o077 };
      }),
    );
    await store.close();
    process.umask(before);
    for (const kind of [/^lock-/, /\.journal$/, /^store\.json$/, /\.0\.json$/, /^data$/, /^copy$/])
      expect(
        seen.some(({ name }) => kind.test(name)),
        String(kind),
      ).toBe(true);
    expect(seen.filter(({ others }) => others !== 0)).toEqual([]);
  });
});

describe.skipIf(process.platform !== 'linux')('a file opened as durable', () => {
  it('is one whose writes the kernel does not return before they are on the disk', async () => {
    const path = join(folder, 'probe');
    const file = await diskFiles().open(path, 'new', 'durable');
    const fds = await readdir('/proc/self/fd');
    const links = await Promise.all(
      fds.map(async (fd) => ({ fd, path: await readlink(`/proc/self/fd/${fd}`).catch(() => '') })),
    );
    const { fd } = links.find((link) => link.path === path)!;
    const flags = /flags:\s*(\d+)/.exec(await readFile(`/proc/self/fdinfo/${fd}`, 'utf8'))![1]!;
    const O_DSYNC = 0o10000;
    expect(Number.parseInt(flags, 8) & O_DSYNC).toBe(O_DSYNC);
    await file.close();
  });
});
