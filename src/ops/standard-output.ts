/** Where the log goes: each line is written before the call returns, so that the last ones are there however the process ends. */
import { writeSync } from 'node:fs';
import type { DestinationStream } from 'pino';

/** For how long a reader that is behind is waited for, once; pino's own destination would wait 100 ms each time. */
const patienceMs = 200;

/**
 * A reader that is gone or hangs and a full disk cost lines, never the process: after `patienceMs` lines are dropped until one
 * can be written again.
 */
export function standardOutput(fd = 1): DestinationStream {
  const sleeper = new Int32Array(new SharedArrayBuffer(4));
  let isStuck = false;
  let isTorn = false;

  return {
    write(line) {
      const bytes = Buffer.from(isTorn ? `\n${line}` : line);
      let at = 0;
      for (let waited = 0; at < bytes.length; ) {
        try {
          at += writeSync(fd, bytes, at);
          isStuck = false;
        } catch (error) {
          const isFull = (error as NodeJS.ErrnoException).code === 'EAGAIN';
          if (!isFull || isStuck || waited >= patienceMs) {
            isStuck = isFull;
            break;
          }
          Atomics.wait(sleeper, 0, 0, 1);
          waited += 1;
        }
      }
      isTorn = at > 0 ? at < bytes.length : isTorn;
    },
  };
}
