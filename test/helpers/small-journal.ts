/**
 * To be loaded before the bot (`node --import`): its embedded store has a journal so small, and writes behind so soon, that a
 * test of a minute sees as many segments made, files written and segments removed as a busy day does. All else is the bot's own.
 */
import { registerHooks } from 'node:module';

const engine = new URL('../../src/store/lowdb/index.ts', import.meta.url).href;
const small = `
  import { openLowdbStore as open } from ${JSON.stringify(`${engine}?as-it-is`)};
  export const openLowdbStore = (options) => open({ ...options, journalBytes: 1 << 20, settleMs: 20 });
`;

registerHooks({
  load: (url, context, next) =>
    url === engine ? { format: 'module', source: small, shortCircuit: true } : next(url, context),
});
