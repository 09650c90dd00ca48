/**
 * Nothing is printed past the log: what a library writes to the console, warns of or throws where nobody catches it becomes
 * a line that says where it came from, and never what it said: that may be a key, a token or a customer's words.
 */
import type { EventEmitter } from 'node:events';
import { errorFacts, type Log } from './log.ts';

/** The other methods of the console print through one of these. */
const methods = ['error', 'warn', 'log', 'info', 'debug', 'dir', 'dirxml'] as const;

/** @param exit ends the process: after an exception that nobody caught its state is anybody's guess */
export function logLibraries({
  log,
  console,
  process,
  exit,
}: {
  log: Log;
  console: Pick<Console, (typeof methods)[number]>;
  process: EventEmitter;
  exit: (code: number) => void;
}): void {
  for (const method of methods) {
    const level = method === 'error' || method === 'warn' ? 'warn' : 'debug';
    console[method] = function printed() {
      const place = new Error();
      Error.captureStackTrace(place, printed);
      log(level, 'a library wrote to the console', { at: errorFacts(place).at });
    };
  }
  process.removeAllListeners('warning');
  process.on('warning', (warning: Error) => log('warn', 'Node warns', errorFacts(warning)));
  process.on('unhandledRejection', (error) => log('error', 'unhandled rejection', errorFacts(error)));
  process.on('uncaughtException', (error) => {
    log('error', 'uncaught exception: the process ends', errorFacts(error));
    exit(1);
  });
}
