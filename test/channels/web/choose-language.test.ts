import fc from 'fast-check';
import { expect, test } from 'vitest';
import { chooseLanguage } from '../../../src/channels/web/choose-language.ts';

const available = ['et', 'lv', 'en'];

test.each([
  ['?lang= wins', { query: 'lv', acceptLanguage: 'et' }, 'lv'],
  ['with a country', { query: 'lv-LV' }, 'lv'],
  ['in capitals', { query: 'ET' }, 'et'],
  ['an unknown ?lang= falls through', { query: 'xx', acceptLanguage: 'lv' }, 'lv'],
  ['the browser’s first', { acceptLanguage: 'lv-LV,lv;q=0.9,en;q=0.8' }, 'lv'],
  ['the heaviest, not the first', { acceptLanguage: 'en;q=0.3, et;q=0.8' }, 'et'],
  ['skips what is not on offer', { acceptLanguage: 'ja,ko;q=0.9,en;q=0.1' }, 'en'],
  ['q=0 is a refusal', { acceptLanguage: 'lv;q=0, en' }, 'en'],
  ['nothing known', { acceptLanguage: 'ja' }, 'et'],
  ['nothing said', {}, 'et'],
])('%s', (_, wanted, language) => {
  expect(chooseLanguage(wanted, available)).toBe(language);
});

test('whatever a browser sends, the language is one on offer', () => {
  fc.assert(
    fc.property(fc.string(), fc.string(), (query, acceptLanguage) => {
      expect(available).toContain(chooseLanguage({ query, acceptLanguage }, available));
    }),
  );
});
