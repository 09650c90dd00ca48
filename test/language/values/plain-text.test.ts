import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { plainText } from '../../../src/language/values/plain-text.ts';

describe('plainText', () => {
  test.each([
    ['Õhtul „šokolaad“ – 20 €…', 'Õhtul „šokolaad“ – 20 €…'],
    ['４１', '41'],
    ['𝟒𝟏 𝐏𝐈𝐍', '41 PIN'],
    ['٤١ ४१ ๔๑ ߄߁ ④', '41 41 41 41 4'],
    ['pa\u00adr\u200bo\u2060o\ufeffl', 'parool'],
    ['4️⃣', '4⃣'],
    ['1\u2003\u00a02', '1 \u00a02'],
  ])('%j is searched as %j', (text, plain) => {
    expect(plainText(text).text).toBe(plain);
  });

  test('leads back to what was typed, past emoji and letters that become several', () => {
    const text = '😀ﬁ𝟒\u200b２😀';
    const { text: plain, typed } = plainText(text);
    expect(plain).toBe('😀fi42😀');
    const at = (part: string) => {
      const start = plain.indexOf(part);
      const found = typed({ start, end: start + part.length });
      return text.slice(found.start, found.end);
    };
    expect(at('😀')).toBe('😀');
    expect(at('f')).toBe('ﬁ');
    expect(at('42')).toBe('𝟒\u200b２');
    expect(at('4')).toBe('𝟒');
  });

  test('every stretch of it stands somewhere in the text, in order', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.nat(), fc.nat(), (text, from, size) => {
        const { text: plain, typed } = plainText(text);
        const start = from % (plain.length + 1);
        const end = Math.min(plain.length, start + (size % 10) + 1);
        if (start >= end) return;
        const found = typed({ start, end });
        expect(found.start).toBeLessThan(found.end);
        expect(found.end).toBeLessThanOrEqual(text.length);
        expect(plainText(text.slice(found.start, found.end)).text).toContain(plain.slice(start, end));
      }),
      { numRuns: 500 },
    );
  });
});
