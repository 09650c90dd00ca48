/**
 * `npm run outbox` lists what waits, is parked or uncertain: numbers and reasons, no words and no addresses.
 * `npm run outbox -- retry ID` (or `all`) has parked rows tried again. With the embedded store, stop the bot first.
 */
import { ConfigError, loadConfig } from '../src/config.ts';
import { listRows, retryParked } from '../src/ops/outbox-desk.ts';
import { openStoreAlone } from '../src/store/open.ts';

const [, , command = 'list', which = '', ...rest] = process.argv;

if (rest.length > 0 || (command === 'retry' ? which === '' : command !== 'list' || which !== '')) {
  console.error('Use: npm run outbox   or   npm run outbox -- retry ID   or   npm run outbox -- retry all');
  process.exit(1);
}
try {
  const store = await openStoreAlone(await loadConfig(), (message) => console.warn(message));
  try {
    if (command === 'list') for await (const line of listRows(store)) console.log(line);
    else console.log(`${await retryParked(which, Date.now(), store)} rows are tried again at the next start`);
  } finally {
    await store.close();
  }
} catch (error) {
  if (!(error instanceof Error)) throw error;
  console.error(error instanceof ConfigError ? error.message : `Not done: ${error.message}`);
  process.exitCode = 1;
}
