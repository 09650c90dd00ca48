/**
 * Whether support is open, and by when an answer can be expected: only as far as that is configured (decision table F: unknown
 * hours, no promise of a time).
 */
import type { OpenHours } from '../config/values.ts';
import { type OpenTimes, openSpans } from './open-hours.ts';

export interface SupportTimes extends Omit<OpenTimes, 'hours'> {
  /** Undefined: not known. */
  hours: readonly OpenHours[] | undefined;
  /** Milliseconds of open time within which the team answers; undefined: not known. */
  replyWithin: number | undefined;
}

export interface Opening {
  open: boolean;
  /** When it opens next, milliseconds since 1970; absent while it is open. */
  opensAt?: number;
}

/** @returns undefined when no hours are known */
export function openingAt(now: number, { hours, ...times }: SupportTimes): Opening | undefined {
  const span = hours && openSpans(now, { ...times, hours }).next().value;
  if (!span) return undefined;
  return span.start <= now ? { open: true } : { open: false, opensAt: span.start };
}

/**
 * The instant by which somebody who asked at `since` can expect an answer: `replyWithin` of open time later, at an instant at
 * which support is open, or just closes.
 * @returns milliseconds since 1970; undefined when hours or time are not known, or it is over a year away
 */
export function replyBy(since: number, times: SupportTimes): number | undefined {
  const { hours, replyWithin } = times;
  if (!hours || replyWithin === undefined) return undefined;
  let left = replyWithin;
  for (const { start, end } of openSpans(since, { ...times, hours })) {
    const from = Math.max(start, since);
    if (end - from >= left) return from + left;
    left -= end - from;
  }
  return undefined;
}
