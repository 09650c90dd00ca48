import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createLexicon } from '../../src/language/understand/lexicon.ts';
import { wordsOf } from '../../src/language/understand/words.ts';

const { match } = createLexicon({
  account: ['*konto*', 'profiil*'],
  email: ['e-post*', 'meil'],
  notNow: ['mitte praegu'],
});
const tokens = (text: string): string[] => match(wordsOf(text)).map(({ token }) => token);

describe('createLexicon', () => {
  it.each([
    ['Ärikontole', ['account']],
    ['profiilid', ['account']],
    ['minu profiil', ['account']],
    ['E-posti aadress', ['email']],
    ['meil', ['email']],
    ['meilid', []],
    ['mitte PRAEGU', ['notNow']],
    ['mitte', []],
    ['', []],
  ])('%s', (text, expected) => {
    expect(tokens(text)).toEqual(expected);
  });

  it('says which words a form covers', () => {
    expect(match(wordsOf('palun mitte praegu'))).toEqual([{ token: 'notNow', from: 1, to: 3 }]);
  });

  it('takes any text', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 60 }), (text) => {
        for (const { from, to } of match(wordsOf(text))) expect(to).toBeGreaterThan(from);
      }),
    );
  });
});
