/** The benchmark's short form: every server that is measured answers rightly. No time is looked at. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { hasPostgres } from '../../bench/postgres.ts';
import { scenarios, servers } from '../../bench/scenarios.ts';

let said = '';
let code: number;
beforeAll(async () => {
  const child = spawn(process.execPath, ['bench/index.ts', '--short'], { cwd: join(import.meta.dirname, '../..') });
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (said += chunk));
  [code] = (await once(child, 'close')) as [number];
}, 300_000);

test('ends well', () => {
  expect(code, said).toBe(0);
});

test.each(Object.keys(servers))('%s', (name) => {
  const lines = said.split('\n').filter((line) => line.includes(` ${name}: `));
  const all = scenarios.filter(({ server }) => server === name);
  if (all.length === 0) {
    expect(hasPostgres).toBe(false);
    expect(lines).toEqual([expect.stringMatching(/^left out .* no PostgreSQL here \(.*apt-get install postgresql\)$/)]);
  } else if (all.every(({ stored = 0 }) => stored > 100)) {
    expect(lines).toEqual([expect.stringMatching(/^left out .* more conversations stored$/)]);
  } else {
    for (const { what } of all) expect(lines).toContain(`right  ${name}: ${what}`);
  }
});
