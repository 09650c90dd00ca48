import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { listRows, retryParked } from '../../src/ops/outbox-desk.ts';
import { openLowdbStore } from '../../src/store/lowdb/index.ts';
import type { OutboxRow, Store } from '../../src/store/port.ts';
import { row } from '../store/contract.ts';

let folder: string;
let store: Store;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'cps-outbox-desk-'));
  store = await openLowdbStore({ folder });
  const add: OutboxRow[] = [
    { ...row('mail:a', 'a'), state: 'parked', reason: 'EENVELOPE 550', attempts: 1, payload: { to: 'me@example.com' } },
    { ...row('mail:b', 'b'), state: 'parked', reason: 'EENVELOPE 550', attempts: 3 },
    { ...row('reply:c', 'c'), state: 'uncertain', reason: '502', attempts: 1 },
  ];
  await store.commit({ outbox: { add } });
});
afterEach(async () => {
  await store.close();
  await rm(folder, { recursive: true, force: true });
});

test('rows are listed by number and reason, without words and addresses', async () => {
  const lines: string[] = [];
  for await (const line of listRows(store)) lines.push(line);
  expect(lines).toEqual([
    'mail:a\tparked\t1\tEENVELOPE 550',
    'mail:b\tparked\t3\tEENVELOPE 550',
    'reply:c\tuncertain\t1\t502',
  ]);
});

test('one parked row, or all, wait again; what may have arrived does not', async () => {
  expect(await store.claim(5000, 9, 1000)).toEqual([]);
  expect(await retryParked('mail:b', 5000, store)).toBe(1);
  expect(await store.claim(5000, 9, 1000)).toMatchObject([{ id: 'mail:b', attempts: 0 }]);
  expect(await retryParked('all', 5000, store)).toBe(1);
  expect(await retryParked('all', 5000, store)).toBe(0);
  expect(await retryParked('reply:c', 5000, store)).toBe(0);
  expect((await store.claim(5000, 9, 1000)).map(({ id }) => id)).toEqual(['mail:a']);
});
