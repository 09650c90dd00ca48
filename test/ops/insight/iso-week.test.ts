import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isoWeeks } from '../../../src/ops/insight/iso-week.ts';

test('weeks of ISO 8601, in the given time zone', () => {
  const inTallinn = isoWeeks('Europe/Tallinn');
  for (const [time, week] of [
    ['2026-11-20T10:00:00Z', '2026-W47'],
    ['2026-01-01T10:00:00Z', '2026-W01'],
    ['2027-01-03T10:00:00Z', '2026-W53'],
    ['2024-12-30T10:00:00Z', '2025-W01'],
    // Monday has begun in Tallinn, not in Greenwich.
    ['2026-11-22T21:59:59Z', '2026-W47'],
    ['2026-11-22T22:00:00Z', '2026-W48'],
  ] as const) {
    expect(inTallinn(Date.parse(time)), time).toBe(week);
  }
  expect(isoWeeks('UTC')(Date.parse('2026-11-22T22:00:00Z'))).toBe('2026-W47');
});

test('seven days later it is the next one, and names sort as the weeks do', () => {
  const week = isoWeeks('UTC');
  const time = fc.integer({ min: Date.UTC(2000, 0), max: Date.UTC(2100, 0) });
  fc.assert(
    fc.property(time, (at) => {
      const [before, after] = [week(at), week(at + 7 * 24 * 3600_000)];
      expect(before < after).toBe(true);
      expect(after).toMatch(/^\d{4}-W(0[1-9]|[1-4]\d|5[0-3])$/);
    }),
  );
});
