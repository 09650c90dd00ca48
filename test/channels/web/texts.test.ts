import { describe, expect, test } from 'vitest';
import { webTexts } from '../../../src/channels/web/texts.ts';
import { textsFromDisk } from './texts-from-disk.ts';

const { languages, file } = textsFromDisk;
type Leaves = Record<string, string>;

function leaves(value: unknown, path = ''): Leaves {
  if (typeof value === 'string') return { [path]: value };
  return Object.assign({}, ...Object.entries(value as object).map(([key, child]) => leaves(child, `${path}.${key}`)));
}
const placeholders = (text: string) => (text.match(/\{\{\w+\}\}|\$\d/g) ?? []).sort();

describe.each(languages)('web.json in %s', (language) => {
  const english = leaves(file('en', 'web'));
  const texts = leaves(file(language, 'web'));

  test('has the same keys and the same placeholders as English', () => {
    expect(Object.keys(texts).sort()).toEqual(Object.keys(english).sort());
    for (const [key, text] of Object.entries(texts))
      expect(placeholders(text), key).toEqual(placeholders(english[key] ?? ''));
  });

  test('joins with the bot’s own words', () => {
    const { name, locale, commands } = webTexts(file(language, 'web'), file(language, 'bot'));
    expect(locale.startsWith(`${language}-`)).toBe(true);
    expect(name).toMatch(/^\p{Lu}/u);
    expect(Object.values(commands).every(Boolean)).toBe(true);
  });

  test('is written with the marks and the address of the language', () => {
    for (const [key, text] of Object.entries(texts)) {
      expect(text, key).toBe(text.trim());
      expect(text, key).not.toMatch(/\s{2}|\.\.\.|"|donotreply/);
      if (language === 'lv') expect(text, key).not.toMatch(/Lūdzu (?!,)/);
    }
  });
});

test('a missing text is named', () => {
  const { frame, ...rest } = file('en', 'web') as { frame: Leaves };
  const { back: _, ...others } = frame;
  expect(() => webTexts({ ...rest, frame: others }, file('en', 'bot'))).toThrow(/back/);
});
