/** What happens before the first question: waiting for the database, the schema, and who may have it open. */
import { setTimeout as pause } from 'node:timers/promises';
import type { Client } from 'pg';
import { StoreUnavailable } from '../port.ts';
import { codeOf, type Database, unavailable } from './connection.ts';
import { type Migration, migrate, NEWER_SCHEMA } from './migrate.ts';

/** Instances hold it together, whoever moves the data holds it alone; it ends with the connection. */
export async function takeInstanceLock(client: Client, exclusive: boolean, name: string): Promise<void> {
  const { rows } = await client.query(
    `SELECT pg_try_advisory_lock${exclusive ? '' : '_shared'}(hashtext('cps-support-bot'), hashtext(current_schema())) AS done`,
  );
  if (rows[0].done) return;
  throw new StoreUnavailable(
    exclusive
      ? `${name} is in use: stop every instance of the bot first`
      : `${name} is being exported or imported: start again when that is done`,
  );
}

/** Migrations, and a look at what would make a commit less than durable. */
export async function prepareDatabase(database: Database, migrations: Migration[], warn: (message: string) => void) {
  const client = await database.connect('long');
  try {
    await migrate(client, migrations);
    await client.query(`DELETE FROM writer WHERE seen_at < now() - interval '1 day'`);
    const { rows } = await client.query(
      `SELECT name FROM pg_settings WHERE name IN ('fsync', 'full_page_writes') AND setting = 'off'`,
    );
    for (const { name } of rows) warn(`${database.name} has ${name} off: a power cut may lose or damage everything`);
  } catch (error) {
    throw unavailable(error, database.name);
  } finally {
    await client.end().catch(() => {});
  }
}

/** Access refused, no such database or schema, a schema that is too new: another try makes nothing better. */
const HOPELESS = new RegExp(`^(28|3D|42|${NEWER_SCHEMA})`);

export async function untilThere<T>(
  startMs: number,
  warn: (message: string) => void,
  work: () => Promise<T>,
): Promise<T> {
  let told = '';
  for (const until = performance.now() + startMs; ; ) {
    try {
      return await work();
    } catch (error) {
      const failure = error as StoreUnavailable;
      if (HOPELESS.test(codeOf(failure.cause)) || performance.now() > until) throw failure;
      if (failure.message !== told) warn(`${failure.message}: waiting for it`);
      told = failure.message;
      await pause(200);
    }
  }
}
