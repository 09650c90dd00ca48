/** Measures all scenarios in turns, several rounds, so that what the machine does otherwise meets all of them alike. */
import type { Scenario } from '../scenarios.ts';
import { type Length, measureWindow, median, quantile, type Window } from './measure.ts';
import type { ServerProcess } from './server-process.ts';

export interface Row {
  name: string;
  what: string;
  concurrency: number;
  stored?: number;
  turnsPerSecond: number;
  p50ms: number;
  p99ms: number;
  /** Microseconds of processor time that the server's process takes for a turn, all threads. */
  cpuMicros?: number;
  /** How many windows these are the medians of. */
  runs: number;
  /** Turns per second of each window. */
  windows: number[];
}

export async function measureRounds(
  scenarios: readonly Scenario[],
  running: ReadonlyMap<string, ServerProcess>,
  { rounds, length, say }: { rounds: number; length: Length; say: (line: string) => void },
): Promise<Row[]> {
  const places = scenarios.flatMap((scenario) =>
    scenario.concurrency.map((concurrency) => ({ scenario, concurrency, windows: [] as Window[] })),
  );
  for (let round = 1; round <= rounds; round++) {
    for (const { scenario, concurrency, windows } of places) {
      const server = running.get(scenario.server)!;
      const customers = Array.from({ length: concurrency }, (_, at) => scenario.customer({ at, of: concurrency }));
      server.run();
      const window = await measureWindow(server, customers, length);
      server.hold();
      windows.push(window);
      say(
        `round ${round}  c${concurrency}  ${scenario.what}: ${Math.round(window.turnsPerSecond)} turns/s, ${Math.round(window.cpu * 1000)} us`,
      );
    }
  }
  return places.map(({ scenario: { name, what, stored }, concurrency, windows }) => ({
    name,
    what,
    concurrency,
    ...(stored === undefined ? {} : { stored }),
    turnsPerSecond: Math.round(median(windows.map((window) => window.turnsPerSecond))),
    p50ms: rounded(median(windows.map(({ times }) => quantile(times, 0.5)))),
    p99ms: rounded(median(windows.map(({ times }) => quantile(times, 0.99)))),
    ...(Number.isNaN(windows[0]?.cpu) ? {} : { cpuMicros: Math.round(median(windows.map(({ cpu }) => cpu)) * 1000) }),
    runs: rounds,
    windows: windows.map((window) => Math.round(window.turnsPerSecond)),
  }));
}

export const rounded = (value: number, digits = 3) => Number(value.toFixed(digits));
