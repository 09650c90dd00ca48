import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { openLowdbStore } from '../../../src/store/lowdb/index.ts';
import { temporaryFolder } from './opened.ts';

const ROUNDS = 10;

/** Lets a writer live for `ms` after its first commit, kills it, and returns what it had acknowledged of each conversation. */
async function killWriter(folder: string, ms: number): Promise<Map<string, number>> {
  const child = spawn(process.execPath, [join(import.meta.dirname, 'writing-child.ts'), folder], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let said = '';
  child.stdout.on('data', (data) => {
    said += data;
  });
  await once(child.stdout, 'data');
  await setTimeout(ms);
  child.kill('SIGKILL');
  await once(child, 'close');
  // The last line may be cut; a whole one was written after its commit had returned.
  const lines = said.slice(0, said.lastIndexOf('\n')).split('\n');
  return new Map(lines.map((line) => [line.split(' ')[0]!, Number(line.split(' ')[1])]));
}

it('finds every acknowledged commit after kill -9, however often', { timeout: 60_000 }, async () => {
  const folder = await temporaryFolder();
  let total = 0;
  for (let round = 0; round < ROUNDS; round++) {
    const acknowledged = await killWriter(folder, Math.random() * 120);
    const store = await openLowdbStore({ folder });
    for (const [conversation, n] of acknowledged) {
      const [doc] = await store.read([`conversation/${conversation}`]);
      expect(doc!.version).toBeGreaterThanOrEqual(n);
      expect(doc!.value).toMatchObject({ n: doc!.version });
      const lines = await store.lines(conversation, 0, 1e6);
      expect(lines.map(({ value }) => value)).toEqual(Array.from({ length: doc!.version }, (_, at) => at + 1));
      total += n;
    }
    await store.close();
  }
  expect(total).toBeGreaterThan(ROUNDS * 10);
  await rm(folder, { recursive: true });
});
