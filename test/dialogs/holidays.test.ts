import { expect, test } from 'vitest';
import { read } from '../../scripts/lib/domain.ts';
import { addDays, weekday } from '../../src/language/values/iso-date.ts';
import { isWorkingDay } from '../../src/support/working-days.ts';

const { from, until, daysOff } = read<{ from: string; until: string; daysOff: Record<string, string[]> }>(
  'holidays.json',
);

test.each(Object.entries(daysOff))('the days off of %s are those of docs/domain/holidays.json', (country, expected) => {
  const found: string[] = [];
  for (let day = from; day <= until; day = addDays(day, 1)) {
    if (weekday(day) <= 5 && !isWorkingDay(day, country)) found.push(day);
  }
  expect(found).toEqual(expected);
});
