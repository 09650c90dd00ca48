import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type OpenHours, readOpenHours } from '../../src/config/values.ts';
import { openingAt, replyBy, type SupportTimes } from '../../src/support/reply-by.ts';
import { isHoliday } from '../../src/support/working-days.ts';

const hour = 3600_000;
const at = (utc: string) => Date.parse(`${utc}Z`);
const team = (
  hours: string,
  within: number | undefined = 4 * hour,
  more: Partial<SupportTimes> = {},
): SupportTimes => ({
  hours: readOpenHours(hours)!,
  timeZone: 'Europe/Tallinn',
  country: 'EE',
  replyWithin: within,
  ...more,
});
const weekdays = team('Mon-Fri 09:00-17:00');
const utc = (instant: number | undefined) =>
  instant === undefined ? undefined : new Date(instant).toISOString().slice(0, 16);

describe('by when an answer can be expected', () => {
  test.each([
    ['asked in the morning', weekdays, '2026-11-20T08:00', '2026-11-20T12:00'],
    ['asked on Friday afternoon: the rest on Monday', weekdays, '2026-11-20T13:30', '2026-11-23T09:30'],
    ['to the very end of the day', weekdays, '2026-11-20T11:00', '2026-11-20T15:00'],
    ['asked on a Sunday', weekdays, '2026-11-22T12:00', '2026-11-23T11:00'],
    ['Christmas is not open', weekdays, '2026-12-23T14:00', '2026-12-28T10:00'],
    ['several days of open time', { ...weekdays, replyWithin: 20 * hour }, '2026-11-18T10:00', '2026-11-20T14:00'],
    [
      'a lunch break does not count',
      team('Mon-Fri 09:00-12:00, Mon-Fri 13:00-17:00'),
      '2026-11-20T08:00',
      '2026-11-20T13:00',
    ],
    ['round the clock, over midnight', team('Mon-Sun 00:00-24:00'), '2026-11-20T21:00', '2026-11-21T01:00'],
    [
      'a night shift over midnight',
      team('Mon 20:00-24:00, Tue 00:00-04:00', 6 * hour),
      '2026-11-23T10:00',
      '2026-11-24T00:00',
    ],
    [
      'clocks go forward: the night is an hour short',
      team('Mon-Sun 00:00-24:00', 4 * hour),
      '2026-03-28T23:30',
      '2026-03-29T03:30',
    ],
    [
      'a stretch in the hour that does not exist',
      team('Sun 03:00-05:00', hour),
      '2026-03-28T10:00',
      '2026-03-29T02:00',
    ],
    ['the hour that comes twice', team('Sun 03:00-05:00', 3 * hour), '2026-10-24T10:00', '2026-10-25T03:00'],
  ])('%s', (_, times, asked, expected) => {
    expect(utc(replyBy(at(asked), times))).toBe(expected);
  });

  test('no promise without hours, without a time, or when it is out of reach', () => {
    const now = at('2026-11-20T08:00');
    expect(replyBy(now, { ...weekdays, hours: undefined })).toBeUndefined();
    expect(replyBy(now, { ...weekdays, replyWithin: undefined })).toBeUndefined();
    expect(replyBy(now, team('Sun 09:00-09:01', 24 * hour))).toBeUndefined();
  });
});

test.each([
  ['2026-11-20T08:00', { open: true }],
  ['2026-11-20T07:00', { open: true }],
  ['2026-11-20T15:00', { open: false, opensAt: at('2026-11-23T07:00') }],
  ['2026-12-24T10:00', { open: false, opensAt: at('2026-12-28T07:00') }],
])('at %s support is %j', (now, expected) => {
  expect(openingAt(at(now), weekdays)).toEqual(expected);
});

describe('whatever the hours, the zone and the time', () => {
  const minutes = fc.integer({ min: 0, max: 24 * 60 });
  const oneDay = fc.uniqueArray(minutes, { minLength: 2, maxLength: 6 }).map((all) => {
    const edges = all.sort((a, b) => a - b);
    return edges.flatMap((from, i) => (i % 2 === 0 && i + 1 < edges.length ? [{ from, to: edges[i + 1]! }] : []));
  });
  const week = fc
    .array(fc.tuple(fc.integer({ min: 1, max: 7 }), oneDay), { minLength: 1, maxLength: 7 })
    .map((days) =>
      [...new Map(days)].flatMap(([weekday, spans]) => spans.map((span): OpenHours => ({ weekday, ...span }))),
    );
  const zone = fc.constantFrom(
    'Europe/Tallinn',
    'Europe/London',
    'America/New_York',
    'Australia/Lord_Howe',
    'Asia/Kolkata',
    'UTC',
  );
  const times = fc.record({
    hours: week,
    timeZone: zone,
    country: fc.constantFrom('EE', 'LV', 'FI', 'XX'),
    replyWithin: fc.integer({ min: 1, max: 30 * 60 }).map((count) => count * 60_000),
  });
  // Whole minutes around the days on which clocks change, and anywhere in two years.
  const near = (day: string) =>
    fc.integer({ min: -3000, max: 3000 }).map((minute) => at(`${day}T01:00`) + minute * 60_000);
  const moment = fc.oneof(
    near('2026-03-29'),
    near('2026-10-25'),
    near('2026-03-08'),
    near('2026-11-01'),
    near('2026-04-04'),
    near('2026-12-24'),
    fc.integer({ min: 0, max: 2 * 365 * 24 * 60 }).map((minute) => at('2026-01-01T00:00') + minute * 60_000),
  );

  const clocks = new Map<string, Intl.DateTimeFormat>();
  const clockOf = (timeZone: string) =>
    new Intl.DateTimeFormat('en-CA', {
      ...{ timeZone, hourCycle: 'h23', year: 'numeric', month: '2-digit', day: '2-digit' },
      ...{ hour: '2-digit', minute: '2-digit' },
    });

  /** What the clock on the wall of the support says, asked of Intl alone. */
  function isOpen(instant: number, { hours, timeZone, country }: SupportTimes): boolean {
    const clock = clocks.get(timeZone) ?? clockOf(timeZone);
    clocks.set(timeZone, clock);
    const parts = clock.formatToParts(instant);
    const of = (type: string) => parts.find((part) => part.type === type)!.value;
    const day = `${of('year')}-${of('month')}-${of('day')}`;
    const minute = Number(of('hour')) * 60 + Number(of('minute'));
    const weekday = new Date(`${day}T00:00Z`).getUTCDay() || 7;
    return (
      !isHoliday(day, country) && hours!.some((one) => one.weekday === weekday && one.from <= minute && minute < one.to)
    );
  }

  test('open is what the wall clock says, and it opens at an instant that is open after one that is not', () => {
    fc.assert(
      fc.property(moment, times, (now, support) => {
        const opening = openingAt(now, support);
        expect(opening?.open ?? false).toBe(isOpen(now, support));
        if (opening?.opensAt === undefined) return;
        expect(opening.opensAt).toBeGreaterThan(now);
        expect(isOpen(opening.opensAt, support)).toBe(true);
        expect(isOpen(opening.opensAt - 60_000, support)).toBe(false);
      }),
      { numRuns: 200 },
    );
  });

  test('the minute before the answer is due is open, and exactly the configured minutes are open until then', () => {
    fc.assert(
      fc.property(moment, times, (now, support) => {
        const by = replyBy(now, support);
        if (by === undefined || by - now > 7 * 24 * hour) return;
        expect(isOpen(by - 60_000, support)).toBe(true);
        let open = 0;
        for (let minute = now; minute < by; minute += 60_000) if (isOpen(minute, support)) open += 60_000;
        expect(open).toBe(support.replyWithin);
      }),
      { numRuns: 40 },
    );
  });

  test('who asks later, or is to be answered in more time, is never expected to be answered earlier', () => {
    fc.assert(
      fc.property(moment, times, fc.integer({ min: 0, max: 5000 }), (now, support, minutesMore) => {
        const more = minutesMore * 60_000;
        const [first = 0, later = Number.POSITIVE_INFINITY] = [replyBy(now, support), replyBy(now + more, support)];
        expect(later).toBeGreaterThanOrEqual(first);
        const slower =
          replyBy(now, { ...support, replyWithin: support.replyWithin + more }) ?? Number.POSITIVE_INFINITY;
        expect(slower).toBeGreaterThanOrEqual(first + more);
      }),
      { numRuns: 200 },
    );
  });
});
