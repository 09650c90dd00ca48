import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { wordsOf } from '../../src/language/understand/words.ts';

describe('wordsOf', () => {
  it.each([
    ['Käibemaksukohustuslane', 'kaibemaksukohustuslane'],
    ['TEEERE!!! 😀', 'tere'],
    ['2000 punkti', '# punkti'],
    ['k6ik p2ris', 'koik paris'],
    ['saatke (palun) link…', 'satke palun link'],
    ['', ''],
  ])('%s', (text, words) => {
    expect(wordsOf(text).join(' ')).toBe(words);
  });

  it('keeps beginning and end of a long text, and at most 60 words', () => {
    const words = wordsOf(`alguses ${'vahel '.repeat(900)} lopus`);
    expect(words.length).toBeLessThanOrEqual(60);
    expect([words[0], words.at(-1)]).toEqual(['alguses', 'lopus']);
  });

  it('does not mind case, doubled letters or marks around words', () => {
    const letters = fc.string({ unit: fc.constantFrom(...'abeiklmnoprstuv'), minLength: 1, maxLength: 12 });
    fc.assert(
      fc.property(fc.array(letters, { minLength: 1, maxLength: 6 }), fc.nat(), (words, at) => {
        const text = words.join(' ');
        const place = at % text.length;
        const doubled = text[place] === ' ' ? text : text.slice(0, place) + text[place] + text.slice(place);
        expect(wordsOf(`*${doubled.toUpperCase()}?!`)).toEqual(wordsOf(text));
      }),
    );
  });
});
