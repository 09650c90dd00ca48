import { describe, expect, it } from 'vitest';
import { addPhrase } from '../../src/language/understand/add-phrase.ts';

const data = { et: { utterances: { tiers: ['Mis tase mul on?'] }, synonyms: {}, texts: [] } };
const add = (language: string, intent: string, text: string): unknown =>
  addPhrase(data, { language, intent, text }, ['Kuldtase']);

describe('addPhrase', () => {
  it('adds', () => {
    expect(add('et', 'tiers', ' Mis tasemed on? ')).toEqual({ tiers: ['Mis tase mul on?', 'Mis tasemed on?'] });
    expect(add('et', 'none', 'Mis ilm on?')).toMatchObject({ none: ['Mis ilm on?'] });
  });
  it.each([
    ['xx', 'tiers', 'a', /locales\/xx/],
    ['et', 'tier', 'a', /no intent; choose one of: register-account/],
    ['et', 'tiers', '?!', /no letters/],
    ['et', 'tiers', 'mis TASE mul on', /already/],
    ['et', 'tiers', 'kuldtase!', /held-out/],
  ])('refuses %s %s "%s"', (language, intent, text, message) => {
    expect(() => add(language, intent, text)).toThrow(message);
  });
});
