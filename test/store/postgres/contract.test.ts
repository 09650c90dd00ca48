import { afterAll, beforeAll, describe } from 'vitest';
import { openPostgresStore } from '../../../src/store/postgres/index.ts';
import { createSchema, lacksPostgres, type TestSchema, type TestServer, testServer } from '../../helpers/postgres.ts';
import { storeContract } from '../contract.ts';

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

  storeContract('the PostgreSQL engine', async () => {
    const open = () => openPostgresStore({ url: schema.url, startMs: 0 });
    let store = await open();
    return {
      store,
      async reopen() {
        await store.close();
        store = await open();
        return store;
      },
      async drop() {
        await store.close();
        await schema.sql('TRUNCATE document, transcript, line, outbox, writer');
      },
    };
  });
});
