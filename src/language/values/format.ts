import type { OpenHours } from '../../config/values.ts';
import { addDays, type IsoDate, weekday } from './iso-date.ts';

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

const timeFormats = new Map<string, Intl.DateTimeFormat>();
/** By language and number of the day. */
const weekdayNames = new Map<string, string>();

/** @param minutes since midnight; the day's end is 24:00 */
export function formatTime(minutes: number, language: string): string {
  let format = timeFormats.get(language);
  if (!format) {
    const two = '2-digit';
    format = new Intl.DateTimeFormat(localeOf(language), {
      hour: two,
      minute: two,
      hourCycle: 'h23',
      timeZone: 'UTC',
    });
    timeFormats.set(language, format);
  }
  const parts = format.formatToParts(minutes * 60_000);
  return parts.map(({ type, value }) => (type === 'hour' && minutes === 24 * 60 ? '24' : value)).join('');
}

/** The day's name by itself, as inside a sentence: CLDR gives some a capital when they stand alone (lv: Pirmdiena). */
export function formatWeekday(iso: IsoDate, language: string): string {
  const known = weekdayNames.get(`${language} ${weekday(iso)}`);
  if (known) return known;
  const day = new Date(`${iso}T12:00:00Z`);
  const alone = new Intl.DateTimeFormat(language, { weekday: 'long', timeZone: 'UTC' }).format(day);
  const dated = new Intl.DateTimeFormat(language, { weekday: 'long', day: 'numeric', timeZone: 'UTC' });
  const [first = ''] = dated.formatToParts(day).find(({ type }) => type === 'weekday')?.value ?? alone;
  const isSmall = first === first.toLocaleLowerCase(language);
  const name = isSmall ? alone.charAt(0).toLocaleLowerCase(language) + alone.slice(1) : alone;
  weekdayNames.set(`${language} ${weekday(iso)}`, name);
  return name;
}

const aMonday = '2024-01-01';

/** Days that follow each other and have the same hours stand together: `Monday–Thursday 09:00–17:00; Friday 09:00–15:00`. */
export function formatHours(hours: readonly OpenHours[], language: string): string {
  const runs: { first: number; last: number; times: string }[] = [];
  for (let day = 1; day <= 7; day++) {
    const own = hours.filter((one) => one.weekday === day);
    const times = own.map((one) => `${formatTime(one.from, language)}–${formatTime(one.to, language)}`).join(', ');
    const run = runs.at(-1);
    if (times && run?.last === day - 1 && run.times === times) run.last = day;
    else if (times) runs.push({ first: day, last: day, times });
  }
  const name = (day: number) => formatWeekday(addDays(aMonday, day - 1), language);
  return runs
    .map(({ first, last, times }) => `${first === last ? name(first) : `${name(first)}–${name(last)}`} ${times}`)
    .join('; ');
}
