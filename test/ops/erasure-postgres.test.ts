import { describe } from 'vitest';
import { openPostgresStore } from '../../src/store/postgres/index.ts';
import { lacksPostgres, useSchema } from '../helpers/postgres.ts';
import { erasureContract } from './erasure-contract.ts';

const tables = ['document', 'transcript', 'line', 'outbox'];

describe.skipIf(lacksPostgres())('PostgreSQL', () => {
  const schema = useSchema();

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
