import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { openLowdbStore } from '../../../src/store/lowdb/index.ts';
import { type Processes, systemProcesses, takeLock } from '../../../src/store/lowdb/lock.ts';
import { createFakeDisk, type FakeDisk } from './fake-disk.ts';
import { FOLDER, openOn, temporaryFolder } from './opened.ts';

type Verdict = ReturnType<Processes['look']>;

/** A starter that judges whoever was there before like this. */
function starter(disk: FakeDisk, verdict: Verdict, pid = 42, wait: () => Promise<void> = async () => {}) {
  const processes: Processes = { self: () => ({ pid, started: '7', place: 'here' }), look: () => verdict };
  return takeLock({ folder: FOLDER, files: disk, processes, now: () => 0, wait });
}

describe('the lock of a folder', () => {
  it('refuses a second opener, naming folder and process, and lets it in when the first has closed', async () => {
    const disk = createFakeDisk();
    const first = await starter(disk, 'dead');
    await expect(starter(disk, 'alive', 43)).rejects.toThrow(
      `${FOLDER} is in use by process 42 (since 1970-01-01T00:00:00.000Z). Stop that process first`,
    );
    await first.release();
    await (await starter(disk, 'alive', 43)).release();
    expect(disk.paths()).toEqual([]);
  });

  it('refuses the same process twice', async () => {
    const folder = await temporaryFolder();
    const store = await openLowdbStore({ folder });
    await expect(openLowdbStore({ folder })).rejects.toThrow(`${folder} is in use by process ${process.pid}`);
    await store.close();
    await rm(folder, { recursive: true });
  });

  it('is taken over from the dead', async () => {
    const disk = createFakeDisk();
    await starter(disk, 'dead');
    const second = await starter(disk, 'dead', 43);
    expect(disk.paths()).toHaveLength(1);
    await second.release();
  });

  it('is let go when opening fails', async () => {
    const disk = createFakeDisk();
    await (await openOn(disk)).close();
    disk.file(join(FOLDER, 'store.json')).bytes = Buffer.alloc(0);
    await expect(openOn(disk)).rejects.toThrow('store.json is empty');
    expect(disk.paths().filter((path) => path.includes('lock-'))).toEqual([]);
  });

  it('of a holder that cannot be looked at is taken when its heart has stopped', async () => {
    const disk = createFakeDisk();
    await starter(disk, 'dead');
    let waited = 0;
    const lock = await starter(disk, 'unknown', 43, async () => {
      waited++;
    });
    expect(waited).toBeGreaterThan(3);
    await lock.release();
  });

  it('of a holder that cannot be looked at is respected while its heart beats', async () => {
    const disk = createFakeDisk();
    const first = await starter(disk, 'dead');
    const path = disk.paths()[0]!;
    const beat = async () => {
      disk.file(path).bytes = Buffer.from(
        disk
          .file(path)
          .bytes.toString()
          .replace(/"beat":\d+/, '"beat":99'),
      );
    };
    await expect(starter(disk, 'unknown', 43, beat)).rejects.toThrow('is in use by process 42');
    await first.release();
  });

  it('that was taken over makes the former holder stop writing', async () => {
    const disk = createFakeDisk();
    const store = await openOn(disk);
    await disk.remove(disk.paths().find((path) => path.includes('lock-'))!);
    const put = async () => {
      await store.commit({ outbox: { remove: ['x'] } });
      await store.commit({ lines: [{ conversation: 'a', value: 1 }] });
    };
    await expect.poll(() => put().catch(String), { interval: 200 }).toContain('another process has taken over');
    await store.close();
  });
});

describe.skipIf(process.platform !== 'linux')('a process', () => {
  const { self, look } = systemProcesses();

  it('is alive as itself, dead under its pid with another start time, unknown from elsewhere', () => {
    expect(look(self())).toBe('alive');
    expect(look({ ...self(), started: '1' })).toBe('dead');
    expect(look({ ...self(), place: 'another container' })).toBe('unknown');
  });
});

describe('another process', () => {
  const folders: string[] = [];
  afterEach(async () => {
    for (const folder of folders.splice(0)) await rm(folder, { recursive: true, force: true });
  });

  it('is refused while the first lives, and let in at once when that was killed', async () => {
    const folder = await temporaryFolder();
    folders.push(folder);
    const child = spawn(process.execPath, [join(import.meta.dirname, 'writing-child.ts'), folder], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    await once(child.stdout, 'data');
    await expect(openLowdbStore({ folder })).rejects.toThrow(`${folder} is in use by process ${child.pid}`);
    child.kill('SIGKILL');
    await once(child, 'exit');
    const store = await openLowdbStore({ folder });
    expect(store.status()).toEqual({ ok: true });
    await store.close();
  });
});
