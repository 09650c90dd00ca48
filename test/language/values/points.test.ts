import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatNumber } from '../../../src/language/values/format.ts';
import { findPoints, parsePoints } from '../../../src/language/values/points.ts';

interface Case {
  text: string;
  language: string;
  points?: number;
  assumed?: true;
  kind?: string;
}

const cases: Case[] = JSON.parse(
  readFileSync(new URL('../../../docs/domain/number-inputs.json', import.meta.url), 'utf8'),
);
const languages = ['et', 'lv', 'en', 'lt', 'ru', 'fi', 'sv', 'de', 'fr', 'pl'];
const language = fc.constantFrom(...languages);

describe('parsePoints', () => {
  it.each(cases)('$language: "$text"', ({ text, language, points, assumed = false, kind }) => {
    const result = parsePoints(text, language);
    if (points === undefined) expect(result).toEqual({ kind });
    else expect(result).toMatchObject({ kind: 'points', value: points, assumed });
  });

  it('says whether there are words beside the number and its unit', () => {
    const spare = (text: string) => parsePoints(text, 'et');
    for (const text of ['500', '500 punkti', '2 000 p.', '500 tootepunkti', 'punkte: 500']) {
      expect(spare(text)).toMatchObject({ spare: false });
    }
    for (const text of ['mul on 500', '500 punkti, kuidas liituda?'])
      expect(spare(text)).toMatchObject({ spare: true });
  });

  it('reads back every number as the bot itself writes it, alone and in a sentence', () => {
    fc.assert(
      fc.property(fc.nat(1_000_000), language, (n, language) => {
        const written = formatNumber(n, language);
        const assumed = /^\d{1,3}[.,]\d{3}$/.test(written);
        expect(parsePoints(written, language)).toMatchObject({ kind: 'points', value: n });
        expect(parsePoints(`${written} p`, language)).toMatchObject({ kind: 'points', value: n });
        if (assumed) expect(parsePoints(written, language)).toMatchObject({ assumed: true });
      }),
    );
  });

  it('never rounds: a number with a fraction is no number of points', () => {
    fc.assert(
      fc.property(
        fc.nat(9999),
        fc.integer({ min: 1, max: 2 }),
        fc.constantFrom(',', '.'),
        language,
        (n, length, sign, l) => {
          expect(parsePoints(`${n}${sign}${'5'.repeat(length)}`, l)).toEqual({ kind: 'notWhole' });
        },
      ),
    );
  });

  it('never throws, and gives whole numbers from 0 to 1,000,000 only', () => {
    const piece = fc.constantFrom(
      '5',
      '00',
      '500',
      ' ',
      '.',
      ',',
      '-',
      "'",
      '+',
      'k',
      'x',
      'punkti',
      'üle',
      '½',
      'e3',
      '~',
    );
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string({ unit: 'grapheme' }),
          fc.array(piece).map((all) => all.join('')),
        ),
        language,
        (text, l) => {
          const result = parsePoints(text, l);
          if (result.kind !== 'points') return;
          expect(Number.isInteger(result.value)).toBe(true);
          expect(result.value).toBeGreaterThanOrEqual(0);
          expect(result.value).toBeLessThanOrEqual(1_000_000);
        },
      ),
    );
  });

  it('works in an unknown language with the English words', () => {
    expect(parsePoints('about 500', 'xx')).toEqual({ kind: 'range' });
    expect(parsePoints('500', 'xx')).toMatchObject({ value: 500 });
  });

  it.each(['5 ', 'a', '5.', "5'", '1a', '-5-', 'five ', 'a,', '5.a'])('reads 20,000 signs of "%s" at once', (piece) => {
    const text = `${piece.repeat(Math.ceil(20_000 / piece.length))},5`;
    parsePoints(text.slice(0, 50), 'et');
    const start = process.cpuUsage();
    parsePoints(text, 'et');
    expect(process.cpuUsage(start).user / 1000).toBeLessThan(100);
  });
});

describe('findPoints', () => {
  it.each([
    ['Mul on 500 punkti, kuidas edasi liituda?', 'et', 500],
    ['Man ir 1500 punkti, kāds tas ir līmenis?', 'lv', 1500],
    ['I have 2 000 CPS points', 'en', 2000],
    ['У меня 500 баллов, как вступить?', 'ru', 500],
    ['Minulla on 1500 pistettä', 'fi', 1500],
    ['Jag har 500 poäng', 'sv', 500],
    ['Turiu 500 taškų', 'lt', 500],
    ['my points: 500', 'en', 500],
    ['ma olen 500 p', 'et', 500],
  ])('%s', (text, language, points) => {
    expect(findPoints(text, language)).toBe(points);
  });

  it.each([
    ['500', 'en'],
    ['I have more than 2500 points', 'en'],
    ['I waited 2 days and there are no points', 'en'],
    ['I had 300 points, now 700 points', 'en'],
    ['Ootan 20. novembrist punkte', 'et'],
    ['2,5 punkti', 'et'],
    ['How do I get points?', 'en'],
  ])('not in: %s', (text, language) => {
    expect(findPoints(text, language)).toBeUndefined();
  });
});
