/** `npm run flows`: draws every flow into docs/flows/, counts its routes, and lists what leads nowhere. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { entries, routesOf } from '../src/flow/flow-paths.ts';
import { flowNames } from '../src/flow/flow-table.ts';
import { loadTexts } from '../src/language/texts.ts';
import { testWorld } from '../test/helpers/world.ts';
import { drawFlow, drawingName } from './lib/draw-flow.ts';
import { faultsOf } from './lib/flow-graph.ts';
import { walkFaults } from './lib/walk-faults.ts';

const folder = join(import.meta.dirname, '../docs/flows');
const texts = loadTexts();
mkdirSync(folder, { recursive: true });

let wrong = 0;
for (const flow of flowNames) {
  writeFileSync(join(folder, drawingName(flow)), drawFlow(flow, texts));
  const ends = { end: 0, jump: 0, loop: 0 };
  for (const start of entries(flow)) for (const route of routesOf(flow, start, testWorld())) ends[route.ends]++;
  const { deadEnds, endless, unreached } = faultsOf(flow);
  const walked = walkFaults(flow);
  const list = (names: readonly string[]) => (names.length ? names.join(', ') : 'none');
  console.log(`${flow}  (docs/flows/${drawingName(flow)})
  routes: ${ends.end + ends.jump + ends.loop}, of which ${ends.end} end, ${ends.jump} go on in another flow, ${ends.loop} come back to a question
  dead ends: ${list([...deadEnds, ...walked.deadEnds])}
  loops without a way out: ${list(endless)}
  never reached: ${list([...new Set([...unreached, ...walked.unreached])])}`);
  wrong += deadEnds.length + walked.deadEnds.length + endless.length;
}
if (wrong > 0) {
  console.error(
    `\n${wrong} dead ends or endless loops: give each a target in dialogs/ that leads to an end or into another flow.`,
  );
  process.exitCode = 1;
}
