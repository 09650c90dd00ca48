import { explicitDates } from './explicit-dates.ts';
import { addDays, daysBetween, type IsoDate, isoDate, weekday } from './iso-date.ts';
import { dayOfMonth, relativeDates } from './relative-dates.ts';

export { formatDate, formatHours, formatNumber, formatTime, formatWeekday } from './format.ts';
export type { IsoDate } from './iso-date.ts';
export { defaultTimeZone, localToday } from './time-zones.ts';

/** `ambiguous`: more than one day was named, or a span, or a number that may be anything; `invalid`: no day, or one that does not exist. */
export type DateResult = { kind: 'date'; date: IsoDate } | { kind: 'ambiguous' | 'invalid' };

/** The latest day with this number that is not after `today`; months without it are passed over. */
function latestDay(day: number, today: IsoDate): IsoDate | undefined {
  let month = today.slice(0, 7);
  for (let tries = 0; tries < 12; tries++) {
    const [year, number] = month.split('-').map(Number);
    const date = isoDate(year ?? 0, number ?? 0, day);
    if (date !== undefined && date <= today) return date;
    month = addDays(`${month}-01`, -1).slice(0, 7);
  }
  return undefined;
}

function one(dates: readonly IsoDate[]): DateResult {
  const [date, ...others] = new Set(dates);
  if (date === undefined) return { kind: 'invalid' };
  return others.length > 0 ? { kind: 'ambiguous' } : { kind: 'date', date };
}

/**
 * The day a customer named, for the day of an application (decisions.md A6, G; cases in docs/domain/date-inputs.json).
 * Numbers are read day first, a missing year gives the latest such day not after `today`, so does a weekday.
 * `today` is the day in the customer's zone (`localToday`); `language` is a BCP 47 primary tag, English works beside it.
 */
export function parseDate(text: string, language: string, today: IsoDate): DateResult {
  const { dates, either, rest } = explicitDates(text, language, today);
  const said = relativeDates(rest, language, today);
  // "eile 14.30": what cannot be a day beside a word for one was a time
  const written = dates.filter(({ date, sure }) => date !== undefined || sure || said.dates.length === 0);
  if (written.some(({ date }) => date === undefined)) return { kind: 'invalid' };
  if (either) return { kind: 'ambiguous' };
  const days = written.flatMap(({ date }) => date ?? []);
  const [first] = days;
  if (first !== undefined) {
    // A weekday beside a date checks it ("Friday, 20.11."); a word such as "yesterday" must mean the same day.
    const words = said.weekdays.length > 0 ? [] : said.dates;
    const agrees = said.weekdays.every((day) => day === weekday(first));
    return agrees ? one([...days, ...words]) : { kind: 'ambiguous' };
  }
  if (said.dates.length > 0) return one(said.dates);
  if (said.vague) return { kind: 'ambiguous' };
  const day = dayOfMonth(rest, language);
  if (day === undefined) return { kind: 'invalid' };
  if (day === 'bare') return { kind: 'ambiguous' };
  return one([latestDay(day, today) ?? []].flat());
}

/** Whether a day can be that of an application still waited for: not after `today`, not over `maxAgeDays` before (decisions.md G). */
export function judgeDate(date: IsoDate, today: IsoDate, maxAgeDays = 60): 'ok' | 'future' | 'tooOld' {
  const age = daysBetween(date, today);
  if (age < 0) return 'future';
  return age > maxAgeDays ? 'tooOld' : 'ok';
}
