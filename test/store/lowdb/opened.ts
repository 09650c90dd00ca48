/** Opening the embedded engine in tests. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type LowdbOptions, openLowdbStore } from '../../../src/store/lowdb/index.ts';
import type { Processes } from '../../../src/store/lowdb/lock.ts';
import type { Store } from '../../../src/store/port.ts';
import type { OpenedStore } from '../contract.ts';
import type { FakeDisk } from './fake-disk.ts';

export const FOLDER = '/data/store';

/** Every start is another process, and whoever was there before is dead. */
export function mortalProcesses(): Processes {
  let pid = 100;
  return { self: () => ({ pid: pid++, started: '1', place: 'test' }), look: () => 'dead' };
}

/** So small that segments are full and files are written behind all the time. */
export const TINY: Partial<LowdbOptions> = { journalBytes: 16 << 10, cacheSize: 2_000, settleMs: 1 };

export const openOn = (disk: FakeDisk, more: Partial<LowdbOptions> = {}): Promise<Store> =>
  openLowdbStore({
    folder: FOLDER,
    files: disk,
    processes: mortalProcesses(),
    wait: async () => {},
    journalBytes: 1 << 20,
    ...more,
  });

export const temporaryFolder = () => mkdtemp(join(tmpdir(), 'store-'));

/** With the way to reopen it, as the contract wants it. */
export async function reopenable(
  openStore: () => Promise<Store>,
  clear: () => Promise<void> = async () => {},
): Promise<OpenedStore> {
  let store = await openStore();
  return {
    store,
    async reopen() {
      await store.close();
      store = await openStore();
      return store;
    },
    async drop() {
      await store.close();
      await clear();
    },
  };
}

export async function onRealDisk(more: Partial<LowdbOptions> = {}): Promise<OpenedStore> {
  const folder = await temporaryFolder();
  return reopenable(
    () => openLowdbStore({ folder, journalBytes: 1 << 20, ...more }),
    () => rm(folder, { recursive: true, force: true }),
  );
}
