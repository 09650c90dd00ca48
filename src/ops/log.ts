import { StoreUnavailable } from '../store/port.ts';

export type Level = 'error' | 'warn' | 'info' | 'debug';
/** Never message texts, tokens, secrets, names or addresses of customers. */
export type Facts = Readonly<Record<string, string | number | boolean | undefined>>;
/** @param event what happened, a short sentence without values: lines of one kind can be counted by it */
export type Log = (level: Level, event: string, facts?: Facts) => void;

const levels: Level[] = ['error', 'warn', 'info', 'debug'];

/** One JSON object per line. `level` is the quietest that is written. */
export function createLog({
  level,
  write,
  now,
}: {
  level: Level;
  write: (line: string) => void;
  now: () => number;
}): Log {
  const loudest = levels.indexOf(level);
  return (as, event, facts) => {
    if (levels.indexOf(as) > loudest) return;
    write(`${JSON.stringify({ time: new Date(now()).toISOString(), level: as, event, ...facts })}\n`);
  };
}

/** What may be logged of an error: its kind and where it arose. Its message may repeat what a customer wrote. */
export function errorFacts(error: unknown): Facts {
  if (!(error instanceof Error)) return { error: typeof error };
  const { code } = error as NodeJS.ErrnoException;
  return {
    error: error.name,
    code: code === undefined ? undefined : String(code),
    ...(error instanceof StoreUnavailable ? { reason: error.message } : {}),
    at: framesOf(error),
  };
}

/** The stack begins with the message, which may hold lines that look like frames. */
function framesOf({ stack = '', message }: Error): string | undefined {
  const start = stack.indexOf(message);
  if (start < 0) return undefined;
  const frames = stack
    .slice(start + message.length)
    .split('\n')
    .filter((line) => /^\s+at /.test(line));
  return frames
    .slice(0, 4)
    .map((line) => line.trim())
    .join(' | ');
}
