/** A calendar day as `YYYY-MM-DD`, without a time and without a zone. Compares with `<` like the days themselves. */
export type IsoDate = string;

const dayMs = 86_400_000;

function toUtc(date: IsoDate): number {
  const time = /^\d{4}-\d{2}-\d{2}$/.test(date) ? Date.parse(`${date}T00:00:00Z`) : Number.NaN;
  if (Number.isNaN(time)) throw new RangeError(`a date must be written YYYY-MM-DD (got "${date}")`);
  return time;
}

/** The day as IsoDate, or undefined if there is no such day (31.2.) or the year is outside 1900-2199. */
export function isoDate(year: number, month: number, day: number): IsoDate | undefined {
  if (year < 1900 || year > 2199 || month < 1 || month > 12 || day < 1 || day > 31) return undefined;
  const date = new Date(Date.UTC(year, month - 1, day));
  return date.getUTCDate() === day ? date.toISOString().slice(0, 10) : undefined;
}

/** @throws RangeError if `date` is not written `YYYY-MM-DD`. */
export function addDays(date: IsoDate, days: number): IsoDate {
  return new Date(toUtc(date) + days * dayMs).toISOString().slice(0, 10);
}

/** Whole days from `from` to `to`, negative if `to` is earlier. */
export function daysBetween(from: IsoDate, to: IsoDate): number {
  return (toUtc(to) - toUtc(from)) / dayMs;
}

/** 1 = Monday ... 7 = Sunday. */
export function weekday(date: IsoDate): number {
  return new Date(toUtc(date)).getUTCDay() || 7;
}
