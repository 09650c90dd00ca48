import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  defaultTimeZone,
  formatDate,
  formatNumber,
  judgeDate,
  localToday,
  parseDate,
} from '../../../src/language/values/dates.ts';
import { addDays, daysBetween, weekday } from '../../../src/language/values/iso-date.ts';

interface Case {
  text: string;
  language: string;
  date?: string;
  kind?: string;
}

const { today, cases }: { today: string; cases: Case[] } = JSON.parse(
  readFileSync(new URL('../../../docs/domain/date-inputs.json', import.meta.url), 'utf8'),
);
const languages = ['et', 'lv', 'en', 'lt', 'ru', 'fi', 'sv', 'de', 'fr', 'pl'];
const language = fc.constantFrom(...languages);
const day = fc.integer({ min: 0, max: 36_500 }).map((days) => addDays('2000-01-01', days));

describe('parseDate', () => {
  it.each(cases)('$language: "$text"', ({ text, language, date, kind }) => {
    expect(parseDate(text, language, today)).toEqual(date === undefined ? { kind } : { kind: 'date', date });
  });

  it('reads back every date as the bot itself writes it, with the year', () => {
    fc.assert(
      fc.property(day, day, language, (date, today, language) => {
        expect(parseDate(formatDate(date, language), language, today)).toEqual({ kind: 'date', date });
      }),
    );
  });

  it('takes the latest such day where the year is missing', () => {
    fc.assert(
      fc.property(day, fc.integer({ min: 0, max: 364 }), language, (today, back, language) => {
        const date = addDays(today, -back);
        if (date.endsWith('-02-29') || daysBetween(date, today) > 364) return;
        const [, month, number] = date.split('-').map(Number);
        expect(parseDate(`${number}.${month}.`, language, today)).toEqual({ kind: 'date', date });
      }),
    );
  });

  it('takes a weekday as one of the last seven days, today included unless "last" is said', () => {
    const names = ['esmaspäeval', 'teisipäeval', 'kolmapäeval', 'neljapäeval', 'reedel', 'laupäeval', 'pühapäeval'];
    fc.assert(
      fc.property(day, fc.integer({ min: 1, max: 7 }), fc.boolean(), (today, number, last) => {
        const result = parseDate(`${last ? 'eelmisel ' : ''}${names[number - 1]}`, 'et', today);
        const date = result.kind === 'date' ? result.date : '';
        expect(weekday(date)).toBe(number);
        const back = daysBetween(date, today);
        expect(back).toBeGreaterThanOrEqual(last ? 1 : 0);
        expect(back).toBeLessThanOrEqual(last ? 7 : 6);
      }),
    );
  });

  it('counts back over the ends of months, years and February', () => {
    expect(parseDate('3 days ago', 'en', '2027-01-02')).toEqual({ kind: 'date', date: '2026-12-30' });
    expect(parseDate('eile', 'et', '2028-03-01')).toEqual({ kind: 'date', date: '2028-02-29' });
    expect(parseDate('31.', 'et', '2026-11-25')).toEqual({ kind: 'date', date: '2026-10-31' });
    expect(parseDate('24.12.', 'et', '2027-01-04')).toEqual({ kind: 'date', date: '2026-12-24' });
  });

  it('tells Friday of last week from last Friday on a Sunday', () => {
    expect(parseDate('last Friday', 'en', '2026-11-22')).toEqual({ kind: 'date', date: '2026-11-20' });
    expect(parseDate('Friday last week', 'en', '2026-11-22')).toEqual({ kind: 'date', date: '2026-11-13' });
  });

  it('never throws, and gives existing days only', () => {
    const piece = fc.constantFrom(
      '5',
      '31',
      '2026',
      '2',
      '.',
      '/',
      '-',
      ' ',
      'nov',
      'mai',
      'reedel',
      'tagasi',
      'päeva',
      'eile',
      ':',
    );
    const text = fc.oneof(
      fc.string({ unit: 'grapheme' }),
      fc.array(piece).map((all) => all.join('')),
    );
    fc.assert(
      fc.property(text, language, (text, language) => {
        const result = parseDate(text, language, today);
        if (result.kind === 'date') expect(addDays(result.date, 0)).toBe(result.date);
      }),
    );
  });

  it.each(['5.', '5 ', 'may ', '5 may', '1:', 'on ', ' ', '20.11. ', 'friday ', '2026 g. '])(
    'reads 20,000 signs of "%s" at once',
    (piece) => {
      const text = piece.repeat(Math.ceil(20_000 / piece.length));
      parseDate(text.slice(0, 50), 'lv', today);
      const start = process.cpuUsage();
      parseDate(text, 'lv', today);
      expect(process.cpuUsage(start).user / 1000).toBeLessThan(150);
    },
  );
});

describe('judgeDate', () => {
  it.each([
    ['2026-11-25', 'ok'],
    ['2026-11-26', 'future'],
    ['2026-09-26', 'ok'],
    ['2026-09-25', 'tooOld'],
  ])('%s on 2026-11-25 is %s', (date, verdict) => {
    expect(judgeDate(date, '2026-11-25')).toBe(verdict);
  });

  it('takes another limit', () => {
    expect(judgeDate('2026-11-20', '2026-11-25', 4)).toBe('tooOld');
    expect(judgeDate('2026-11-20', '2026-11-25', 5)).toBe('ok');
  });
});

describe('localToday', () => {
  it.each([
    ['2026-11-24T21:59:59Z', 'Europe/Tallinn', '2026-11-24'],
    ['2026-11-24T22:00:00Z', 'Europe/Tallinn', '2026-11-25'],
    ['2026-07-24T21:00:00Z', 'Europe/Riga', '2026-07-25'],
    ['2026-07-24T20:59:59Z', 'Europe/Vilnius', '2026-07-24'],
    ['2026-11-24T22:59:59Z', 'Europe/Amsterdam', '2026-11-24'],
    ['2026-03-28T22:00:00Z', 'Europe/Helsinki', '2026-03-29'],
    ['2026-10-25T21:59:59Z', 'Europe/Helsinki', '2026-10-25'],
    ['2027-01-01T00:00:00Z', 'America/New_York', '2026-12-31'],
  ])('at %s in %s it is %s', (now, zone, expected) => {
    expect(localToday(new Date(now), zone)).toBe(expected);
  });

  it('refuses an unknown zone', () => {
    expect(() => localToday(new Date(0), 'Europe/Nowhere')).toThrow(RangeError);
  });
});

describe('defaultTimeZone', () => {
  it.each([
    ['EE', 'ru', 'Europe/Tallinn'],
    ['LV', 'ru', 'Europe/Riga'],
    ['FI', 'sv', 'Europe/Helsinki'],
    ['PT', 'en', 'Europe/Lisbon'],
    [undefined, 'et', 'Europe/Tallinn'],
    [undefined, 'lv', 'Europe/Riga'],
    [undefined, 'ru', 'Europe/Amsterdam'],
    ['US', 'en', 'Europe/Amsterdam'],
  ])('%s, %s: %s', (country, language, zone) => {
    expect(defaultTimeZone(country, language)).toBe(zone);
  });
});

describe('formatDate', () => {
  it.each([
    ['et', '24.11.2026', '4.1.2027'],
    ['lv', '24.11.2026.', '4.01.2027.'],
    ['en', '24 November 2026', '4 January 2027'],
    ['lt', '2026-11-24', '2027-01-04'],
    ['ru', '24.11.2026', '04.01.2027'],
    ['fi', '24.11.2026', '4.1.2027'],
    ['sv', '2026-11-24', '2027-01-04'],
    ['de', '24.11.2026', '4.1.2027'],
    ['fr', '24/11/2026', '04/01/2027'],
    ['pl', '24.11.2026', '4.01.2027'],
  ])('%s: %s', (language, november, january) => {
    expect(formatDate('2026-11-24', language)).toBe(november);
    expect(formatDate('2027-01-04', language)).toBe(january);
  });

  it('refuses what is no date, and says how one is written', () => {
    expect(() => formatDate('24.11.2026', 'et')).toThrow('YYYY-MM-DD');
  });
});

describe('formatNumber', () => {
  it.each([
    ['et', '2000', '2500,5', '10\u00a0000'],
    ['lv', '2000', '2500,5', '10\u00a0000'],
    ['lt', '2000', '2500,5', '10\u00a0000'],
    ['ru', '2000', '2500,5', '10\u00a0000'],
    ['fi', '2000', '2500,5', '10\u00a0000'],
    ['sv', '2000', '2500,5', '10\u00a0000'],
    ['de', '2000', '2500,5', '10.000'],
    ['fr', '2000', '2500,5', '10\u202f000'],
    ['pl', '2000', '2500,5', '10\u00a0000'],
    ['en', '2000', '2500.5', '10,000'],
  ])('%s: %s, %s, %s', (language, ...expected) => {
    expect([2000, 2500.5, 10000].map((n) => formatNumber(n, language))).toEqual(expected);
  });
});
