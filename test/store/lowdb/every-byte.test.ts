import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { expect, it } from 'vitest';
import { StoreUnavailable } from '../../../src/store/port.ts';
import { row } from '../contract.ts';
import { createFakeDisk, type FakeDisk } from './fake-disk.ts';
import { FOLDER, openOn } from './opened.ts';

const LINES = 120;

/** After a clean stop: everything stands in its file, two pages of a long transcript among them, two rows in store.json. */
async function closed(): Promise<FakeDisk> {
  const disk = createFakeDisk();
  const store = await openOn(disk, { journalBytes: 16 << 10 });
  await store.commit({
    docs: [
      { key: 'conversation/a', version: 0, value: { text: 'Tere, külaline' } },
      { key: 'ticket/b', version: 0, value: 2 },
    ],
    lines: Array.from({ length: LINES }, (_, at) => ({ conversation: 'a', value: at })),
    outbox: { add: [row('r1', 't'), row('r2', 't')] },
  });
  await store.erase({});
  await store.commit({ docs: [{ key: 'ticket/c', version: 0, value: 3 }] });
  await store.close();
  return disk;
}

/** What a reader is told. */
async function lookInto(disk: FakeDisk, warn: (warning: string) => void): Promise<unknown> {
  const store = await openOn(disk, { journalBytes: 16 << 10, warn });
  try {
    const docs = await store.read(['conversation/a', 'ticket/b', 'ticket/c']);
    const lines = await store.lines('a', 0, 1e6);
    return { docs, lines, rows: await Array.fromAsync(store.outbox()) };
  } finally {
    await store.close();
  }
}

/** The bytes that are not a segment's zeros. */
function usedBytes(bytes: Buffer): number {
  let end = bytes.length;
  while (end > 0 && bytes[end - 1] === 0) end--;
  return end;
}

it.each([
  ['the outbox and the start of the journal', (path: string) => path === join(FOLDER, 'store.json')],
  ['a document', (path: string) => path.includes('/ticket/')],
  ['a transcript', (path: string) => /conversation\/..\/[0-9a-f]+\.json$/.test(path)],
  ['a page', (path: string) => path.endsWith('.0.json')],
  ['the journal', (path: string) => path.endsWith('.journal')],
])('%s: one bit wrong at any place is refused by the name of the file', { timeout: 60_000 }, async (_, isIt) => {
  const disk = await closed();
  const path = disk.paths().find(isIt)!;
  const whole = disk.file(path).bytes;
  const sound = await lookInto(disk.cut(), () => {});
  for (let at = 0; at < usedBytes(whole); at++) {
    const damaged = disk.cut();
    const bytes = Buffer.from(whole);
    bytes[at]! ^= 1 << (at % 8);
    damaged.file(path).bytes = bytes;
    const warnings: string[] = [];
    const told = lookInto(damaged, (warning) => warnings.push(warning));
    const error = await told.catch((reason: unknown) => reason);
    // The empty record of the stop: what is wrong with it is said, and nothing is missing.
    if (warnings.length > 0 && isDeepStrictEqual(error, sound)) continue;
    expect(error, `byte ${at} of ${whole.length}`).toBeInstanceOf(StoreUnavailable);
    expect((error as Error).message).toContain(path);
  }
});
