/** Brings the schema up to this program's version: at start, once, forward only. */
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Client } from 'pg';
import { StoreUnavailable } from '../port.ts';

export interface Migration {
  version: number;
  sql: string;
}

/** The code of its cause: waiting does not help. */
export const NEWER_SCHEMA = 'newer schema';

const FILE = /^(\d{3})-[a-z0-9-]+\.sql$/;

/** Those of `migrations/`, in their order. */
export async function readMigrations(folder = join(import.meta.dirname, 'migrations')): Promise<Migration[]> {
  const names = (await readdir(folder)).filter((name) => FILE.test(name)).sort();
  return Promise.all(
    names.map(async (name, at) => {
      const version = Number(FILE.exec(name)?.[1]);
      if (version !== at + 1) throw new Error(`${name}: migrations are numbered 001, 002, ... without gaps`);
      return { version, sql: await readFile(join(folder, name), 'utf8') };
    }),
  );
}

/**
 * Runs what is missing in one transaction: a start that is cut off leaves the version before. Instances that start
 * together wait for the first one.
 * @throws StoreUnavailable when a newer program has been here
 */
export async function migrate(client: Client, migrations: Migration[]): Promise<void> {
  await client.query('BEGIN');
  try {
    await client.query(
      `SELECT pg_advisory_xact_lock(hashtext('cps-support-bot migrations'), hashtext(current_schema()))`,
    );
    await client.query(
      'CREATE TABLE IF NOT EXISTS migration (version integer PRIMARY KEY, run_at timestamptz NOT NULL DEFAULT now())',
    );
    const { rows } = await client.query('SELECT coalesce(max(version), 0)::integer AS version FROM migration');
    const version: number = rows[0].version;
    if (version > migrations.length) {
      throw new StoreUnavailable(
        `the database is at schema version ${version}, this program knows ${migrations.length}: start the newer program`,
        { cause: { code: NEWER_SCHEMA } },
      );
    }
    for (const one of migrations.slice(version)) {
      await client.query(one.sql);
      await client.query('INSERT INTO migration (version) VALUES ($1)', [one.version]);
    }
    await client.query('COMMIT');
  } catch (error) {
    await client.query('ROLLBACK').catch(() => {});
    throw error;
  }
}
