import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { fold } from '../../../src/language/fold.ts';
import { countryCodes, countryName, isRegional, parseCountry } from '../../../src/language/values/countries.ts';

const cases: { text: string; language: string; country?: string }[] = JSON.parse(
  readFileSync(new URL('../../../docs/domain/country-inputs.json', import.meta.url), 'utf8'),
);
const languages = ['et', 'lv', 'en', 'lt', 'ru', 'fi', 'sv', 'de', 'fr', 'pl'];

describe('parseCountry', () => {
  it.each(cases)('$language: "$text"', ({ text, language, country }) => {
    expect(parseCountry(text, language)).toBe(country);
  });

  it.each(languages)('knows every country by its name in %s, whatever the language of the talk', (language) => {
    for (const code of countryCodes) {
      const name = countryName(code, language);
      for (const talk of [language, undefined, 'en', 'et', 'lv']) {
        expect([name, talk, parseCountry(name, talk)]).toEqual([name, talk, code]);
        expect([fold(name), talk, parseCountry(fold(name).toUpperCase(), talk)]).toEqual([fold(name), talk, code]);
      }
    }
  });

  it('takes every code in capitals, and no word in small letters', () => {
    for (const code of countryCodes) {
      expect(parseCountry(code, 'et')).toBe(code);
      expect(parseCountry(`${code}.`)).toBe(code);
      expect(parseCountry(code.toLowerCase(), 'et')).toBeUndefined();
    }
  });

  it('has an end for long texts', () => {
    expect(parseCountry('no '.repeat(7000), 'lv')).toBeUndefined();
  });
});

describe('countryName', () => {
  it('is in the language asked for', () => {
    expect(countryName('EE', 'et')).toBe('Eesti');
    expect(countryName('LV', 'lv')).toBe('Latvija');
    expect(countryName('GB', 'en')).toBe('United Kingdom');
  });
});

describe('isRegional', () => {
  it('names the countries whose holidays differ by region', () => {
    expect(countryCodes.filter(isRegional)).toEqual(['DE', 'AT', 'CH', 'GB', 'ES', 'PT']);
  });
});
