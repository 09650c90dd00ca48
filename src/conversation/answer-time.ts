/** When support is open and can be expected to answer, as parts of a message: what is not configured is not said (table F). */
import { localToday, offsetAt } from '../language/values/time-zones.ts';
import { openingAt, replyBy, type SupportTimes } from '../support/reply-by.ts';
import type { Part, State, Value, World } from './state.ts';

/** For the question how and when the customer wants to be answered; the hours are on the support's clock. */
export function supportHours(state: State, { now, settings: { support } }: World): Part {
  if (!support?.hours) return { key: 'bot:answerTime.noHours' };
  const zone = zoneAt(now, support.timeZone, support, state);
  return { key: 'bot:answerTime.hours', values: { hours: { hours: support.hours }, zone } };
}

/** For a request that has just come in. */
export function answerTime(state: State, world: World): Part[] {
  const { support } = world.settings;
  if (!support?.hours) return [{ key: 'bot:answerTime.unknown' }];
  const promise = byWhen(world.now, support, state);
  return [
    supportHours(state, world),
    ...whenClosed(world.now, support, state),
    ...(promise.length ? promise : [{ key: 'bot:answerTime.noTime' }]),
  ];
}

/**
 * For a request that nobody has taken since `since`. The time that was named when it came in stays; once it has passed
 * nothing is said of it.
 */
export function stillWaiting(since: number, state: State, { now, settings: { support } }: World): Part[] {
  if (!support) return [];
  const isToCome = (replyBy(since, support) ?? 0) > now;
  return [...whenClosed(now, support, state), ...(isToCome ? byWhen(since, support, state) : [])];
}

function whenClosed(now: number, support: SupportTimes, state: State): Part[] {
  const { opensAt } = openingAt(now, support) ?? {};
  if (opensAt === undefined) return [];
  return [{ key: 'bot:answerTime.opens', values: { opens: moment(opensAt, support, state) } }];
}

function byWhen(since: number, support: SupportTimes, state: State): Part[] {
  const by = replyBy(since, support);
  if (by === undefined) return [];
  const wholeMinute = Math.ceil(by / 60_000) * 60_000;
  return [{ key: 'bot:answerTime.by', values: { by: moment(wholeMinute, support, state) } }];
}

/** On the customer's own clock where it is known, else on the support's. */
function moment(instant: number, support: SupportTimes, state: State): Value {
  const zone = state.timeZone ?? support.timeZone;
  const local = instant + offsetAt(instant, zone);
  const day = localToday(new Date(instant), zone);
  const values: Record<string, Value> = {
    date: { date: day },
    weekday: { weekday: day },
    time: { time: Math.floor(local / 60_000) % (24 * 60) },
    zone: zoneAt(instant, zone, support, state),
  };
  return { part: { key: 'bot:answerTime.moment', values } };
}

/** Whose clock it is: said unless the customer's clock is known to show the same as the support's. */
function zoneAt(instant: number, zone: string, support: SupportTimes, { timeZone }: State): string {
  if (timeZone && offsetAt(instant, timeZone) === offsetAt(instant, support.timeZone)) return '';
  const minutes = offsetAt(instant, zone) / 60_000;
  const [hours, rest] = [Math.floor(Math.abs(minutes) / 60), Math.abs(minutes) % 60];
  const sign = minutes < 0 ? '−' : '+';
  return minutes === 0 ? ' (UTC)' : ` (UTC${sign}${hours}${rest ? `:${String(rest).padStart(2, '0')}` : ''})`;
}
