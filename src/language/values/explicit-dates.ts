import { foldLetters } from '../fold.ts';
import { dateWords } from './date-words.ts';
import { type IsoDate, isoDate } from './iso-date.ts';

/** A day written with a number. `date` is undefined where there is no such day; `sure` is false for what may be a time (14.30). */
export interface ExplicitDate {
  date: IsoDate | undefined;
  sure: boolean;
}

interface Patterns {
  months: readonly RegExp[];
  dayMonth: RegExp;
  monthDay: RegExp;
  orBefore: RegExp;
}

/** A word list of the tables as a regular expression over letters without diacritics. */
function alternatives(list: string): string {
  return list
    .split('|')
    .map((word) => foldLetters(word).replace('*', '\\p{L}{0,12}').replaceAll(' ', '\\s'))
    .join('|');
}

const ordinal = '(?:\\.|:e|-?go|-?го|st|nd|rd|th|er|e)?';
const yearAhead = '(?:(?<!\\d)(?<yearAhead>\\d{4})\\.?\\s{0,2}(?:gada|gads|g|metu|m|aasta)?\\.?,?\\s{0,2})?';
const yearAfter = "(?:,?\\s{0,2}(?<year>\\d{4})(?!\\d)|\\s?['’](?<shortYear>\\d{2})(?!\\d))?";

const cache = new Map<string, Patterns>();

function patternsOf(language: string): Patterns {
  const known = cache.get(language);
  if (known) return known;
  const rows = [dateWords[language], dateWords.en].filter((row) => row !== undefined);
  const months = Array.from({ length: 12 }, (_, at) =>
    rows.map((row) => alternatives(row.months.split(' ')[at] ?? '')).join('|'),
  );
  const month = `(?<month>${months.join('|')})(?!\\p{L})\\.?`;
  const or = rows.map((row) => alternatives(row.or)).join('|');
  const patterns: Patterns = {
    months: months.map((names) => new RegExp(`^(?:${names})$`, 'u')),
    dayMonth: new RegExp(
      `${yearAhead}(?<!\\d)(?<day>\\d{1,2})${ordinal}\\s{0,2}(?:of\\s|de\\s|d\\.?\\s)?${month}${yearAfter}`,
      'gu',
    ),
    monthDay: new RegExp(
      `${yearAhead}(?<!\\p{L})${month}\\s{0,2}(?<day>\\d{1,2})(?!\\d|[.:]\\d)${ordinal}(?!\\p{L})${yearAfter}`,
      'gu',
    ),
    orBefore: new RegExp(`(?<!\\d)\\d{1,2}\\.?\\s?(?:-|–|—|…|\\.{2,3}|\\s(?:${or}))\\s?$`, 'u'),
  };
  cache.set(language, patterns);
  return patterns;
}

const yearFirst = /(?<!\d)(?<year>\d{4})\s?[-./]\s?(?<month>\d{1,2})\s?[-./]\s?(?<day>\d{1,2})(?!\d)\.?/gu;
const dayFirst =
  /(?<!\d)(?<day>\d{1,2})(?:\s?[-./]\s?|\s)(?<month>\d{1,2})(?:\s?[-./]\s?|\s)(?<year>\d{4}|(?<=[-./]\s?)\d{2})(?!\d)\.?/gu;
const dayAndMonth = /(?<!\d|\d[.,])(?<day>\d{1,2})(?:\.\s?|\s?\/\s?)(?<month>\d{1,2})(?!\d|[.,]\d)(?<point>\.?)/gu;
// Hours: "14:30", "kell 14.30", "plkst. 9", "à 14h30"; removed, so that they are not taken for days.
const times =
  /(?<!\d)\d{1,2}:\d{2}(?::\d{2})?|(?<!\p{L})(?:kell|plkst|kl|klo|val|um|uhr|godz|at)\.?\s?\d{1,2}(?:[.:]\d{2})?(?![.:/]?\d|\.?\s?\p{L})|(?<!\d)\d{1,2}\s?h(?:\d{2})?(?!\p{L})/gu;

/** The latest day with this day and month that is not after `today`; 29 February looks back to a leap year. */
function latest(month: number, day: number, today: IsoDate): IsoDate | undefined {
  const thisYear = Number(today.slice(0, 4));
  for (let year = thisYear; year > thisYear - 9; year--) {
    const date = isoDate(year, month, day);
    if (date !== undefined && date <= today) return date;
  }
  return undefined;
}

/** A two-digit year is of this century. */
function fullYear(year: string): number {
  return Number(year) + (year.length === 2 ? 2000 : 0);
}

/**
 * Every day in the text that is written with digits or with a day and the name of a month; `rest` is the text without them.
 * `either`: the text names two days by one month ("5 or 6 November").
 */
export function explicitDates(
  text: string,
  language: string,
  today: IsoDate,
): { dates: ExplicitDate[]; either: boolean; rest: string } {
  const patterns = patternsOf(language);
  const dates: ExplicitDate[] = [];
  let either = false;
  const take = (rest: string, pattern: RegExp): string =>
    rest.replace(pattern, (match, ...args) => {
      const groups = args.at(-1) as Record<string, string | undefined>;
      const offset = Number(args.at(-3));
      const number = Number(groups.month);
      const month = number > 0 ? number : patterns.months.findIndex((names) => names.test(groups.month ?? '')) + 1;
      const year = groups.year ?? groups.shortYear ?? groups.yearAhead;
      const day = Number(groups.day);
      const date = year === undefined ? latest(month, day, today) : isoDate(fullYear(year), month, day);
      dates.push({ date, sure: pattern !== dayAndMonth || groups.point !== '' || match.includes('/') });
      either ||= patterns.orBefore.test(rest.slice(Math.max(0, offset - 20), offset));
      return ' ; ';
    });
  const rest = [yearFirst, dayFirst, patterns.dayMonth, patterns.monthDay, dayAndMonth].reduce(
    take,
    foldLetters(text).replace(times, ' ; '),
  );
  return { dates, either, rest };
}
