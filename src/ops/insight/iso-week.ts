/** Weeks as ISO 8601 counts them, in the support's time zone. */

import { localToday } from '../../language/values/dates.ts';
import { addDays, daysBetween, weekday } from '../../language/values/iso-date.ts';

/** Zones differ by whole quarters of an hour, so no week begins within one. */
const quarterMs = 15 * 60_000;

/** @returns gives the week of a time (milliseconds since 1970), such as `2026-W47`; each quarter of an hour is looked up once */
export function isoWeeks(timeZone: string): (at: number) => string {
  const known = new Map<number, string>();
  return (at) => {
    const quarter = Math.floor(at / quarterMs);
    const week = known.get(quarter) ?? weekOf(localToday(new Date(quarter * quarterMs), timeZone));
    known.set(quarter, week);
    return week;
  };
}

/** A week belongs to the year of its Thursday. */
function weekOf(day: string): string {
  const thursday = addDays(day, 4 - weekday(day));
  const year = thursday.slice(0, 4);
  const number = Math.floor(daysBetween(`${year}-01-01`, thursday) / 7) + 1;
  return `${year}-W${String(number).padStart(2, '0')}`;
}
