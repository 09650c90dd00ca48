import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { startDaily } from '../../src/ops/daily.ts';
import type { Facts } from '../../src/ops/log.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

test('soon after the start, then every day, one at a time; a failure is logged and does not end it', async () => {
  const said: [string, string, Facts | undefined][] = [];
  let runs = 0;
  const daily = startDaily({
    name: 'erased',
    log: (level, event, facts) => said.push([level, event, facts]),
    async work() {
      runs += 1;
      if (runs === 2) throw new Error('the disk of Mari Maasikas is full');
      return { conversations: runs };
    },
  });
  await vi.advanceTimersByTimeAsync(5000);
  expect(said).toEqual([['info', 'daily work is done', { work: 'erased', conversations: 1 }]]);
  await vi.advanceTimersByTimeAsync(24 * 3600_000);
  expect(said[1]).toMatchObject(['error', 'daily work failed', { work: 'erased', error: 'Error' }]);
  expect(JSON.stringify(said)).not.toContain('Mari');
  await vi.advanceTimersByTimeAsync(24 * 3600_000);
  expect(said[2]).toEqual(['info', 'daily work is done', { work: 'erased', conversations: 3 }]);
  daily.stop();
  await vi.advanceTimersByTimeAsync(3 * 24 * 3600_000);
  expect(runs).toBe(3);
});

test('work that takes longer than a day is not begun twice', async () => {
  let begun = 0;
  const daily = startDaily({
    name: 'erased',
    log: () => {},
    work() {
      begun += 1;
      return new Promise(() => {});
    },
  });
  await vi.advanceTimersByTimeAsync(3 * 24 * 3600_000);
  expect(begun).toBe(1);
  daily.stop();
});
