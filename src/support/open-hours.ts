/** When the support team is open: its weekly hours on its own clock, without the public holidays of its country. */
import type { OpenHours } from '../config/values.ts';
import { addDays, type IsoDate, weekday } from '../language/values/iso-date.ts';
import { localToday, offsetAt } from '../language/values/time-zones.ts';
import { isHoliday } from './working-days.ts';

export interface OpenTimes {
  hours: readonly OpenHours[];
  /** IANA name. */
  timeZone: string;
  /** ISO 3166 alpha-2. */
  country: string;
}

/** Milliseconds since 1970; `end` is no longer in it. */
export interface Span {
  start: number;
  end: number;
}

const minuteMs = 60_000;
const dayMs = 24 * 3600_000;
/** Hours come back every week: what is further away is not looked for. */
const longestDays = 400;

/** The open stretches that end after `from`, in their order; stretches that touch, as at midnight, are one. */
export function* openSpans(from: number, times: OpenTimes): Generator<Span> {
  let last: Span | undefined;
  const first = localToday(new Date(from), times.timeZone);
  for (let i = 0; i < longestDays; i++) {
    for (const span of spansOf(addDays(first, i), times)) {
      if (span.end <= from) continue;
      if (last?.end === span.start) last = { start: last.start, end: span.end };
      else {
        if (last) yield last;
        last = span;
      }
    }
  }
  if (last) yield last;
}

function spansOf(day: IsoDate, { hours, timeZone, country }: OpenTimes): Span[] {
  const own = hours.filter((one) => one.weekday === weekday(day));
  if (own.length === 0 || isHoliday(day, country)) return [];
  return own.flatMap((one) => piecesOf(day, one, timeZone)).sort((a, b) => a.start - b.start);
}

/**
 * The instants at which the clocks of the zone show this day and a time within these hours. Where clocks are changed that day, an
 * hour may be missing, or come twice: then a stretch may be cut in two.
 */
function piecesOf(day: IsoDate, { from, to }: OpenHours, timeZone: string): Span[] {
  const midnight = Date.parse(`${day}T00:00:00Z`);
  // No zone is further than 14 hours from UTC.
  const [before, after] = [midnight - dayMs, midnight + 2 * dayMs];
  const [early, late] = [offsetAt(before, timeZone), offsetAt(after, timeZone)];
  const on = (offset: number): Span => ({
    start: midnight + from * minuteMs - offset,
    end: midnight + to * minuteMs - offset,
  });
  if (early === late) return [on(early)];
  const change = changeBetween(before, after, timeZone);
  const pieces = [
    { start: on(early).start, end: Math.min(on(early).end, change) },
    { start: Math.max(on(late).start, change), end: on(late).end },
  ];
  return pieces.filter(({ start, end }) => start < end);
}

/** The instant at which the zone's offset changes; there is one change between the two. */
function changeBetween(before: number, after: number, timeZone: string): number {
  const early = offsetAt(before, timeZone);
  let [known, changed] = [before, after];
  while (changed - known > 1000) {
    const middle = Math.floor((known + changed) / 2000) * 1000;
    if (offsetAt(middle, timeZone) === early) known = middle;
    else changed = middle;
  }
  return changed;
}
