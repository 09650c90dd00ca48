/** Counts one more for `key`; 0 when it may go on, else the milliseconds to wait. */
export type Limiter = (key: string) => number;

interface Count {
  window: number;
  now: number;
  before: number;
}

/**
 * At most `limit` in any `span`, near enough: two counts per key, of which the older one fades as the span slides over it.
 * Memory is bounded: beyond `keys` the key that was quiet for longest is forgotten. What was refused is not counted, so a
 * client that keeps knocking gets its share again.
 * @param limit 0: no limit
 * @param now milliseconds
 */
export function createLimiter({
  limit,
  now,
  span = 60_000,
  keys = 20_000,
}: {
  limit: number;
  now: () => number;
  span?: number;
  keys?: number;
}): Limiter {
  const counts = new Map<string, Count>();
  if (limit === 0) return () => 0;

  function current(key: string, window: number): Count {
    const last = counts.get(key);
    counts.delete(key);
    if (last?.window === window) return last;
    return { window, now: 0, before: last?.window === window - 1 ? last.now : 0 };
  }

  return (key) => {
    const time = now();
    const window = Math.floor(time / span);
    const passed = (time % span) / span;
    const count = current(key, window);
    counts.set(key, count);
    if (counts.size > keys) counts.delete(counts.keys().next().value ?? key);
    if (count.before * (1 - passed) + count.now + 1 <= limit) {
      count.now += 1;
      return 0;
    }
    // When the count of this span is full, the next one begins with it; else wait until the older count has faded enough.
    const target = count.now + 1 > limit ? 1 + 1 / limit : 1 - (limit - count.now - 1) / count.before;
    return Math.max(1, Math.ceil((target - passed) * span));
  };
}
