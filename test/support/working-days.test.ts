import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { promisify } from 'node:util';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { countryCodes } from '../../src/language/values/countries.ts';
import { addDays, daysBetween, weekday } from '../../src/language/values/iso-date.ts';
import { addWorkingDays, dueDate, isWorkingDay, latestDueDate, overdueFrom } from '../../src/support/working-days.ts';

const vectorsUrl = new URL('../../docs/domain/vectors.json', import.meta.url);
const vectors: { applied: string; expected: Record<string, string> }[] = JSON.parse(readFileSync(vectorsUrl, 'utf8'));
const day = fc.integer({ min: 0, max: 4000 }).map((days) => addDays('2023-01-01', days));
const country = fc.constantFrom(undefined, ...countryCodes);

describe('the second working day after the application (table G)', () => {
  it('has every row and column of the table', () => {
    expect(vectors).toHaveLength(18);
    for (const { expected } of vectors) {
      expect(Object.keys(expected)).toEqual(['none', 'EE', 'LV', 'LT', 'FI', 'NL', 'LV+NL']);
    }
  });

  const cells = vectors.flatMap(({ applied, expected }) =>
    Object.entries(expected).map(([calendar, due]) => ({ applied, calendar, due })),
  );
  it.each(cells)('$applied, $calendar: $due', ({ applied, calendar, due }) => {
    const country = calendar === 'none' ? undefined : calendar;
    expect(calendar === 'LV+NL' ? latestDueDate(applied, 'LV') : dueDate(applied, country)).toBe(due);
  });

  it('is a working day, at least one day later, with exactly one working day between', () => {
    fc.assert(
      fc.property(day, country, (applied, country) => {
        const due = dueDate(applied, country);
        expect(isWorkingDay(due, country)).toBe(true);
        const length = daysBetween(applied, due);
        expect(length).toBeGreaterThanOrEqual(2);
        const between = Array.from({ length: length - 1 }, (_, at) => addDays(applied, at + 1));
        expect(between.filter((date) => isWorkingDay(date, country))).toHaveLength(1);
      }),
    );
  });

  it('never comes earlier for a later application, nor earlier with holidays than without', () => {
    fc.assert(
      fc.property(day, fc.integer({ min: 0, max: 20 }), country, (applied, later, country) => {
        expect(dueDate(addDays(applied, later), country) >= dueDate(applied, country)).toBe(true);
        expect(dueDate(applied, country) >= dueDate(applied)).toBe(true);
      }),
    );
  });

  it('adds working days one after the other', () => {
    fc.assert(
      fc.property(
        day,
        fc.integer({ min: 1, max: 10 }),
        fc.integer({ min: 1, max: 10 }),
        country,
        (date, a, b, country) => {
          expect(addWorkingDays(addWorkingDays(date, a, country), b, country)).toBe(
            addWorkingDays(date, a + b, country),
          );
        },
      ),
    );
  });

  it('refuses what is no date', () => {
    expect(() => dueDate('20.11.2026', 'EE')).toThrow('YYYY-MM-DD');
  });
});

describe('overdueFrom', () => {
  it.each([
    ['2026-11-20', 'EE', '2026-11-25'],
    ['2026-11-17', 'LV', '2026-11-23'],
    ['2027-04-26', 'LV', '2027-04-30'],
    // the day after the due dates is a holiday in one of the two countries
    ['2027-04-22', 'EE', '2027-04-28'],
    ['2026-12-22', 'EE', '2026-12-29'],
    ['2026-12-23', undefined, '2026-12-29'],
  ])('applied %s, %s: %s', (applied, country, day) => {
    expect(overdueFrom(applied, country)).toBe(day);
  });

  it('comes after both due dates, on a day on which both countries work', () => {
    fc.assert(
      fc.property(day, country, (applied, country) => {
        const overdue = overdueFrom(applied, country);
        expect(overdue > dueDate(applied, country) && overdue > dueDate(applied, 'NL')).toBe(true);
        expect(isWorkingDay(overdue, country) && isWorkingDay(overdue, 'NL')).toBe(true);
      }),
    );
  });
});

describe('isWorkingDay', () => {
  it('has Midsummer Eve and 24 December off in FI and SE, New Year’s Eve not', () => {
    for (let year = 2024; year <= 2032; year++) {
      const eve = [19, 20, 21, 22, 23, 24, 25].map((date) => `${year}-06-${date}`).find((date) => weekday(date) === 5)!;
      for (const country of ['FI', 'SE']) {
        expect([country, eve, isWorkingDay(eve, country)]).toEqual([country, eve, false]);
        expect(isWorkingDay(`${year}-12-24`, country)).toBe(false);
      }
    }
    expect(isWorkingDay('2026-12-31', 'FI')).toBe(true);
    expect(isWorkingDay('2026-12-31', 'SE')).toBe(true);
    expect(isWorkingDay('2026-06-19', 'EE')).toBe(true);
    expect(isWorkingDay('2026-12-24', 'NL')).toBe(true);
  });

  it('knows substitutes, and that shortened days and bank holidays are worked', () => {
    expect(isWorkingDay('2024-05-06', 'LV')).toBe(false);
    expect(isWorkingDay('2026-12-28', 'GB')).toBe(false);
    expect(isWorkingDay('2026-02-23', 'EE')).toBe(true);
    expect(isWorkingDay('2026-12-31', 'NL')).toBe(true);
    expect(isWorkingDay('2025-05-02', 'PL')).toBe(true);
  });

  it('counts every day of a holiday that lasts longer', () => {
    for (const date of ['2026-01-02', '2026-01-05', '2026-01-06', '2026-01-07', '2026-01-08']) {
      expect([date, isWorkingDay(date, 'RU')]).toEqual([date, false]);
    }
    expect(isWorkingDay('2026-01-09', 'RU')).toBe(true);
  });

  it('has only weekends off in a country that the library does not know', () => {
    expect(isWorkingDay('2026-12-25', 'XX')).toBe(true);
    expect(isWorkingDay('2026-12-26', 'XX')).toBe(false);
  });
});

describe('the time zone of the process', () => {
  it('changes nothing', async () => {
    const module = new URL('../../src/support/working-days.ts', import.meta.url).href;
    const script = `
      import { readFileSync } from 'node:fs';
      import { dueDate, overdueFrom } from '${module}';
      const vectors = JSON.parse(readFileSync(new URL('${vectorsUrl.href}'), 'utf8'));
      const countries = ['EE', 'LV', 'LT', 'FI', 'NL', 'RU'];
      console.log(JSON.stringify(vectors.map(({ applied }) => countries.map((c) => [dueDate(applied, c), overdueFrom(applied, c)]))));`;
    const run = async (TZ: string) => {
      const args = ['--input-type=module', '--eval', script];
      const { stdout } = await promisify(execFile)(process.execPath, args, { env: { ...process.env, TZ } });
      return stdout.trim();
    };
    const here = JSON.stringify(
      vectors.map(({ applied }) =>
        ['EE', 'LV', 'LT', 'FI', 'NL', 'RU'].map((c) => [dueDate(applied, c), overdueFrom(applied, c)]),
      ),
    );
    for (const zone of ['Europe/Tallinn', 'Pacific/Kiritimati', 'Pacific/Pago_Pago']) {
      expect([zone, await run(zone)]).toEqual([zone, here]);
    }
  });
});
