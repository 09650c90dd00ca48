/** The last lines are there however the process ends, and nobody who reads them badly can stop it. */
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { openSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { standardOutput } from '../../src/ops/standard-output.ts';

const root = join(import.meta.dirname, '../..');
const lines = 5000;
/** Once process.stdout was touched a full pipe refuses writes instead of holding them up. */
const program = (end: string) => `
  import { createLog } from ${JSON.stringify(join(root, 'src/ops/log.ts'))};
  import { standardOutput } from ${JSON.stringify(join(root, 'src/ops/standard-output.ts'))};
  void process.stdout;
  const log = createLog({ level: 'info', to: standardOutput(), now: Date.now });
  for (let status = 0; status < ${lines}; status++) log('info', 'line', { status });
  ${end}`;
const words = (end: string) => ['--input-type=module-typescript', '-e', program(end)];

// A reader who is late by a fifth of a second costs lines, as it is meant; on a busy machine even this one may be.
describe('each line is out before the process ends', { retry: 5 }, () => {
  it.each([
    ['by itself', ''],
    ['at once', 'process.exit(3);'],
    ['by an exception', `throw new Error('x');`],
    ['by kill -9', `process.kill(process.pid, 'SIGKILL');`],
  ])('when it ends %s', (_, end) => {
    const { stdout } = spawnSync(process.execPath, words(end), { encoding: 'utf8' });
    const read = stdout.trim().split('\n');
    expect(read).toHaveLength(lines);
    expect(JSON.parse(read.at(-1)!)).toMatchObject({ event: 'line', status: lines - 1 });
  });
});

describe('the process goes on', () => {
  function start(end: string) {
    const child = spawn(process.execPath, words(end), { stdio: ['ignore', 'pipe', 'pipe'] });
    onTestFinished(() => void child.kill('SIGKILL'));
    return child;
  }

  it('when nobody reads any more', async () => {
    const child = start(`setTimeout(() => { log('info', 'line'); process.exit(7); }, 200);`);
    child.stdout.destroy();
    expect(await once(child, 'exit')).toEqual([7, null]);
  });

  it('when the reader hangs; it gets whole lines again later, the last of them included', async () => {
    const child = start(`process.stderr.write('written'); setInterval(() => log('info', 'line', { status: -1 }), 20);`);
    await once(child.stderr, 'data');
    let said = '';
    child.stdout.on('data', (chunk: Buffer) => (said += chunk));
    await expect.poll(() => said).toMatch(/"status":-1.*\n/);
    child.kill('SIGKILL');
    await once(child, 'close');
    const read = said.trim().split('\n');
    // Where room ran out in the middle of a line, that one is cut; the next one begins anew.
    const whole = read.filter((line) => line.endsWith('}'));
    expect(whole.length).toBeGreaterThanOrEqual(read.length - 1);
    expect(whole.length).toBeLessThan(lines);
    expect(JSON.parse(whole.at(-1)!)).toMatchObject({ status: -1 });
  });

  it.skipIf(process.platform !== 'linux')('when the disk is full', () => {
    const { write } = standardOutput(openSync('/dev/full', 'w'));
    for (let i = 0; i < 1000; i++) write('line\n');
  });
});
