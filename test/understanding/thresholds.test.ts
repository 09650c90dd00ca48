import { describe, expect, it } from 'vitest';
import { type Scored, thresholdsFor, thresholdsPerLanguage } from '../../src/language/understand/thresholds.ts';

const rows = (count: number, row: Partial<Scored>): Scored[] =>
  Array.from({ length: count }, () => ({
    language: 'et',
    inScope: true,
    firstRight: true,
    amongThree: true,
    score: 0.95,
    ...row,
  }));

describe('thresholdsFor', () => {
  it('answers low when nothing goes wrong', () => {
    expect(
      thresholdsFor([...rows(100, {}), ...rows(20, { inScope: false, firstRight: false, score: 0.1 })]).answer,
    ).toBe(0.3);
  });

  it('stays above the scores of wrong answers', () => {
    const wrong = rows(10, { firstRight: false, score: 0.7 });
    expect(thresholdsFor([...rows(100, {}), ...wrong]).answer).toBeGreaterThan(0.7);
  });

  it('stays above the scores of out-of-scope messages', () => {
    const outside = rows(30, { inScope: false, firstRight: false, amongThree: false, score: 0.8 });
    expect(thresholdsFor([...rows(100, {}), ...outside]).answer).toBeGreaterThan(0.8);
  });

  it('offers buttons to nearly everyone whose intent is among the three', () => {
    const { offer } = thresholdsFor([...rows(1000, {}), ...rows(5, { score: 0.2 })]);
    expect(offer).toBeLessThanOrEqual(0.2);
  });

  it('takes a language halfway to all languages', () => {
    const mixed = [
      ...rows(100, {}),
      ...rows(100, { language: 'lv' }),
      ...rows(30, { language: 'lv', inScope: false, firstRight: false, score: 0.9 }),
    ];
    const { et, lv } = thresholdsPerLanguage(mixed, ['et', 'lv']);
    expect(et!.answer).toBeLessThan(lv!.answer);
    expect(et!.answer).toBeGreaterThan(0.3);
  });
});
