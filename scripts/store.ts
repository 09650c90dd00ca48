/**
 * `npm run store -- export FILE` writes everything that the configured store (STORE, DATABASE_URL, DATA_DIR) holds;
 * `npm run store -- import FILE` fills an empty one with it. Stop the bot first: nobody else may use the store meanwhile.
 */
import { ConfigError, loadConfig } from '../src/config.ts';
import { exportStore } from '../src/store/moving/export.ts';
import { importStore } from '../src/store/moving/import.ts';
import { openStoreAlone } from '../src/store/open.ts';

const works = { export: exportStore, import: importStore };
const [, , command = '', path = '', ...rest] = process.argv;
const work = Object.hasOwn(works, command) ? works[command as keyof typeof works] : undefined;

if (!work || path === '' || rest.length > 0) {
  console.error('Use: npm run store -- export FILE   or   npm run store -- import FILE');
  process.exit(1);
}
try {
  const config = await loadConfig();
  const store = await openStoreAlone(config, (message) => console.warn(message));
  try {
    const { documents, lines, rows } = await work(store, path);
    const moved = `${documents} documents, ${lines} transcript lines and ${rows} outbox rows`;
    console.log(
      command === 'export'
        ? `${moved} written to ${path}`
        : `${moved} stored in ${config.store}, and read again: all as in ${path}`,
    );
  } finally {
    await store.close();
  }
} catch (error) {
  if (!(error instanceof Error)) throw error;
  console.error(error instanceof ConfigError ? error.message : `Not done: ${error.message}`);
  process.exitCode = 1;
}
