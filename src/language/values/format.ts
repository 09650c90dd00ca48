import { type IsoDate, weekday } from './iso-date.ts';

// British English: elsewhere the month comes first, and 05/06 would be read the other way round (glossary.md).
const localeOf = (language: string) => (language === 'en' ? 'en-GB' : language);

const dateFormats = new Map<string, Intl.DateTimeFormat>();
const numberFormats = new Map<string, Intl.NumberFormat>();

/**
 * The full date for a sentence: numeric, since month names come in the wrong case after prepositions ("24.11.2026", lv with its
 * point, lt and sv "2026-11-24", fr "24/11/2026"); in English "24 November 2026". Glossary, "Register and typography".
 * @throws RangeError if `iso` is not written `YYYY-MM-DD`.
 */
export function formatDate(iso: IsoDate, language: string): string {
  weekday(iso);
  let format = dateFormats.get(language);
  if (!format) {
    const month = language === 'en' ? 'long' : 'numeric';
    format = new Intl.DateTimeFormat(localeOf(language), { day: 'numeric', month, year: 'numeric', timeZone: 'UTC' });
    dateFormats.set(language, format);
  }
  return format.format(new Date(`${iso}T00:00:00Z`));
}

/** A number with the language's own decimal sign, grouped from 10 000 on ("2000" is how the texts write it in every language); the blanks in it do not break (U+00A0, in French U+202F). */
export function formatNumber(n: number, language: string): string {
  let format = numberFormats.get(language);
  if (!format) {
    format = new Intl.NumberFormat(localeOf(language), { useGrouping: 'min2' });
    numberFormats.set(language, format);
  }
  return format.format(n);
}
