import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fold, foldLetters } from '../../src/language/fold.ts';

describe('fold', () => {
  it.each([
    ['Pagājušajā Piektdienā', 'pagajusaja piektdiena'],
    ['  Üle-eile!  😀 ', 'ule eile'],
    ['Õhtul\u00a0ŠŽ', 'ohtul sz'],
    ['Łotwa Straße Ærø', 'lotwa strasse aero'],
    ['５００ ﬁn', '500 fin'],
    ["aujourd'hui", 'aujourd hui'],
    ['u\u0308le', 'ule'],
    ['pa\u00adrool\u200b', 'parool'],
    ['🙂…!?', ''],
  ])('%j -> %j', (text, folded) => {
    expect(fold(text)).toBe(folded);
  });

  it('keeps Cyrillic letters, and writes ё as е', () => {
    expect(fold('Мой ЁЖИК, ещё')).toBe('мой ежик еще');
    expect(fold('и\u0306')).toBe('й');
  });

  it('gives words of letters and digits with single blanks, and folding again changes nothing', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        const folded = fold(text);
        expect(folded).toMatch(/^(?:[\p{L}\p{N}]+(?: [\p{L}\p{N}]+)*)?$/u);
        expect(fold(folded)).toBe(folded);
      }),
    );
  });

  it('does not depend on how a letter is composed', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...'äöüõšžāčēģīķļņūėįųąęłńóśźżåéèçabc 1.') }), (text) => {
        expect(fold(text.normalize('NFD'))).toBe(fold(text));
        expect(fold(text.toUpperCase())).toBe(fold(text));
      }),
    );
  });
});

describe('foldLetters', () => {
  it('keeps punctuation', () => {
    expect(foldLetters('20. Novembrī, 14:30')).toBe('20. novembri, 14:30');
  });
});
