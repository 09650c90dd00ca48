/** Texts taken apart: i18next chooses the plural form and puts in the texts that a text names, once; only the values change. */
import type { i18n } from 'i18next';

/**
 * Words at the even places, names of the values between them at the odd ones.
 * @param count chooses the plural form
 */
export type Template = (language: string, key: string, count?: number) => readonly string[];

/** `{{name}}` in a text. */
const marks = /\{\{\s*(\w+)\s*\}\}/g;

export function createTemplates(texts: i18n): Template {
  const known = new Map<string, readonly string[]>();
  const plurals = new Map<string, Intl.PluralRules>();

  /** Which of the plural forms; i18next has one of its own for none. */
  function formOf(language: string, count: number): string {
    if (count === 0) return 'none';
    const rules = plurals.get(language) ?? new Intl.PluralRules(language);
    plurals.set(language, rules);
    return rules.select(count);
  }

  function takeApart(language: string, key: string, count: number | undefined): readonly string[] {
    const options = { lng: language, ...(count === undefined ? {} : { count }) };
    const raw = texts.t(key, { ...options, skipInterpolation: true });
    const open = Object.fromEntries([...raw.matchAll(marks)].map(([mark, name]) => [name, mark]));
    return String(texts.t(key, { ...options, ...open })).split(marks);
  }

  return (language, key, count) => {
    const id = `${language}|${key}|${count === undefined ? '' : formOf(language, count)}`;
    const found = known.get(id) ?? takeApart(language, key, count);
    known.set(id, found);
    return found;
  };
}
