/** A disk, or a machine, that does not let files be read just now. */
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openStore } from '../../../src/store/open.ts';
import { StoreDamaged, StoreUnavailable } from '../../../src/store/port.ts';
import { createFakeDisk } from './fake-disk.ts';
import { openOn } from './opened.ts';

const errorOf = (code: string) => Object.assign(new Error(`${code}: not now, open '/data/x'`), { code });

describe('files that cannot be read', () => {
  async function opened() {
    const disk = createFakeDisk();
    const first = await openOn(disk);
    await first.commit({
      docs: [
        { key: 'ticket/a', version: 0, value: 'Mari Maasikas' },
        { key: 'ticket/b', version: 0, value: 2 },
      ],
      lines: Array.from({ length: 120 }, () => ({ conversation: 'a', value: 'Mari Maasikas' })),
    });
    await first.erase({});
    await first.close();
    return { disk, store: await openOn(disk) };
  }

  it.each(['EMFILE', 'EACCES', 'EIO'])(
    'for %s: the store says so as itself, with the path and without contents',
    async (code) => {
      const { disk, store } = await opened();
      disk.failure = (operation, path) =>
        operation === 'read' && path.includes('/documents/') ? errorOf(code) : undefined;
      const asked = [
        () => store.read(['ticket/a']),
        () => store.lines('a', 0, 9),
        () => store.commit({ docs: [{ key: 'ticket/a', version: 1, value: 3 }] }),
        () => Array.fromAsync(store.contents()),
      ];
      for (const ask of asked) {
        const error = (await ask().catch((reason: unknown) => reason)) as Error;
        expect(error).toBeInstanceOf(StoreUnavailable);
        expect(error.message).toMatch(new RegExp(`/data/store/documents/.*\\.json cannot be read \\(${code}`));
        expect(error.message).not.toContain('Mari');
      }
      disk.failure = undefined;
      expect((await store.read(['ticket/a']))[0]!.value).toBe('Mari Maasikas');
      expect(await store.lines('a', 0, 200)).toHaveLength(120);
      expect((await Array.fromAsync(store.scan('ticket'))).length).toBe(2);
      expect(store.status()).toEqual({ ok: true });
      await store.close();
    },
  );

  it('for a bad place of the disk: one document is damaged. For too many open files: a scan that knows less than all says so', async () => {
    const { disk, store } = await opened();
    let bad: string | undefined;
    const failing = (code: string) => {
      disk.failure = (operation, path) => {
        if (operation !== 'read' || !path.includes('/ticket/')) return undefined;
        bad ??= path;
        return path === bad ? errorOf(code) : undefined;
      };
    };
    failing('EMFILE');
    await expect(Array.fromAsync(store.scan('ticket'))).rejects.toThrow(StoreUnavailable);
    failing('EIO');
    expect(await Array.fromAsync(store.scan('ticket'))).toHaveLength(1);
    expect(store.status()).toEqual({ ok: true, damaged: [expect.stringMatching(/cannot be read \(EIO.*backup/)] });
    await store.close();
  });

  it('as folders: neither a scan nor a start takes them for empty ones', async () => {
    const { disk, store } = await opened();
    disk.failure = (operation, path) => (operation === 'list' && !path.endsWith('/store') ? errorOf('EIO') : undefined);
    await expect(Array.fromAsync(store.scan('ticket'))).rejects.toThrow(/cannot be read/);
    await store.close();
    await expect(openOn(disk)).rejects.toThrow(/cannot be read \(EIO/);
    disk.failure = undefined;
    const after = await openOn(disk);
    expect(await Array.fromAsync(after.scan('ticket'))).toHaveLength(2);
    await after.close();
  });
});

it.each([
  ['a file', async (path: string) => writeFile(path, 'x')],
  ['in a file', async (path: string) => writeFile(join(path, '..'), 'x')],
  ['without leave to write', async (path: string) => mkdir(path, { mode: 0o500 })],
])('DATA_DIR that is %s ends the start with a sentence that names it', async (what, make) => {
  if (what.startsWith('without') && process.getuid?.() === 0) return;
  const home = await mkdtemp(join(tmpdir(), 'cps-home-'));
  const dataDir = join(home, what === 'in a file' ? 'file/data' : 'data');
  await make(dataDir);
  const opening = openStore({ store: 'lowdb', dataDir, databaseUrl: undefined });
  const error = (await opening.catch((reason: unknown) => reason)) as Error;
  expect(error).toBeInstanceOf(StoreUnavailable);
  expect(error).not.toBeInstanceOf(StoreDamaged);
  expect(error.message).toContain(dataDir);
  expect(error.message).toMatch(/Set DATA_DIR to a folder/);
  await rm(home, { recursive: true, force: true });
});
