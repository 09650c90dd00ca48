import { describe, expect, test } from 'vitest';
import { languageNamed } from '../../../src/channels/teams/language-named.ts';
import { languageName } from '../../../src/language/values/language-name.ts';
import { texts } from '../../helpers/world.ts';

describe.each(texts.languages)('%s', (tag) => {
  test('by its tag and its own name, and by its name in every language', () => {
    const names = texts.languages.map((language) => languageName(tag, language));
    for (const name of [tag, texts.label(tag, 'bot:language.name'), ...names])
      for (const said of [name, name.toUpperCase(), `${name}!`, ` “${name}”. `])
        expect(languageNamed(said, texts), said).toBe(tag);
  });
});

test.each([
  ['läti keel', 'lv'],
  ['igauņu valoda', 'et'],
  ['igaunu', 'et'],
  ['eesti keeles, palun', 'et'],
  ['English please', 'en'],
  ['in Latvian', 'lv'],
])('with words around it: %s', (said, tag) => expect(languageNamed(said, texts)).toBe(tag));

test.each(['', 'Klingon', 'et cetera', 'keel', '…'])('nothing else: %s', (said) =>
  expect(languageNamed(said, texts)).toBeUndefined(),
);
