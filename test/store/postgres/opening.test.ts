import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { StoreUnavailable } from '../../../src/store/port.ts';
import { openPostgresStore } from '../../../src/store/postgres/index.ts';
import { createSchema, lacksPostgres, startServer, type TestSchema, type TestServer } from '../../helpers/postgres.ts';

const failure = (url: string, startMs = 60_000) =>
  openPostgresStore({ url, startMs }).then(
    () => new Error('it opened'),
    (error: Error) => error,
  );

describe.skipIf(lacksPostgres({ own: true }))('opening PostgreSQL', () => {
  let server: TestServer;
  let schema: TestSchema;
  beforeAll(async () => {
    server = await startServer({ durable: false });
  });
  afterAll(() => server?.drop());
  beforeEach(async () => {
    schema = await createSchema(server.url);
  });
  afterEach(() => schema.drop());

  it('waits for a database that is not there yet, and says so once', async () => {
    await server.kill();
    const told: string[] = [];
    const opening = openPostgresStore({ url: schema.url, warn: (message) => told.push(message) });
    const waits = () => told.find((message) => message.includes('waiting for it'));
    await expect.poll(waits).toBeDefined();
    await pause(500);
    await server.start();
    const store = await opening;
    expect(store.status()).toEqual({ ok: true });
    expect(told.filter((message) => message === waits())).toHaveLength(1);
    await store.close();
    schema = await createSchema(server.url);
  });

  it('gives up at once where waiting helps nothing, without the password in its words', async () => {
    const url = new URL(server.url);
    url.pathname = '/nowhere';
    url.password = 'secret-word';
    const error = await failure(url.href);
    expect(error).toBeInstanceOf(StoreUnavailable);
    expect(error.message).toContain('database "nowhere" does not exist');
    expect(error.message).not.toContain('secret-word');
    expect((await failure('postgres://user@host:port/x')).message).toContain('write postgres://');
  });

  it('keeps to the TLS that the URL asks for', async () => {
    const error = await failure(`${schema.url}&sslmode=verify-full`, 0);
    expect(error).toBeInstanceOf(StoreUnavailable);
    expect(error.message).toContain('SSL');
  });

  it('warns of a server that does not flush', async () => {
    const told: string[] = [];
    const store = await openPostgresStore({ url: schema.url, warn: (message) => told.push(message) });
    await store.close();
    expect(told.join()).toContain('fsync off');
  });

  it('lets instances share it, and whoever moves the data have it alone', async () => {
    const open = (exclusive: boolean) => openPostgresStore({ url: schema.url, startMs: 0, exclusive });
    const stores = [await open(false), await open(false)];
    await expect(open(true)).rejects.toThrow('stop every instance');
    await Promise.all(stores.map((store) => store.close()));
    const alone = await open(true);
    await expect(open(false)).rejects.toThrow('being exported or imported');
    await alone.close();
  });

  it('refuses everything once it is closed, and may be closed twice', async () => {
    const store = await openPostgresStore({ url: schema.url });
    await store.close();
    await store.close();
    expect(store.status().ok).toBe(false);
    await expect(store.commit({})).rejects.toThrow(StoreUnavailable);
    await expect(store.read(['ticket/a'])).rejects.toThrow(StoreUnavailable);
  });
});
