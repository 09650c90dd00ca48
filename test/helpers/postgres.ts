/**
 * A real PostgreSQL for tests: DATABASE_URL, else a private server from the programs found here, with its own data folder
 * and port. Skipped where there is neither; in CI that is a failure.
 */
import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chownSync, existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { promisify } from 'node:util';
import pg from 'pg';
import { afterAll, beforeAll } from 'vitest';
import { findPostgres, noPostgres, unprivileged } from './postgres-binaries.ts';

export interface TestServer {
  /** Of an empty database. */
  url: string;
  /** As a power cut would end it. */
  kill(): Promise<void>;
  start(): Promise<void>;
  drop(): Promise<void>;
}

/** `durable`: flushes as in production; otherwise quick, and worth nothing after a power cut. */
export async function startServer({ durable }: { durable: boolean }): Promise<TestServer> {
  const programs = findPostgres();
  if (!programs) throw new Error(noPostgres);
  const user = unprivileged();
  const home = mkdtempSync(join(tmpdir(), 'cps-postgres-'));
  const data = join(home, 'data');
  mkdirSync(data);
  if (user.uid !== undefined) for (const folder of [home, data]) chownSync(folder, user.uid, user.gid ?? user.uid);
  const as = { ...user, cwd: home, env: { PATH: process.env.PATH, LC_ALL: 'C', TZ: 'UTC' } };
  await promisify(execFile)(
    join(programs, 'initdb'),
    ['-D', data, '-U', 'tester', '-E', 'UTF8', '--locale=C', '--auth=trust', '--no-sync'],
    as,
  );
  let port = await freePort();
  const quick = ['fsync=off', 'full_page_writes=off'];
  const settings = () =>
    [
      `port=${port}`,
      'listen_addresses=127.0.0.1',
      'unix_socket_directories=',
      'logging_collector=off',
      ...(durable ? [] : quick),
    ].flatMap((setting) => ['-c', setting]);
  let server: ChildProcess | undefined;
  let wasUp = false;

  async function start() {
    for (const end = Date.now() + 30_000; ; ) {
      const child = spawn(join(programs!, 'postgres'), ['-D', data, ...settings()], {
        ...as,
        stdio: ['ignore', 'ignore', 'pipe'],
      });
      server = child;
      let log = '';
      const isReady = await new Promise<boolean>((resolve) => {
        child.stderr.on('data', (text) => {
          log += text;
          if (log.includes('ready to accept connections')) resolve(true);
        });
        child.once('exit', () => resolve(false));
      });
      if (isReady) {
        wasUp = true;
        return;
      }
      // After a kill its other processes need a moment to notice; before, somebody may have taken the port.
      if (Date.now() > end) throw new Error(`PostgreSQL did not start:\n${log}`);
      await pause(100);
      if (!wasUp) port = await freePort();
    }
  }

  async function end(signal: 'SIGKILL' | 'SIGINT') {
    const child = server;
    server = undefined;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const gone = new Promise((resolve) => child.once('exit', resolve));
    child.kill(signal);
    await gone;
  }

  const removeData = () => rmSync(home, { recursive: true, force: true, maxRetries: 5 });
  const atExit = () => {
    server?.kill('SIGQUIT');
    // It still writes until it is gone; at the exit nothing can be awaited.
    const sleeper = new Int32Array(new SharedArrayBuffer(4));
    for (let tries = 0; tries < 100 && existsSync(join(data, 'postmaster.pid')); tries++)
      Atomics.wait(sleeper, 0, 0, 20);
    removeData();
  };
  process.once('exit', atExit);
  await start();
  return {
    url: `postgres://tester@127.0.0.1:${port}/postgres`,
    kill: () => end('SIGKILL'),
    start,
    async drop() {
      process.off('exit', atExit);
      await end('SIGINT');
      removeData();
    },
  };
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as { port: number };
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/** Whether there is none to be had; said once a file. In CI an error instead. */
export function lacksPostgres({ own = false } = {}): boolean {
  if (findPostgres() || (!own && process.env.DATABASE_URL)) return false;
  if (process.env.CI === 'true') throw new Error(noPostgres);
  console.warn(noPostgres);
  return true;
}

/** The one of DATABASE_URL, which is only stopped by its owner, or a quick private one. */
export async function testServer(): Promise<Pick<TestServer, 'url' | 'drop'>> {
  const { DATABASE_URL: url } = process.env;
  return url ? { url, drop: async () => {} } : startServer({ durable: false });
}

export interface TestSchema {
  /** In which a store sees nothing but this schema. */
  url: string;
  sql(text: string, values?: unknown[]): Promise<Record<string, unknown>[]>;
  use<T>(work: (client: pg.Client) => Promise<T>): Promise<T>;
  drop(): Promise<void>;
}

/** A schema of its own, so that tests do not see each other's data. */
export async function createSchema(server: string): Promise<TestSchema> {
  const name = `test_${randomBytes(6).toString('hex')}`;
  const url = `${server}${server.includes('?') ? '&' : '?'}options=${encodeURIComponent(`-c search_path=${name}`)}`;
  const client = new pg.Client({ connectionString: url });
  client.on('error', () => {});
  await client.connect();
  await client.query(`CREATE SCHEMA ${name}`);
  return {
    url,
    sql: async (text, values) => (await client.query(text, values)).rows,
    use: (work) => work(client),
    async drop() {
      await client.query(`SET client_min_messages = warning; DROP SCHEMA ${name} CASCADE`).catch(() => {});
      await client.end();
    },
  };
}

/** A schema of its own for the tests of the `describe` that calls it. */
export function useSchema(): Pick<TestSchema, 'url' | 'sql'> {
  let server: Awaited<ReturnType<typeof testServer>> | undefined;
  let schema: TestSchema | undefined;
  beforeAll(async () => {
    server = await testServer();
    schema = await createSchema(server.url);
  });
  afterAll(async () => {
    await schema?.drop();
    await server?.drop();
  });
  return {
    get url() {
      return schema!.url;
    },
    sql: (text, values) => schema!.sql(text, values),
  };
}
