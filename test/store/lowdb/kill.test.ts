import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { openLowdbStore } from '../../../src/store/lowdb/index.ts';
import { temporaryFolder } from './opened.ts';

const ROUNDS = 10;

/** Kills a writer once it has acknowledged so many commits, and returns how many of each conversation. */
async function killWriter(folder: string, commits: number): Promise<Map<string, number>> {
  const child = spawn(process.execPath, [join(import.meta.dirname, 'writing-child.ts'), folder], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let said = '';
  child.stdout.on('data', (data) => {
    said += data;
    if (said.split('\n').length > commits) child.kill('SIGKILL');
  });
  expect(await once(child, 'close'), 'it did not end by itself').toEqual([null, 'SIGKILL']);
  // The last line may be cut; a whole one was written after its commit had returned.
  const lines = said.slice(0, said.lastIndexOf('\n')).split('\n');
  return new Map(lines.map((line) => [line.split(' ')[0]!, Number(line.split(' ')[1])]));
}

it('finds every acknowledged commit after kill -9, however often', { timeout: 120_000 }, async () => {
  const folder = await temporaryFolder();
  for (let round = 0; round < ROUNDS; round++) {
    const acknowledged = await killWriter(folder, 1 + Math.random() * 400);
    const store = await openLowdbStore({ folder });
    for (const [conversation, n] of acknowledged) {
      const [doc] = await store.read([`conversation/${conversation}`]);
      expect(doc!.version).toBeGreaterThanOrEqual(n);
      expect(doc!.value).toMatchObject({ n: doc!.version });
      const lines = await store.lines(conversation, 0, 1e6);
      expect(lines.map(({ value }) => value)).toEqual(Array.from({ length: doc!.version }, (_, at) => at + 1));
    }
    await store.close();
  }
  await rm(folder, { recursive: true });
});
