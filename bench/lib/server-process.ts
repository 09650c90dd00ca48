/** One server in a process of its own, or several of the same; each prints its address when it listens. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

export const root = join(import.meta.dirname, '../..');
/** Thrown away; on the same disk as the project, because what is measured writes to disk. */
export const scratch = join(root, 'bench/tmp');

export interface ServerProcess {
  port: number;
  /** Of every instance. */
  ports: readonly number[];
  /** Lets it run, or holds it, so that its work in the background does not slow down another's measurement. */
  run(): void;
  hold(): void;
  /** Resident memory, megabytes; undefined where there is no /proc. */
  memory(): number | undefined;
  /** Time on a processor so far, all threads, milliseconds; undefined where there is no /proc. */
  cpu(): number | undefined;
  stop(): Promise<void>;
}

export interface ServerOptions {
  file: string;
  env?: Record<string, string>;
  execArgv?: string[];
  /** Printed when what each start does in the background is done: only then is it measured. */
  settled?: string;
  /** Started one after another; 1 when left out. */
  instances?: number;
}

const patience = 180_000;

export async function startServer(options: ServerOptions): Promise<ServerProcess> {
  const first = await startOne(options);
  const others: ServerProcess[] = [];
  while (others.length + 1 < (options.instances ?? 1)) others.push(await startOne(options));
  return others.length === 0 ? first : together([first, ...others]);
}

function together(all: [ServerProcess, ...ServerProcess[]]): ServerProcess {
  const sum = (values: (number | undefined)[]) =>
    values.reduce((a, b) => (a !== undefined && b !== undefined ? a + b : undefined), 0);
  return {
    port: all[0].port,
    ports: all.flatMap(({ ports }) => ports),
    run() {
      for (const one of all) one.run();
    },
    hold() {
      for (const one of all) one.hold();
    },
    memory: () => sum(all.map((one) => one.memory())),
    cpu: () => sum(all.map((one) => one.cpu())),
    async stop() {
      for (const one of all) await one.stop();
    },
  };
}

async function startOne({ file, env = {}, execArgv = [], settled = '' }: ServerOptions): Promise<ServerProcess> {
  const child = spawn(process.execPath, [...execArgv, join(root, file)], {
    cwd: root,
    env: { PATH: process.env.PATH, PORT: '0', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  // Whoever starts this program and ends it must not leave servers behind that are held.
  const end = () => child.kill('SIGKILL');
  process.once('exit', end);
  const port = await listening(child, file, settled);
  return {
    port,
    ports: [port],
    run: () => child.kill('SIGCONT'),
    // One that speaks to a database would find its connections gone; it has little to do by itself, and is not held.
    hold: () => void (env.STORE === 'postgres' || child.kill('SIGSTOP')),
    memory: () => residentMegabytes(child.pid),
    cpu: () => processorTime(child.pid),
    async stop() {
      process.off('exit', end);
      child.kill('SIGCONT');
      child.kill('SIGTERM');
      if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
    },
  };
}

function listening(child: ChildProcess, file: string, settled: string): Promise<number> {
  let output = '';
  return new Promise((resolve, reject) => {
    const timer = setTimeout(
      () => reject(new Error(`${file} printed no address${settled && `, or not "${settled}",`} in 180 s:\n${output}`)),
      patience,
    );
    const read = (chunk: Buffer) => {
      output += chunk;
      const port = /(?:http:\/\/127\.0\.0\.1:|listening to port )(\d+)/.exec(output)?.[1];
      if (!port || !output.includes(settled)) return;
      clearTimeout(timer);
      resolve(Number(port));
    };
    child.stdout?.on('data', read);
    child.stderr?.on('data', read);
    child.once('exit', (code) => reject(new Error(`${file} ended with ${code}:\n${output}`)));
  });
}

/** A file of /proc/<pid> (proc(5)). */
function read(pid: number | undefined, name: string): string | undefined {
  try {
    return readFileSync(`/proc/${pid}/${name}`, 'utf8');
  } catch {
    return undefined;
  }
}

function residentMegabytes(pid: number | undefined): number | undefined {
  const kilobytes = /VmRSS:\s+(\d+)/.exec(read(pid, 'status') ?? '')?.[1];
  return kilobytes ? Math.round(Number(kilobytes) / 1024) : undefined;
}

/** Fields 14 and 15 of stat, user and system time in hundredths of a second, counted after the name in brackets. */
function processorTime(pid: number | undefined): number | undefined {
  const fields = read(pid, 'stat')
    ?.replace(/^.*\) /s, '')
    .split(' ');
  return fields && (Number(fields[11]) + Number(fields[12])) * 10;
}
