import { describe, expect, it } from 'vitest';
import { addDays, daysBetween, isoDate, weekday } from '../../../src/language/values/iso-date.ts';

describe('isoDate', () => {
  it('knows which days exist', () => {
    expect(isoDate(2026, 2, 28)).toBe('2026-02-28');
    expect(isoDate(2028, 2, 29)).toBe('2028-02-29');
    for (const [year, month, day] of [
      [2026, 2, 29],
      [2026, 4, 31],
      [2026, 13, 1],
      [2026, 0, 1],
      [2026, 1, 0],
      [1899, 1, 1],
      [2200, 1, 1],
    ] as const) {
      expect(isoDate(year, month, day)).toBeUndefined();
    }
  });
});

describe('days', () => {
  it('are counted over clock changes and ends of years', () => {
    expect(addDays('2026-03-28', 2)).toBe('2026-03-30');
    expect(addDays('2027-01-01', -1)).toBe('2026-12-31');
    expect(daysBetween('2026-10-24', '2026-10-26')).toBe(2);
    expect(daysBetween('2026-10-26', '2026-10-24')).toBe(-2);
  });

  it('have weekdays from 1, Monday, to 7', () => {
    expect([weekday('2026-11-23'), weekday('2026-11-27'), weekday('2026-11-29')]).toEqual([1, 5, 7]);
  });

  it('refuse another way of writing', () => {
    for (const date of ['20.11.2026', '', '2026-13-01', '2026-11-20T00:00:00Z']) {
      expect(() => weekday(date)).toThrow('a date must be written YYYY-MM-DD');
    }
  });
});
