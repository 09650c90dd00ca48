/** The database goes away, in every way, and comes back. */
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Store, StoreUnavailable } from '../../../src/store/port.ts';
import { openPostgresStore, type PostgresOptions } from '../../../src/store/postgres/index.ts';
import { createSchema, lacksPostgres, startServer, type TestSchema, type TestServer } from '../../helpers/postgres.ts';
import { layWire, type Wire } from '../../helpers/wire.ts';

const until = (check: () => boolean) => expect.poll(check, { timeout: 30_000, interval: 20 }).toBe(true);
const say = (store: Store, text: string) => store.commit({ lines: [{ conversation: 'c', value: text }] });
const texts = async (store: Store) => (await store.lines('c', 0, 100_000)).map(({ value }) => value);

describe.skipIf(lacksPostgres({ own: true }))('when PostgreSQL goes away', () => {
  let server: TestServer;
  let schema: TestSchema;
  let wire: Wire;
  let store: Store;
  const open = async (more: Partial<PostgresOptions> = {}) => {
    const url = new URL(schema.url);
    const { port } = url;
    wire = await layWire({ host: url.hostname, port: Number(port) });
    url.port = String(wire.port);
    store = await openPostgresStore({ url: url.href, startMs: 0, probeMs: 50, ...more });
  };

  beforeAll(async () => {
    server = await startServer({ durable: true });
  });
  afterAll(() => server?.drop());
  beforeEach(async () => {
    schema = await createSchema(server.url);
  });
  afterEach(async () => {
    await store.close();
    await wire.close();
    await schema.drop();
  });

  it('a commit whose answer was lost is stored once and acknowledged', async () => {
    await open();
    await say(store, 'one');
    wire.be('cutAnswers');
    const second = say(store, 'two');
    await pause(50);
    wire.be('open');
    expect((await second).lines[0]?.line).toEqual({ seq: 2, value: 'two' });
    await say(store, 'three');
    expect(await texts(store)).toEqual(['one', 'two', 'three']);
  });

  it('a commit that never arrived is sent again', async () => {
    await open();
    await say(store, 'one');
    wire.be('cutQuestions');
    const second = say(store, 'two');
    await pause(50);
    wire.be('open');
    expect((await second).lines[0]?.line.seq).toBe(2);
    expect(await texts(store)).toEqual(['one', 'two']);
  });

  it('a commit that is called off fails, should it arrive at last', async () => {
    await open();
    await say(store, 'one');
    const [before] = await schema.sql('SELECT id, batch FROM writer');
    await schema.sql('SELECT store_settle($1, $2)', [before?.id, Number(before?.batch) + 1]);
    const late = schema.sql(
      `SELECT store_commit($1, $2, '{}', '{}', '{}', '{}', '{}', '{c}', '{1}', '{1}', '{1}', '{"\\"late\\""}', '{}', '{}', '{}', '{}', '{}', '{}', '{}', '{}')`,
      [before?.id, Number(before?.batch) + 1],
    );
    await expect(late).rejects.toThrow('called off');
    expect(await texts(store)).toEqual(['one']);
  });

  it('nothing is acknowledged while it is away, the reason is told, and all is well afterwards', async () => {
    await open();
    await say(store, 'one');
    wire.be('closed');
    await until(() => !store.status().ok);
    expect(store.status()).toMatchObject({ ok: false, reason: expect.stringContaining('PostgreSQL at 127.0.0.1') });
    await expect(say(store, 'lost')).rejects.toThrow(StoreUnavailable);
    await expect(store.read(['ticket/a'])).rejects.toThrow(StoreUnavailable);
    await expect(store.claim(1, 1, 1)).rejects.toThrow(StoreUnavailable);
    expect(store.status().ok).toBe(false);
    wire.be('open');
    await until(() => store.status().ok);
    await say(store, 'two');
    expect(await texts(store)).toEqual(['one', 'two']);
  });

  it('a database that no longer answers is given up in time', async () => {
    // What takes longer is done before: the schema is there.
    await (await openPostgresStore({ url: schema.url })).close();
    await open({ limits: { statementMs: 1_000, connectMs: 2_000, settleMs: 300 } });
    await say(store, 'one');
    wire.be('hold');
    const began = performance.now();
    await expect(say(store, 'maybe')).rejects.toThrow(/may be stored/);
    expect(performance.now() - began, 'not after the usual limits, which make nine seconds').toBeLessThan(8000);
    await until(() => !store.status().ok);
    wire.be('closed');
    wire.be('open');
    await until(() => store.status().ok);
    await say(store, 'two');
    expect((await texts(store)).filter((text) => text !== 'maybe')).toEqual(['one', 'two']);
  });

  it('connections that the server ends do not end the process, and who waits is woken to look', async () => {
    await open();
    await say(store, 'one');
    let calls = 0;
    store.watch('c', () => calls++);
    await schema.sql('SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = $1', [
      'cps-support-bot',
    ]);
    await until(() => calls > 0 && store.status().ok);
    await say(store, 'two');
    expect(await texts(store)).toEqual(['one', 'two']);
  });

  it('killed in the middle of load and started again: every acknowledged line is there once, no other', async () => {
    await open();
    const acknowledged = new Map<string, number>();
    const doubtful = new Set<string>();
    let isOver = false;
    const customer = async (name: string) => {
      for (let at = 0; !isOver; at++) {
        const text = `${name} ${at}`;
        await say(store, text).then(
          ({ lines }) => acknowledged.set(text, lines[0]!.line.seq),
          async (error: Error) => {
            expect(error).toBeInstanceOf(StoreUnavailable);
            if (error.message.includes('may be stored')) doubtful.add(text);
            await pause(20);
          },
        );
      }
    };
    const customers = ['a', 'b', 'c', 'd'].map(customer);
    await pause(300);
    await server.kill();
    await pause(200);
    await server.start();
    await until(() => store.status().ok);
    const before = acknowledged.size;
    await until(() => acknowledged.size > before + 20);
    isOver = true;
    await Promise.all(customers);
    const lines = await store.lines('c', 0, 1_000_000);
    expect(lines.map(({ seq }) => seq)).toEqual(lines.map((_, at) => at + 1));
    const stored = new Map(lines.map(({ seq, value }) => [value, seq]));
    expect(stored.size).toBe(lines.length);
    for (const [text, seq] of acknowledged) expect(stored.get(text)).toBe(seq);
    for (const text of stored.keys()) {
      expect(acknowledged.has(text as string) || doubtful.has(text as string)).toBe(true);
    }
  });
});
