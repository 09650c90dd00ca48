/** One measured window, and what several of them come to. */
import { type Connection, openConnection } from './connection.ts';
import type { ServerProcess } from './server-process.ts';

/** Says one thing and checks the answer. @throws Error for a wrong answer */
export type Say = (connection: Connection) => Promise<void>;

export interface Window {
  turnsPerSecond: number;
  /** Milliseconds of each turn. */
  times: number[];
  /** Processor time for a turn, milliseconds; not a number where it is not known. */
  cpu: number;
}

export interface Length {
  /** Milliseconds; what is answered in the first part is not counted. */
  warmUp: number;
  measured: number;
}

/**
 * @param customers one for each connection, each with one turn in flight; the connections go to the ports in turn
 * @param cpu the servers' processor time so far
 */
export async function measureWindow(
  { ports, cpu }: Pick<ServerProcess, 'ports' | 'cpu'>,
  customers: Say[],
  { warmUp, measured }: Length,
): Promise<Window> {
  const connections = await Promise.all(customers.map((_, at) => openConnection(ports[at % ports.length]!)));
  const from = performance.now() + warmUp;
  const until = from + measured;
  const times: number[] = [];
  let turns = 0;
  let before = { cpu: cpu(), turns };
  setTimeout(() => {
    before = { cpu: cpu(), turns };
  }, warmUp);
  await Promise.all(
    customers.map(async (say, at) => {
      for (let now = performance.now(); now < until; ) {
        const began = now;
        await say(connections[at]!);
        now = performance.now();
        turns++;
        if (began >= from && now <= until) times.push(now - began);
      }
    }),
  );
  const used = ((cpu() ?? Number.NaN) - (before.cpu ?? Number.NaN)) / (turns - before.turns);
  for (const connection of connections) connection.close();
  return { turnsPerSecond: (times.length / measured) * 1000, times, cpu: used };
}

/** @param share 0.5 for the median */
export function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}

export const median = (values: readonly number[]): number => {
  const sorted = [...values].sort((a, b) => a - b);
  const half = sorted.length >> 1;
  return sorted.length % 2 ? sorted[half]! : (sorted[half - 1]! + sorted[half]!) / 2;
};
