/** The few things that the engine asks of a file system; tests put a disk here that holds, fails or loses its power. */
import { closeSync, constants, fdatasync, fsync, open, openSync, readFileSync, rename, write } from 'node:fs';
import { mkdir, readdir, readFile, rm } from 'node:fs/promises';
import { dirname } from 'node:path';

export interface OpenFile {
  /** Writes all of `data` at byte `at`. On a file opened with `durable` it returns when the bytes are on the disk. */
  write(data: Uint8Array, at: number): Promise<void>;
  close(): Promise<void>;
}

export interface FileLayer {
  /** undefined: no such file. */
  read(path: string): Promise<Buffer | undefined>;
  /** The same without a trip to the thread pool, which costs ten times the reading of a small file (ADR 0002). */
  readNow(path: string): Buffer | undefined;
  /** Names in a folder; none when the folder is missing. */
  list(folder: string): Promise<string[]>;
  /** `new` must not exist yet, `old` must. */
  open(path: string, which: 'new' | 'old', how: 'durable' | 'lazy'): Promise<OpenFile>;
  /** Replaces `to`. Durable only after `flushFolder` of its folder. */
  rename(from: string, to: string): Promise<void>;
  /** false: there was none. Durable only after `flushFolder` of its folder. */
  remove(path: string): Promise<boolean>;
  /** With its parents; durable when it returns. */
  makeFolder(path: string): Promise<void>;
  /** A missing folder has no names to flush. */
  flushFolder(path: string): Promise<void>;
}

const isMissing = (error: unknown) => error instanceof Error && 'code' in error && error.code === 'ENOENT';

// Callbacks wrapped by hand: a journal write is the hot path, and FileHandle costs about twice the time of the call itself.
// What never waits for the disk, closing and opening a folder, is done at once: the trip to the thread pool costs more.
const done = (resolve: () => void, reject: (error: Error) => void) => (error: Error | null) =>
  error ? reject(error) : resolve();

function writeAll(fd: number, data: Uint8Array, at: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const next = (from: number) =>
      write(fd, data, from, data.length - from, at + from, (error, written) => {
        if (error) reject(error);
        else if (from + written < data.length) next(from + written);
        else resolve();
      });
    next(0);
  });
}

/** What customers write is for the service's own user, whatever the umask says. */
const ownersFile = 0o600;
export const ownersFolder = 0o700;

const openFd = (path: string, flags: number | string) =>
  new Promise<number>((resolve, reject) =>
    open(path, flags, ownersFile, (error, fd) => (error ? reject(error) : resolve(fd))),
  );

const unlessMissing = (error: unknown) => {
  if (isMissing(error)) return undefined;
  throw error;
};

function openFolder(path: string): number | undefined {
  try {
    return openSync(path, 'r');
  } catch (error) {
    return unlessMissing(error);
  }
}

async function flushFolder(path: string): Promise<void> {
  // Windows cannot open a folder; NTFS journals its names itself.
  if (process.platform === 'win32') return;
  const fd = openFolder(path);
  if (fd === undefined) return;
  try {
    await new Promise<void>((resolve, reject) => fsync(fd, done(resolve, reject)));
  } finally {
    closeSync(fd);
  }
}

/** The machine's own disk. */
export function diskFiles(): FileLayer {
  return {
    read: (path) => readFile(path).catch(unlessMissing),
    readNow(path) {
      try {
        return readFileSync(path);
      } catch (error) {
        return unlessMissing(error);
      }
    },
    list: (folder) => readdir(folder).catch((error) => unlessMissing(error) ?? []),
    async open(path, which, how) {
      // O_DSYNC saves the second trip to the thread pool that write + fdatasync needs; where it is unknown, those two it is.
      const dsync = how === 'durable' ? (constants.O_DSYNC ?? 0) : 0;
      const fd = await openFd(
        path,
        constants.O_RDWR | dsync | (which === 'new' ? constants.O_CREAT | constants.O_EXCL : 0),
      );
      const flushAfter = how === 'durable' && dsync === 0;
      return {
        async write(data, at) {
          await writeAll(fd, data, at);
          if (flushAfter) await new Promise<void>((resolve, reject) => fdatasync(fd, done(resolve, reject)));
        },
        close: async () => closeSync(fd),
      };
    },
    rename: (from, to) => new Promise((resolve, reject) => rename(from, to, done(resolve, reject))),
    remove: (path) =>
      rm(path).then(
        () => true,
        (error) => (isMissing(error) ? false : Promise.reject(error)),
      ),
    async makeFolder(path) {
      const first = await mkdir(path, { recursive: true, mode: ownersFolder });
      for (let at = path; first !== undefined; at = dirname(at)) {
        await flushFolder(dirname(at));
        if (at === first || at === dirname(at)) break;
      }
    },
    flushFolder,
  };
}
