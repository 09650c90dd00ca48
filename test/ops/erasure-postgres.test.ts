import { afterAll, beforeAll, describe } from 'vitest';
import { openPostgresStore } from '../../src/store/postgres/index.ts';
import { createSchema, lacksPostgres, type TestSchema, type TestServer, testServer } from '../helpers/postgres.ts';
import { erasureContract } from './erasure-contract.ts';

const tables = ['document', 'transcript', 'line', 'outbox'];

describe.skipIf(lacksPostgres())('PostgreSQL', () => {
  let server: Pick<TestServer, 'url' | 'drop'>;
  let schema: TestSchema;
  beforeAll(async () => {
    server = await testServer();
    schema = await createSchema(server.url);
  });
  afterAll(async () => {
    await schema?.drop();
    await server?.drop();
  });

  erasureContract('the PostgreSQL engine', async () => {
    const store = await openPostgresStore({ url: schema.url, startMs: 0 });
    return {
      store,
      async bytes() {
        const texts: unknown[] = [];
        for (const table of tables) texts.push(await schema.sql(`SELECT ${table}::text AS text FROM ${table}`));
        return JSON.stringify(texts);
      },
      async drop() {
        await store.close();
        await schema.sql('TRUNCATE document, transcript, line, outbox, writer');
      },
    };
  });
});
