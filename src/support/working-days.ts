import { createRequire } from 'node:module';
import { addDays, daysBetween, type IsoDate, weekday } from '../language/values/iso-date.ts';

/** The seat of Canon Europa N.V.: its calendar counts too before anything is called overdue (decisions.md G). */
const CANON_COUNTRY = 'NL';

// The library takes over 100 ms to load, and most conversations never ask for a date.
const require = createRequire(import.meta.url);
let library: typeof import('date-holidays').default | undefined;

const cache = new Map<string, ReadonlySet<IsoDate>>();

/** Midsummer Eve (Friday, 19-25 June) and Christmas Eve: no law makes them holidays, but nobody works (decisions.md G). */
function deFactoHolidays(country: string, year: number): IsoDate[] {
  if (country !== 'FI' && country !== 'SE') return [];
  const nineteenth = `${year}-06-19`;
  return [addDays(nineteenth, (12 - weekday(nineteenth)) % 7), `${year}-12-24`];
}

function holidays(country: string, year: number): ReadonlySet<IsoDate> {
  const key = `${country} ${year}`;
  const known = cache.get(key);
  if (known) return known;
  library ??= require('date-holidays') as typeof import('date-holidays').default;
  const days = new Set(deFactoHolidays(country, year));
  for (const holiday of new library(country).getHolidays(year)) {
    if (holiday.type !== 'public') continue;
    // RU's New Year is one entry of five days; rounded, since a day of a clock change has 23 or 25 hours.
    const length = Math.max(1, Math.round((holiday.end.getTime() - holiday.start.getTime()) / 86_400_000));
    for (let day = 0; day < length; day++) days.add(addDays(holiday.date.slice(0, 10), day));
  }
  cache.set(key, days);
  return days;
}

/** A public holiday of `country` (ISO 3166 alpha-2; of the nation, regions are not known), also one on a weekend. */
export const isHoliday = (date: IsoDate, country: string): boolean =>
  holidays(country, Number(date.slice(0, 4))).has(date);

/**
 * Monday to Friday and no public holiday of `country` (ISO 3166 alpha-2; of the nation, regions are not known).
 * Without a country, or with one the library does not know, only weekends are off.
 * @throws RangeError if `date` is not written `YYYY-MM-DD`.
 */
export function isWorkingDay(date: IsoDate, country: string | undefined): boolean {
  if (weekday(date) > 5) return false;
  return country === undefined || !isHoliday(date, country);
}

/** The `count`-th working day after `date`; the day itself does not count. `count` is a whole number of at least 1. */
export function addWorkingDays(date: IsoDate, count: number, country: string | undefined): IsoDate {
  let day = date;
  for (let left = count; left > 0; ) {
    day = addDays(day, 1);
    if (isWorkingDay(day, country)) left--;
  }
  return day;
}

/** The day until whose end the password e-mail should have come: the second working day after the application (F14). */
export function dueDate(applied: IsoDate, country?: string): IsoDate {
  return addWorkingDays(applied, 2, country);
}

/** The later of the due dates by the customer's calendar (weekends only, if unknown) and by that of Canon's seat. */
export function latestDueDate(applied: IsoDate, country?: string): IsoDate {
  const [own, canon] = [dueDate(applied, country), dueDate(applied, CANON_COUNTRY)];
  return daysBetween(own, canon) > 0 ? canon : own;
}

/**
 * The first day on which the e-mail may be called overdue: the day after `latestDueDate` on which both the customer's
 * country and Canon's work (decisions.md G: the cautious reading).
 */
export function overdueFrom(applied: IsoDate, country?: string): IsoDate {
  let day = addDays(latestDueDate(applied, country), 1);
  while (!isWorkingDay(day, country) || !isWorkingDay(day, CANON_COUNTRY)) day = addDays(day, 1);
  return day;
}
