/** A private PostgreSQL with the durability settings it comes with; where there is none its rows are left out. */
import { openPostgresStore } from '../src/store/postgres/index.ts';
import { createSchema, startServer } from '../test/helpers/postgres.ts';
import { findPostgres } from '../test/helpers/postgres-binaries.ts';
import { fillStore } from './stored.ts';

export const hasPostgres = findPostgres() !== undefined;

let running: Promise<string> | undefined;

/** The address of a schema of its own with so many conversations in it; the server ends with this program. */
export async function makeDatabase(stored: number): Promise<string> {
  running ??= startServer({ durable: true }).then(({ url }) => url);
  const { url } = await createSchema(await running);
  const store = await openPostgresStore({ url });
  await fillStore(store, stored);
  await store.close();
  return url;
}
