/** Carries work out soon after the start and then once a day; one at a time, and a failure does not end the next day's. */
import { errorFacts, type Facts, type Log } from './log.ts';

const dayMs = 24 * 3600_000;
/** A start has more urgent things to do. */
const firstAfterMs = 5000;

export interface Daily {
  /** What is under way is left to itself: it must bear to be cut off. */
  stop(): void;
}

/**
 * @param name a word for the log
 * @param work gives the counts to be logged
 */
export function startDaily({
  name,
  work,
  log,
  firstAfter = firstAfterMs,
  every = dayMs,
}: {
  name: string;
  work: () => Promise<Facts>;
  log: Log;
  firstAfter?: number;
  every?: number;
}): Daily {
  let isRunning = false;
  async function run(): Promise<void> {
    if (isRunning) return;
    isRunning = true;
    try {
      log('info', 'daily work is done', { work: name, ...(await work()) });
    } catch (error) {
      log('error', 'daily work failed', { work: name, ...errorFacts(error) });
    }
    isRunning = false;
  }
  const first = setTimeout(run, firstAfter).unref();
  const timer = setInterval(run, every).unref();
  return {
    stop() {
      clearTimeout(first);
      clearInterval(timer);
    },
  };
}
