import { describe, expect, it } from 'vitest';
import { chooseLanguage, type LanguageEvidence } from '../../src/language/understand/choose-language.ts';
import { wordsOf } from '../../src/language/understand/words.ts';

const choose = (text: string, more: Partial<LanguageEvidence>): string => {
  const evidence = {
    text,
    words: wordsOf(text),
    odds: [],
    hasCommonWord: () => false,
    conversationLanguage: undefined,
    ...more,
  };
  const { language, sure } = chooseLanguage(evidence, 'en');
  return sure ? `${language} sure` : language;
};
const lv = [{ language: 'lv', odds: 0.97 }];

describe('chooseLanguage', () => {
  it('needs a sentence with common words to be sure', () => {
    expect(choose('Kā es varu atvērt kontu?', { odds: lv, hasCommonWord: () => true })).toBe('lv sure');
    expect(choose('Jānis Kalniņš Bērziņš Rīga', { odds: lv })).toBe('lv');
    expect(choose('Kā atvērt', { odds: lv, hasCommonWord: () => true })).toBe('lv');
    expect(
      choose('Kā es varu atvērt kontu?', { odds: [{ language: 'lv', odds: 0.5 }], hasCommonWord: () => true }),
    ).toBe('lv');
  });

  it.each(['Jānis Bērziņš', '12345', 'paldies', 'Rīga', 'CPS 2000'])(
    '"%s" does not change an Estonian talk',
    (text) => {
      const odds = /\p{L}/u.test(text) ? lv : [];
      expect(choose(text, { odds, conversationLanguage: 'et', hasCommonWord: () => text === 'paldies' })).toBe('et');
    },
  );

  it('a clear sentence does', () => {
    const evidence = { odds: lv, conversationLanguage: 'et', hasCommonWord: (language: string) => language === 'lv' };
    expect(choose('Kā es varu atvērt kontu?', evidence)).toBe('lv sure');
    expect(choose('Kā atvērt?', evidence)).toBe('lv');
  });

  it('falls back without letters', () => {
    expect(choose('123', {})).toBe('en');
    expect(choose('123', { conversationLanguage: 'lv' })).toBe('lv');
  });
});
