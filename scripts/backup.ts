/**
 * `npm run backup -- FOLDER` copies the embedded store (DATA_DIR) into a new folder, while the bot runs or not;
 * `npm run backup -- --restore FOLDER` puts such a copy where there is no store yet, with the bot stopped.
 */
import { join } from 'node:path';
import { type Config, ConfigError, loadSettings } from '../src/config.ts';
import { removeSnapshot, snapshotFolder } from '../src/ops/backup.ts';
import { openLowdbStore } from '../src/store/lowdb/index.ts';
import { keepBackup, restoreBackup } from './lib/backup-files.ts';

const [, , first = '', second = '', ...rest] = process.argv;
const isRestore = first === '--restore';
const folder = isRestore ? second : first;

if (folder === '' || folder.startsWith('--') || rest.length > 0 || (!isRestore && second !== '')) {
  console.error('Use: npm run backup -- FOLDER   or   npm run backup -- --restore FOLDER');
  process.exit(1);
}
try {
  const config = loadSettings();
  if (config.store === 'postgres') throw new Error('the store is in PostgreSQL: use pg_dump and pg_restore');
  await (isRestore ? restore(config) : backUp(config));
} catch (error) {
  if (!(error instanceof Error)) throw error;
  console.error(error instanceof ConfigError ? error.message : `Not done: ${error.message}`);
  process.exitCode = 1;
}

async function restore(config: Config): Promise<void> {
  const { madeAt, counts } = await restoreBackup(folder, config.dataDir);
  console.log(`Restored the backup of ${madeAt}: ${told(counts)}, verified. Start the bot.`);
}

async function backUp(config: Config): Promise<void> {
  const isRunning = await askBot(config);
  if (!isRunning) await snapshotAlone(config.dataDir);
  try {
    const counts = await keepBackup(snapshotFolder(config.dataDir), config.dataDir, folder, Date.now());
    const how = isRunning ? 'while the bot runs' : 'the bot does not run';
    console.log(`Backed up into ${folder} (${how}): ${told(counts)}, verified.`);
  } finally {
    await removeSnapshot(config.dataDir);
  }
}

/** @returns false when no bot listens. @throws Error when one does and refuses */
async function askBot({ host, port, operatorToken, dataDir }: Config): Promise<boolean> {
  const address = /^(0\.0\.0\.0|::|\[::\])$/.test(host) ? '127.0.0.1' : host;
  const headers = operatorToken ? { authorization: `Bearer ${operatorToken}` } : undefined;
  const response = await fetch(`http://${address}:${port}/backup`, {
    method: 'POST',
    ...(headers && { headers }),
  }).catch(() => undefined);
  if (!response) return false;
  const answer = (await response.json().catch(() => ({}))) as { folder?: string; error?: { message?: string } };
  if (!response.ok) throw new Error(answer.error?.message ?? `the bot at port ${port} answered ${response.status}`);
  if (answer.folder !== snapshotFolder(dataDir)) {
    throw new Error(`the bot at port ${port} has another DATA_DIR than this command: set the same variables for both`);
  }
  return true;
}

async function snapshotAlone(dataDir: string): Promise<void> {
  const store = await openLowdbStore({ folder: join(dataDir, 'store'), warn: (message) => console.warn(message) });
  try {
    await removeSnapshot(dataDir);
    await store.snapshot?.(snapshotFolder(dataDir));
  } finally {
    await store.close();
  }
}

function told({ documents, lines, rows }: { documents: number; lines: number; rows: number }): string {
  return `${documents} documents, ${lines} transcript lines, ${rows} outbox rows`;
}
