/** What two instances on one database see of each other. */
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Store, StoreConflict } from '../../../src/store/port.ts';
import { openPostgresStore } from '../../../src/store/postgres/index.ts';
import { createSchema, lacksPostgres, type TestSchema, type TestServer, testServer } from '../../helpers/postgres.ts';
import { row } from '../contract.ts';

describe.skipIf(lacksPostgres())('two instances', () => {
  let server: Pick<TestServer, 'url' | 'drop'>;
  let schema: TestSchema;
  let here: Store;
  let there: Store;
  beforeAll(async () => {
    server = await testServer();
  });
  afterAll(() => server?.drop());
  beforeEach(async () => {
    schema = await createSchema(server.url);
    [here, there] = await Promise.all([openPostgresStore({ url: schema.url }), openPostgresStore({ url: schema.url })]);
  });
  afterEach(async () => {
    await Promise.all([here.close(), there.close()]);
    await schema.drop();
  });

  it('read what the other has committed', async () => {
    await here.commit({ docs: [{ key: 'ticket/a', version: 0, value: 1 }] });
    expect(await there.read(['ticket/a'])).toEqual([{ key: 'ticket/a', version: 1, value: 1 }]);
  });

  it('wake who waits at the other one, and nobody else', async () => {
    const calls = { c: 0, other: 0, outbox: 0 };
    there.watch('c', () => calls.c++);
    there.watch('other', () => calls.other++);
    there.watchOutbox(() => calls.outbox++);
    await pause(20);
    const before = { ...calls };
    await here.commit({ lines: [{ conversation: 'c', value: 1 }] });
    await expect.poll(() => calls.c).toBeGreaterThan(before.c);
    await here.commit({ outbox: { add: [row('r', 't')] } });
    await expect.poll(() => calls.outbox).toBeGreaterThan(before.outbox);
    expect(calls.other).toBe(before.other);
  });

  it('wake everybody who waits, however many conversations went into one batch', async () => {
    const ids = Array.from({ length: 300 }, (_, at) => `${'x'.repeat(100)}${at}`);
    const woken = new Set<string>();
    for (const id of ids) there.watch(id, () => woken.add(id));
    await pause(20);
    woken.clear();
    await Promise.all(ids.map((id) => here.commit({ lines: [{ conversation: id, value: 1 }] })));
    await expect.poll(() => woken.size).toBe(ids.length);
  });

  it('call everybody from time to time, should a notification be lost after all', async () => {
    const poked = await openPostgresStore({ url: schema.url, pokeMs: 30 });
    let calls = 0;
    poked.watch('c', () => calls++);
    await expect.poll(() => calls).toBeGreaterThan(2);
    await poked.close();
  });

  it('never both win a document, and number the lines of a conversation without gaps', async () => {
    const work = async (store: Store, name: string) => {
      let won = 0;
      for (let at = 0; at < 40; at++) {
        const [doc] = await store.read(['ticket/a']);
        const value = [...((doc?.value as string[] | undefined) ?? []), `${name}${at}`];
        const commit = store.commit({
          docs: [{ key: 'ticket/a', version: doc!.version, value }],
          lines: [{ conversation: 'c', value: `${name}${at}` }],
        });
        won += await commit.then(
          () => 1,
          (error) => {
            expect(error).toBeInstanceOf(StoreConflict);
            return 0;
          },
        );
      }
      return won;
    };
    const [a, b] = await Promise.all([work(here, 'a'), work(there, 'b')]);
    const [doc] = await here.read(['ticket/a']);
    expect(doc).toMatchObject({ version: a + b });
    const lines = await there.lines('c', 0, 1_000);
    expect(lines.map(({ value }) => value)).toEqual(doc?.value);
    expect(lines.map(({ seq }) => seq)).toEqual(lines.map((_, at) => at + 1));
  });

  it('do not hold each other up for ever when they change the same documents in opposite orders', async () => {
    const keys = ['ticket/a', 'ticket/b', 'ticket/c'] as const;
    const change = async (store: Store, order: readonly (typeof keys)[number][]) => {
      for (let won = 0; won < 10; ) {
        const docs = await store.read([...order]);
        const commit = { docs: docs.map(({ key, version }) => ({ key, version, value: version })) };
        won += await store.commit(commit).then(
          () => 1,
          () => 0,
        );
      }
    };
    await Promise.all([change(here, keys), change(there, keys.toReversed())]);
    expect((await here.read([...keys])).map(({ version }) => version)).toEqual([20, 20, 20]);
  });

  it('hand out a row to one of them only, each target in its order, and what the dead one held after its lease', async () => {
    await here.commit({ outbox: { add: Array.from({ length: 30 }, (_, at) => row(`r${at}`, `t${at % 10}`)) } });
    const claims = await Promise.all([here.claim(1, 5, 100), there.claim(1, 5, 100), here.claim(1, 5, 100)]);
    const claimed = claims.flat().map(({ id }) => id);
    expect(new Set(claimed).size).toBe(claimed.length);
    for (const id of claimed) expect(Number(id.slice(1))).toBeLessThan(10);
    expect(await there.claim(100, 99, 100)).toHaveLength(10 - claimed.length);
    await here.close();
    expect((await there.claim(102, 99, 100)).map(({ id }) => id).sort()).toEqual(claimed.sort());
  });

  it('never hand out a row twice, however often they ask at the same moment', async () => {
    const count = 300;
    await here.commit({ outbox: { add: Array.from({ length: count }, (_, at) => row(`r${at}`, `t${at}`)) } });
    const claimed: string[] = [];
    while (claimed.length < count) {
      const asked = [here, there, here, there, here, there].map((store) => store.claim(1, 7, 1_000));
      for (const rows of await Promise.all(asked)) claimed.push(...rows.map(({ id }) => id));
    }
    expect(new Set(claimed).size).toBe(count);
    expect(claimed).toHaveLength(count);
  });

  it('keep a lease no longer than it was given, though their clocks differ', async () => {
    await here.commit({ outbox: { add: [row('r', 't')] } });
    expect(await here.claim(10_000, 1, 100)).toHaveLength(1);
    expect(await there.claim(5_000, 1, 100)).toEqual([]);
    expect(await there.claim(5_101, 1, 100)).toHaveLength(1);
  });

  it('refuse one commit of a batch without touching the others', async () => {
    await here.commit({ docs: [{ key: 'ticket/old', version: 0, value: 1 }] });
    await there.commit({ docs: [{ key: 'ticket/old', version: 1, value: 2 }] });
    const results = await Promise.allSettled(
      Array.from({ length: 20 }, (_, at) =>
        here.commit({
          docs: [
            at === 7 ? { key: 'ticket/old', version: 1, value: 3 } : { key: `ticket/n${at}`, version: 0, value: at },
          ],
          lines: [{ conversation: 'c', value: at }],
        }),
      ),
    );
    expect(results.flatMap(({ status }, at) => (status === 'rejected' ? [at] : []))).toEqual([7]);
    expect((results[7] as PromiseRejectedResult).reason.message).toContain('ticket/old is at version 2, not 1');
    const values = (await here.lines('c', 0, 99)).map(({ value }) => value);
    expect(values).toEqual(Array.from({ length: 20 }, (_, at) => at).filter((at) => at !== 7));
  });
});
