/** What the machine's disk is asked for, and in which order: the calls themselves are watched, and go on to the real disk. */
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

type Done = (error: Error | null, ...more: unknown[]) => void;

/** `calls`: in their order, as "fsync a/b"; `fails`: the call whose disk answers with an error instead. */
const watched = vi.hoisted(() => ({ home: '', calls: [] as string[], fails: '', dsync: true }));

vi.mock('node:fs', async (importActual) => {
  const actual = await importActual<typeof import('node:fs')>();
  const paths = new Map<number, string>();
  const open = (path: string, flags: number | string, mode: unknown, done?: Done) =>
    actual.open(path, flags, typeof mode === 'number' ? mode : undefined, (error, fd) => {
      if (!error) paths.set(fd, path);
      (done ?? (mode as Done))(error, fd);
    });
  const openSync = (path: string, ...rest: [string | number]) => {
    const fd = actual.openSync(path, ...rest);
    paths.set(fd, path);
    return fd;
  };
  /** Noted when it has returned. */
  const noting =
    (name: 'fsync' | 'fdatasync' | 'write') =>
    (fd: number, ...rest: unknown[]) => {
      const done = rest.pop() as Done;
      const call = `${name} ${relative(watched.home, paths.get(fd) ?? '?') || '.'}`;
      if (call === watched.fails) return done(new Error('EIO: i/o error'));
      const noted: Done = (error, ...more) => {
        watched.calls.push(call);
        done(error, ...more);
      };
      (actual[name] as (...given: unknown[]) => void)(fd, ...rest, noted);
    };
  const constants = {
    ...actual.constants,
    get O_DSYNC() {
      return watched.dsync ? actual.constants.O_DSYNC : undefined;
    },
  };
  return {
    ...actual,
    open,
    openSync,
    constants,
    fsync: noting('fsync'),
    fdatasync: noting('fdatasync'),
    write: noting('write'),
  };
});

const { diskFiles } = await import('../../../src/store/lowdb/file-layer.ts');

beforeEach(async () => {
  Object.assign(watched, { home: await mkdtemp(join(tmpdir(), 'layer-')), calls: [], fails: '', dsync: true });
});
afterEach(() => rm(watched.home, { recursive: true, force: true }));
const at = (path: string) => join(watched.home, path);

describe.skipIf(process.platform === 'win32')('a folder', () => {
  it('is flushed by its own descriptor, and a disk that fails there is heard', async () => {
    await diskFiles().flushFolder(watched.home);
    expect(watched.calls).toEqual(['fsync .']);
    watched.fails = 'fsync .';
    await expect(diskFiles().flushFolder(watched.home)).rejects.toThrow('EIO');
  });

  it('that is made is durable with every new one above it', async () => {
    await diskFiles().makeFolder(at('a/b/c'));
    expect(watched.calls.sort()).toEqual(['fsync .', 'fsync a', 'fsync a/b']);
    watched.calls = [];
    await diskFiles().makeFolder(at('a/b/d'));
    expect(watched.calls).toEqual(['fsync a/b']);
    watched.calls = [];
    await diskFiles().makeFolder(at('a/b/d'));
    expect(watched.calls, 'it was there').toEqual([]);
    watched.fails = 'fsync a/b';
    await expect(diskFiles().makeFolder(at('a/b/e'))).rejects.toThrow('EIO');
  });

  it('that is missing has nothing to flush', async () => {
    await diskFiles().flushFolder(at('missing'));
    expect(watched.calls).toEqual([]);
  });
});

describe('a durable write', () => {
  async function write(how: 'durable' | 'lazy') {
    const file = await diskFiles().open(at('x'), 'new', how);
    try {
      await file.write(Buffer.from('Tere'), 0);
    } finally {
      await file.close();
    }
    expect(await readFile(at('x'), 'utf8')).toBe('Tere');
  }

  it.skipIf(process.platform !== 'linux')('is one call where the file itself writes through', async () => {
    await write('durable');
    expect(watched.calls).toEqual(['write x']);
  });

  it('is a write and a flush where it cannot, and a disk that fails in the flush is heard', async () => {
    watched.dsync = false;
    await write('durable');
    expect(watched.calls).toEqual(['write x', 'fdatasync x']);
    await rm(at('x'));
    watched.fails = 'fdatasync x';
    await expect(write('durable')).rejects.toThrow('EIO');
  });

  it('is not what a lazy one waits for', async () => {
    watched.dsync = false;
    await write('lazy');
    expect(watched.calls).toEqual(['write x']);
  });
});
