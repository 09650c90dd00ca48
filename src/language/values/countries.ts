import { fold } from '../fold.ts';
import { endings, otherNames } from './country-words.ts';
import { type Phrases, phraseLength, phrases, wordsOf } from './phrases.ts';

/** The countries whose holidays are known (decisions.md G), as ISO 3166-1 alpha-2. */
export const countryCodes: readonly string[] =
  'EE LV LT FI SE NO DK DE AT CH FR BE NL LU IE GB PL CZ SK HU ES PT IT RU'.split(' ');

const languages = Object.keys(otherNames);
const regional = new Set(['DE', 'CH', 'ES', 'GB', 'AT', 'PT']);

const displayNames = new Map<string, Intl.DisplayNames>();

/**
 * The country's name in the nominative, as Intl has it ("Eesti", "Latvija", "United Kingdom").
 * @throws RangeError if `code` is no two-letter code; a code without a country comes back as it is.
 */
export function countryName(code: string, language: string): string {
  let names = displayNames.get(language);
  if (!names) {
    names = new Intl.DisplayNames(language === 'en' ? 'en-GB' : language, { type: 'region' });
    displayNames.set(language, names);
  }
  return names.of(code) ?? code;
}

/** Whether public holidays differ from region to region, so that the date computed knows the national ones only. */
export function isRegional(code: string): boolean {
  return regional.has(code);
}

/** A name with the endings it takes in that language. */
function forms(name: string, language: string): string[] {
  if (name.endsWith('*')) return [name];
  const folded = fold(name);
  const rule = endings[language]?.find(({ from }) => from.test(folded));
  return [folded, ...(rule?.to ?? []).map((ending) => folded.replace(rule?.from ?? '', ending))];
}

const tables = new Map<string, readonly (readonly [string, Phrases])[]>();

function namesIn(language: string): readonly (readonly [string, Phrases])[] {
  const known = tables.get(language);
  if (known) return known;
  const table = countryCodes.map((code) => {
    const names = [countryName(code, language), ...(otherNames[language]?.[code]?.split('|') ?? [])];
    return [code, phrases(names.flatMap((name) => forms(name, language)).join('|'))] as const;
  });
  tables.set(language, table);
  return table;
}

/** The countries that the words name; of two names at one place the longer one ("Northern Ireland"). */
function countriesIn(words: readonly string[], language: string): Set<string> {
  const found = new Set<string>();
  for (let at = 0; at < words.length; ) {
    let longest: { code: string; length: number } | undefined;
    for (const [code, names] of namesIn(language)) {
      const length = phraseLength(words, at, names);
      if (length > (longest?.length ?? 0)) longest = { code, length };
    }
    if (longest) found.add(longest.code);
    at += longest?.length ?? 1;
  }
  return found;
}

/** Flags are pairs of letters of their own: 🇪🇪 -> EE. */
function withoutFlags(text: string): string {
  return text.replace(/[\u{1f1e6}-\u{1f1ff}]/gu, (sign) => String.fromCodePoint((sign.codePointAt(0) ?? 0) - 0x1f1a5));
}

/** A code in capitals: alone, or in a text that is not all capitals. "IT" in a sentence is a trade, not Italy. */
function codeIn(text: string): Set<string> {
  const words = withoutFlags(text).match(/[\p{L}\p{N}]+/gu) ?? [];
  const shouting = words.length > 1 && text === text.toUpperCase();
  if (shouting) return new Set();
  const codes = words.map((word) => (word === 'UK' ? 'GB' : word)).filter((word) => countryCodes.includes(word));
  return new Set(words.length === 1 ? codes : codes.filter((code) => code !== 'IT'));
}

/**
 * The one country that a text names, as ISO 3166-1 alpha-2: its name in any of the ten languages, inflected or not, with or
 * without diacritics, or its code in capitals. Names of `language` come first ("norra" is north in Swedish and Norway in Estonian).
 * Undefined if it names none that is known here, or several.
 */
export function parseCountry(text: string, language?: string): string | undefined {
  // Enough for any answer, and a bound for texts that are none.
  const words = wordsOf(text.slice(0, 1000));
  const own = languages.filter((known) => known === language || known === 'en');
  const others = languages.filter((known) => !own.includes(known));
  const steps = [
    () => new Set(own.flatMap((known) => [...countriesIn(words, known)])),
    () => codeIn(text.slice(0, 1000)),
  ];
  const rest = () => new Set(others.flatMap((known) => [...countriesIn(words, known)]));
  for (const step of [...steps, rest]) {
    const found = step();
    if (found.size > 0) return found.size === 1 ? [...found][0] : undefined;
  }
  return undefined;
}
