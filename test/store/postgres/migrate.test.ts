import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openPostgresStore } from '../../../src/store/postgres/index.ts';
import { type Migration, migrate, readMigrations } from '../../../src/store/postgres/migrate.ts';
import { createSchema, lacksPostgres, type TestSchema, type TestServer, testServer } from '../../helpers/postgres.ts';

/** What a program of an earlier version may have left: by the version that made it possible. */
const left: Record<number, string> = {
  1: `INSERT INTO document VALUES ('ticket', 'a', 3, '{"old":true}');
    INSERT INTO transcript VALUES ('c', 1); INSERT INTO line VALUES ('c', 1, '"old"');
    INSERT INTO outbox (id, target, waiting, due_at, content) VALUES ('r', 't', true, 0, '{"id":"r"}')`,
};

describe.skipIf(lacksPostgres())('migrations', async () => {
  const migrations = await readMigrations();
  let server: Pick<TestServer, 'url' | 'drop'>;
  const schemas: TestSchema[] = [];
  const empty = async () => {
    const schema = await createSchema(server.url);
    schemas.push(schema);
    return schema;
  };
  const run = (schema: TestSchema, list: Migration[]) => schema.use((client) => migrate(client, list));
  /** Every table, index and function as the server describes it. */
  const shape = (schema: TestSchema) =>
    schema.sql(`
      SELECT table_name || '.' || column_name || ' ' || data_type || ' ' || is_nullable AS is
        FROM information_schema.columns WHERE table_schema = current_schema()
      UNION SELECT replace(indexdef, current_schema(), '') FROM pg_indexes WHERE schemaname = current_schema()
      UNION SELECT replace(pg_get_functiondef(oid), current_schema(), '') FROM pg_proc WHERE pronamespace = current_schema()::regnamespace
      UNION SELECT relname || ' ' || coalesce(reloptions::text, '') FROM pg_class WHERE relnamespace = current_schema()::regnamespace
      ORDER BY 1`);

  beforeAll(async () => {
    server = await testServer();
  });
  afterAll(async () => {
    for (const schema of schemas) await schema.drop();
    await server?.drop();
  });

  it.each(migrations)('number $version goes from the version before, and nothing is lost', async ({ version }) => {
    const fresh = await empty();
    await run(fresh, migrations);
    const grown = await empty();
    await run(grown, migrations.slice(0, version - 1));
    for (let at = 1; at < version; at++) await grown.sql(left[at] ?? '');
    await run(grown, migrations);
    expect(await shape(grown)).toEqual(await shape(fresh));
    if (version === 1) return;
    const store = await openPostgresStore({ url: grown.url });
    expect(await store.read(['ticket/a'])).toEqual([{ key: 'ticket/a', version: 3, value: { old: true } }]);
    await store.commit({
      docs: [{ key: 'ticket/a', version: 3, value: 'new' }],
      lines: [{ conversation: 'c', value: 'new' }],
    });
    expect(await store.lines('c', 0, 9)).toEqual([
      { seq: 1, value: 'old' },
      { seq: 2, value: 'new' },
    ]);
    expect(await store.claim(1, 9, 9)).toEqual([{ id: 'r' }]);
    await store.close();
  });

  it('run once, however many instances start together', async () => {
    const schema = await empty();
    const stores = await Promise.all(Array.from({ length: 4 }, () => openPostgresStore({ url: schema.url })));
    const versions = await schema.sql('SELECT version FROM migration ORDER BY version');
    expect(versions).toEqual(migrations.map(({ version }) => ({ version })));
    for (const store of stores) await store.close();
  });

  it('leave the version before when one fails', async () => {
    const schema = await empty();
    const broken = { version: migrations.length + 1, sql: 'CREATE TABLE half (a integer); SELECT nonsense' };
    await expect(run(schema, [...migrations, broken])).rejects.toThrow('nonsense');
    expect(await schema.sql('SELECT 1 FROM pg_tables WHERE schemaname = current_schema()')).toEqual([]);
  });

  it('never go back: a program older than the schema does not start', async () => {
    const schema = await empty();
    await run(schema, [...migrations, { version: migrations.length + 1, sql: 'SELECT 1' }]);
    await expect(openPostgresStore({ url: schema.url })).rejects.toThrow('start the newer program');
  });
});
