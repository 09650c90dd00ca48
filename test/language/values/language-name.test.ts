import { expect, test } from 'vitest';
import { languageName } from '../../../src/language/values/language-name.ts';

test.each([
  ['et', 'lv', 'igauņu'],
  ['lv', 'et', 'läti'],
  ['et', 'en', 'Estonian'],
])('%s in %s is %s', (tag, language, name) => {
  expect(languageName(tag, language)).toBe(name);
});
