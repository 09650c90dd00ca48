/**
 * A disk that does what real ones do at their worst: it holds a flush, fills up, fails, and loses its power, with
 * everything that was not flushed kept, lost or torn as chance will have it.
 */
import { dirname, join } from 'node:path';
import type { FileLayer, OpenFile } from '../../../src/store/lowdb/file-layer.ts';

interface Inode {
  /** As programs see it. */
  bytes: Buffer;
  /** As it is after a power cut. */
  durable: Buffer;
}

interface Write {
  inode: Inode;
  data: Buffer;
  at: number;
}

/** `flush`: of a folder. */
type Operation = 'open' | 'write' | 'rename' | 'read' | 'list' | 'remove' | 'makeFolder' | 'flush';

/** From 0 up to 1, as Math.random. */
export type Chance = () => number;

export interface FakeDisk extends FileLayer {
  /** Durable writes wait from now on; returns the way to let them go. */
  hold(): () => void;
  /** What an operation on a path answers instead of doing it; with `isDone`, after a write was done in full. */
  failure: ((operation: Operation, path: string) => (Error & { isDone?: true }) | undefined) | undefined;
  /** Called before each operation. */
  delay: (() => Promise<void>) | undefined;
  /** The disk as it is after a power cut. `chance`: what happens to each thing not flushed; without it all of that is lost. */
  cut(chance?: Chance): FakeDisk;
  paths(): string[];
  /** As a person's hand does it: with all that is in it, for good. */
  removeFolder(path: string): Promise<void>;
  /** The bytes of a file, to be changed at will. */
  file(path: string): Inode;
}

const SECTOR = 512;

function put(bytes: Buffer, data: Buffer, at: number): Buffer {
  const whole = Buffer.alloc(Math.max(bytes.length, at + data.length));
  bytes.copy(whole);
  data.copy(whole, at);
  return whole;
}

export function createFakeDisk(names = new Map<string, Inode>(), folders = new Set<string>()): FakeDisk {
  /** Names as they are after a power cut. */
  const durableNames = new Map(names);
  const underWay = new Set<Write>();
  let gate: Promise<void> | undefined;

  function fail(operation: Operation, path: string) {
    const error = disk.failure?.(operation, path);
    if (error) throw error;
  }

  async function before(operation: Operation, path: string) {
    await disk.delay?.();
    fail(operation, path);
  }

  function inodeAt(path: string): Inode {
    const inode = names.get(path);
    if (!inode) throw Object.assign(new Error(`ENOENT: ${path}`), { code: 'ENOENT' });
    return inode;
  }

  function opened(path: string, inode: Inode, isDurable: boolean): OpenFile {
    return {
      async write(given, at) {
        const data = Buffer.from(given);
        const write = { inode, data, at };
        underWay.add(write);
        try {
          await disk.delay?.();
          const error = disk.failure?.('write', path);
          if (error && !error.isDone) throw error;
          inode.bytes = put(inode.bytes, data, at);
          if (!isDurable) return;
          await gate;
          inode.durable = put(inode.durable, data, at);
          if (error) throw error;
        } finally {
          underWay.delete(write);
        }
      },
      close: async () => {},
    };
  }

  const disk: FakeDisk = {
    failure: undefined,
    delay: undefined,
    hold() {
      let release = () => {};
      gate = new Promise((resolve) => {
        release = resolve;
      });
      return () => {
        gate = undefined;
        release();
      };
    },
    readNow(path) {
      fail('read', path);
      const inode = names.get(path);
      return inode && Buffer.from(inode.bytes);
    },
    async read(path) {
      await disk.delay?.();
      return disk.readNow(path);
    },
    async list(folder) {
      fail('list', folder);
      const start = join(folder, '/');
      const inside = [...names.keys(), ...folders].filter((path) => path.startsWith(start));
      return [...new Set(inside.map((path) => path.slice(start.length).split('/')[0]!))];
    },
    async open(path, which, how) {
      await before('open', path);
      if (which === 'new') {
        if (names.has(path)) throw Object.assign(new Error(`EEXIST: ${path}`), { code: 'EEXIST' });
        names.set(path, { bytes: Buffer.alloc(0), durable: Buffer.alloc(0) });
      }
      return opened(path, inodeAt(path), how === 'durable');
    },
    async rename(from, to) {
      await before('rename', to);
      if (!folders.has(dirname(to))) throw Object.assign(new Error(`ENOENT: ${to}`), { code: 'ENOENT' });
      names.set(to, inodeAt(from));
      names.delete(from);
    },
    async remove(path) {
      await before('remove', path);
      return names.delete(path);
    },
    async makeFolder(path) {
      fail('makeFolder', path);
      for (let at = path; at !== dirname(at); at = dirname(at)) folders.add(at);
    },
    async flushFolder(path) {
      await before('flush', path);
      await gate;
      for (const name of new Set([...names.keys(), ...durableNames.keys()])) {
        if (dirname(name) !== path) continue;
        const inode = names.get(name);
        if (inode) durableNames.set(name, inode);
        else durableNames.delete(name);
      }
    },
    cut(chance) {
      const after = new Map(durableNames);
      if (chance) {
        for (const { inode, data, at } of underWay) {
          for (let from = 0; from < data.length; from += SECTOR) {
            if (chance() < 0.5) inode.durable = put(inode.durable, data.subarray(from, from + SECTOR), at + from);
          }
        }
        for (const name of new Set([...names.keys(), ...durableNames.keys()])) {
          const inode = names.get(name);
          if (inode === durableNames.get(name) || chance() < 0.5) continue;
          if (inode) after.set(name, inode);
          else after.delete(name);
        }
      }
      const kept = [...after].map(([name, { durable }]): [string, Inode] => [name, { bytes: durable, durable }]);
      return createFakeDisk(new Map(kept), new Set(folders));
    },
    paths: () => [...names.keys()],
    async removeFolder(path) {
      const isIn = (one: string) => one === path || one.startsWith(join(path, '/'));
      for (const name of [...names.keys()].filter(isIn)) {
        names.delete(name);
        durableNames.delete(name);
      }
      for (const folder of [...folders].filter(isIn)) folders.delete(folder);
    },
    file: inodeAt,
  };
  return disk;
}
