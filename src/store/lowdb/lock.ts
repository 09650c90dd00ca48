/**
 * One process a folder. Every process puts down a file that says who it is, then looks for others: a living one wins.
 * Living is told by pid *and* start time of the process (a pid is used again), within one boot and one pid namespace;
 * a holder that cannot be looked at from here (another container or machine, no /proc) is watched for its heartbeat.
 */
import { randomUUID } from 'node:crypto';
import { readFileSync, readlinkSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { StoreUnavailable } from '../port.ts';
import type { FileLayer } from './file-layer.ts';

/** Where a process is: comparable only within the same `place`. */
export interface ProcessIdentity {
  pid: number;
  /** Start of the process in the kernel's own count; '' where there is none. */
  started: string;
  /** Boot and pid namespace, or the machine's name. */
  place: string;
}

export interface Processes {
  self(): ProcessIdentity;
  /** unknown: cannot be told from here. */
  look(other: ProcessIdentity): 'alive' | 'dead' | 'unknown';
}

export interface Lock {
  /** false: somebody who thought this process dead (it was stopped for long) has taken the folder over. */
  isOurs(): boolean;
  release(): Promise<void>;
}

interface LockFile extends ProcessIdentity {
  since: string;
  beat: number;
}

const BEAT_MS = 1_000;
/** How long a holder must be silent before it is taken for dead. */
const PATIENCE_MS = 5_000;

const orEmpty = (read: () => string) => {
  try {
    return read().trim();
  } catch {
    return '';
  }
};

/** Fields 3 and 22 of /proc/<pid>/stat (proc(5)), after a name that may hold spaces and brackets; '' for a dead process. */
const startOf = (pid: number) =>
  orEmpty(() => {
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8')
      .replace(/^.*\) /s, '')
      .split(' ');
    // A zombie is dead, only not yet fetched by its parent.
    return fields[0] === 'Z' || fields[0] === 'X' ? '' : (fields[19] ?? '');
  });

export function systemProcesses(): Processes {
  const boot = orEmpty(() => readFileSync('/proc/sys/kernel/random/boot_id', 'utf8'));
  const namespace = orEmpty(() => readlinkSync('/proc/self/ns/pid'));
  const self = { pid: process.pid, started: startOf(process.pid), place: `${hostname()} ${boot} ${namespace}`.trim() };
  return {
    self: () => self,
    look(other) {
      if (other.place !== self.place) return 'unknown';
      if (other.started !== '') return startOf(other.pid) === other.started ? 'alive' : 'dead';
      try {
        process.kill(other.pid, 0);
        return 'unknown';
      } catch (error) {
        return error instanceof Error && 'code' in error && error.code === 'ESRCH' ? 'dead' : 'unknown';
      }
    },
  };
}

function parseLock(file: Buffer | undefined): LockFile | undefined {
  try {
    const lock = JSON.parse(file?.toString() ?? '');
    return typeof lock.pid === 'number' && typeof lock.place === 'string' ? lock : undefined;
  } catch {
    return undefined;
  }
}

/** @throws StoreUnavailable naming folder and pid when another process has the folder. */
export async function takeLock(options: {
  folder: string;
  files: FileLayer;
  processes: Processes;
  now: () => number;
  wait: (ms: number) => Promise<void>;
}): Promise<Lock> {
  const { folder, files, processes, wait } = options;
  const self = processes.self();
  const name = `lock-${self.pid}-${self.started || options.now()}-${randomUUID()}`;
  const path = join(folder, name);
  const since = new Date(options.now()).toISOString();
  // Padded, because it is written over in place.
  const content = (beat: number) => Buffer.from(`${JSON.stringify({ ...self, since, beat })}\n`.padEnd(400));
  // Durable, so that it can be judged after a power cut; its beats need not be.
  const first = await files.open(path, 'new', 'durable');
  await first.write(content(0), 0);
  await first.close();
  const file = await files.open(path, 'old', 'lazy');

  const others = async () => (await files.list(folder)).filter((other) => other.startsWith('lock-') && other !== name);

  async function isSilent(other: string, lock: LockFile | undefined): Promise<boolean> {
    const verdict = lock ? processes.look(lock) : 'unknown';
    if (verdict !== 'unknown') return verdict === 'dead';
    for (let waited = 0; waited < PATIENCE_MS; waited += BEAT_MS) {
      await wait(BEAT_MS);
      const now = await files.read(join(folder, other));
      if (!now) return true;
      if (parseLock(now)?.beat !== lock?.beat) return false;
    }
    return true;
  }

  async function release() {
    clearInterval(timer);
    await file.close();
    await files.remove(path);
  }

  let beat = 0;
  let ours = true;
  const timer = setInterval(async () => {
    try {
      await file.write(content(++beat), 0);
      ours &&= (await files.list(folder)).includes(name);
    } catch {
      // Commits to the same disk fail too, and they say why.
    }
  }, BEAT_MS).unref();

  try {
    for (const other of await others()) {
      const lock = parseLock(await files.read(join(folder, other)));
      if (!(await isSilent(other, lock))) {
        throw new StoreUnavailable(
          `${folder} is in use by process ${lock?.pid ?? '(starting)'} (since ${lock?.since ?? 'just now'}). Stop that process first, or give this one a DATA_DIR of its own.`,
        );
      }
      await files.remove(join(folder, other));
    }
  } catch (error) {
    await release();
    throw error;
  }
  return { isOurs: () => ours, release };
}
