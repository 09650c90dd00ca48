import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { loadBrowserModule } from './load.ts';

const { createSeen } = await loadBrowserModule('seen.js');

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function customer() {
  const told: string[] = [];
  const sight = { isInSight: true };
  const seen = createSeen({ isInSight: () => sight.isInSight, tell: (id: string) => told.push(id) });
  return { told, sight, seen };
}

test('what comes in sight is told once; what comes out of sight when it is looked at', () => {
  const { told, sight, seen } = customer();
  seen.came('a');
  seen.told('a', true);
  seen.look();
  expect(told).toEqual(['a']);
  sight.isInSight = false;
  seen.came('b');
  seen.came('c');
  expect(told).toEqual(['a']);
  sight.isInSight = true;
  seen.look();
  seen.look();
  seen.told('c', true);
  seen.look();
  expect(told, 'the last stands for all').toEqual(['a', 'c']);
});

test('what comes while one is being told is told next', () => {
  const { told, seen } = customer();
  for (const id of ['a', 'b', 'c']) seen.came(id);
  expect(told).toEqual(['a']);
  seen.told('a', true);
  expect(told).toEqual(['a', 'c']);
  seen.told('c', true);
  expect(told).toEqual(['a', 'c']);
});

test('what was not heard is told again, ever more seldom, and only while it is in sight', () => {
  const { told, sight, seen } = customer();
  seen.came('a');
  const times: number[] = [];
  const began = Date.now();
  for (let n = 1; n <= 7; n++) {
    seen.told('a', false);
    seen.look();
    expect(told).toHaveLength(n);
    while (told.length === n) vi.advanceTimersByTime(1000);
    times.push((Date.now() - began) / 1000);
  }
  expect(times).toEqual([2, 6, 14, 30, 60, 90, 120]);
  seen.told('a', false);
  sight.isInSight = false;
  vi.advanceTimersByTime(120_000);
  expect(told).toHaveLength(8);
  sight.isInSight = true;
  seen.look();
  seen.told('a', true);
  vi.advanceTimersByTime(120_000);
  expect(told).toHaveLength(9);
});
