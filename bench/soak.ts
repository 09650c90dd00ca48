/**
 * `npm run soak`: ten minutes of mixed traffic on this machine, with mail servers that go away, a restart and a kill -9, and
 * then the question whether anything was lost. `-- --minutes N`, `-- --rate N` (messages a second) change the length; a run
 * of full length writes its table into docs/performance.md. Ends with 1 when something was lost or grows.
 */
import { parseArgs } from 'node:util';
import { writeBetween } from './lib/report.ts';
import { growth, tableOf } from './soak/report.ts';
import { runSoak } from './soak/run.ts';

const fullLength = 10;

const { values } = parseArgs({
  options: {
    minutes: { type: 'string', default: String(fullLength) },
    rate: { type: 'string', default: '200' },
  },
});
const [minutes, rate] = [Number(values.minutes), Number(values.rate)];
if (!(minutes >= 0.1 && minutes <= 1440 && rate >= 1 && rate <= 5000)) {
  console.error('Use: npm run soak -- --minutes N (0.1 to 1440) --rate N (1 to 5000)');
  process.exit(1);
}
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(1));
const say = (line: string) => console.log(line);
const outcome = await runSoak({ minutes, rate, say });
const table = tableOf(outcome);
const wrong = [...outcome.problems.lines(), ...growth(outcome)];
say(`\n${table}\n`);
for (const line of wrong) say(line);
say(wrong.length === 0 ? 'Nothing was lost.' : 'NOT AS PROMISED: see above.');
if (minutes >= fullLength) writeBetween('soak', table);
process.exit(wrong.length === 0 ? 0 : 1);
