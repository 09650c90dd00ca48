import { describe } from 'vitest';
import { openPostgresStore } from '../../../src/store/postgres/index.ts';
import { lacksPostgres, useSchema } from '../../helpers/postgres.ts';
import { storeContract } from '../contract.ts';

describe.skipIf(lacksPostgres())('PostgreSQL', () => {
  const schema = useSchema();

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
