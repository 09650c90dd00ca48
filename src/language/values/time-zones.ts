import type { IsoDate } from './iso-date.ts';

const zones: Record<string, string> = {
  EE: 'Europe/Tallinn',
  LV: 'Europe/Riga',
  LT: 'Europe/Vilnius',
  FI: 'Europe/Helsinki',
  SE: 'Europe/Stockholm',
  NO: 'Europe/Oslo',
  DK: 'Europe/Copenhagen',
  DE: 'Europe/Berlin',
  AT: 'Europe/Vienna',
  CH: 'Europe/Zurich',
  FR: 'Europe/Paris',
  BE: 'Europe/Brussels',
  NL: 'Europe/Amsterdam',
  LU: 'Europe/Luxembourg',
  IE: 'Europe/Dublin',
  GB: 'Europe/London',
  PL: 'Europe/Warsaw',
  CZ: 'Europe/Prague',
  SK: 'Europe/Bratislava',
  HU: 'Europe/Budapest',
  ES: 'Europe/Madrid',
  PT: 'Europe/Lisbon',
  IT: 'Europe/Rome',
  RU: 'Europe/Moscow',
};

/** The customer's time zone (IANA) as far as it can be told: the country's, else the one that goes with et or lv, else Canon's seat. */
export function defaultTimeZone(country: string | undefined, language: string): string {
  const own = country === undefined ? undefined : zones[country];
  if (own !== undefined) return own;
  return (language === 'et' && zones.EE) || (language === 'lv' && zones.LV) || 'Europe/Amsterdam';
}

const formats = new Map<string, Intl.DateTimeFormat>();
/** The last answer per zone: it holds for its minute, and Intl takes as long as the rest of a turn's text. */
const lastDays = new Map<string, { minute: number; day: IsoDate }>();

/**
 * The day it is at `now` in `timeZone` (IANA name).
 * @throws RangeError if there is no such zone.
 */
export function localToday(now: Date, timeZone: string): IsoDate {
  const minute = Math.floor(now.getTime() / 60_000);
  const last = lastDays.get(timeZone);
  if (last?.minute === minute) return last.day;
  let format = formats.get(timeZone);
  if (!format) {
    // The Swedish way of writing a date is the ISO one.
    format = new Intl.DateTimeFormat('sv', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' });
    formats.set(timeZone, format);
  }
  const day = format.format(now);
  lastDays.set(timeZone, { minute, day });
  return day;
}

const clocks = new Map<string, Intl.DateTimeFormat>();

/**
 * How far the clocks of `timeZone` (IANA name) are ahead of UTC at `instant`; both in milliseconds.
 * @throws RangeError if there is no such zone.
 */
export function offsetAt(instant: number, timeZone: string): number {
  let clock = clocks.get(timeZone);
  if (!clock) {
    const two = '2-digit';
    clock = new Intl.DateTimeFormat('sv', {
      ...{ timeZone, year: 'numeric', month: two, day: two },
      ...{ hour: two, minute: two, second: two },
    });
    clocks.set(timeZone, clock);
  }
  const whole = Math.floor(instant / 1000) * 1000;
  // The Swedish way of writing it again: `2026-11-20 12:00:00`.
  return Date.parse(`${clock.format(whole).replace(' ', 'T')}Z`) - whole;
}
