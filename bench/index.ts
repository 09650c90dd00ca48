/**
 * `npm run bench`: our bot beside what others offer, in one run.
 * `-- --short` checks only that all servers answer rightly; `-- --only NAME` (also several) measures a part and writes nothing;
 * `-- --rounds N`, `-- --seconds N` change the length.
 */
import { rm } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { measureDirectLine } from './direct-line.ts';
import { ratiosOf } from './lib/ratios.ts';
import { machine, type Results, tableOf, writeResults } from './lib/report.ts';
import { measureRounds } from './lib/rounds.ts';
import { type ServerProcess, scratch, startServer } from './lib/server-process.ts';
import { scenarios, servers } from './scenarios.ts';
import { checkAll } from './short.ts';
import { measureOpen, measureStart, widgetBytes } from './start-up.ts';
import { makeStored } from './stored.ts';

const { values } = parseArgs({
  options: {
    short: { type: 'boolean', default: false },
    only: { type: 'string', multiple: true, default: [] },
    rounds: { type: 'string', default: '7' },
    seconds: { type: 'string', default: '2' },
  },
});
const isWanted = (name: string) => values.only.length === 0 || values.only.some((part) => name.includes(part));
const say = (line: string) => console.log(line);

/** Before its first window a server gets this long to become warm, milliseconds. */
const firstWarmUp = 4000;
/** Before each window: also what was left to do in the background is done then. */
const warmUp = 1000;

async function turns() {
  const wanted = scenarios.filter(({ name, server }) => isWanted(name) || isWanted(server));
  const running = new Map<string, ServerProcess>();
  for (const name of new Set(wanted.map((scenario) => scenario.server))) {
    say(`starting ${name}`);
    const server = await startServer(await servers[name]!());
    server.hold();
    running.set(name, server);
  }
  const each = wanted.map((scenario) => ({ ...scenario, concurrency: [16] }));
  await measureRounds(each, running, { rounds: 1, length: { warmUp: 0, measured: firstWarmUp }, say: () => {} });
  const measured = Number(values.seconds) * 1000;
  const rows = await measureRounds(wanted, running, {
    rounds: Number(values.rounds),
    length: { warmUp, measured },
    say,
  });
  const memory = running.get('ours-100k')?.memory();
  if (memory) say(`our process after its turns on 100,000 stored: ${memory} MB`);
  for (const server of running.values()) await server.stop();
  return rows;
}

async function measure(): Promise<void> {
  const results: Results = {
    machine: machine(),
    node: process.version,
    date: new Date().toISOString(),
    rows: [],
    ratios: {},
  };
  if (isWanted('open')) {
    const dataDir = await makeStored('open-100k', 100_000, { inJournal: true });
    const { openMs, memory } = await measureOpen(dataDir);
    Object.assign(results, { open100kMs: openMs, rss100kMB: memory });
    await rm(dataDir, { recursive: true });
  }
  if (isWanted('start')) results.startupMs = await measureStart(await makeStored('start', 0), 7);
  results.rows = await turns();
  results.ratios = ratiosOf(results.rows);
  if (isWanted('direct-line') || isWanted('widget')) {
    const server = await startServer(await servers['ours-100']!());
    results.widgetGzipBytes = await widgetBytes(server.port);
    results.directLine = await measureDirectLine(server.port, { conversations: 1000, messages: 3000, every: 5 });
    await server.stop();
  }
  say(`\n${tableOf(results)}\n`);
  if (values.only.length === 0) writeResults(results);
}

await (values.short ? checkAll(say) : measure());
await rm(scratch, { recursive: true, force: true });
process.exit(0);
