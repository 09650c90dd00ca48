/** Counts one more for `key`; 0 when it may go on, else the milliseconds to wait. */
export type Limiter = (key: string) => number;

interface Count {
  window: number;
  now: number;
  before: number;
}

/**
 * At most `limit` in any `span`, near enough: two counts per key, of which the older one fades as the span slides over it.
 * Memory is bounded: of more than `keys` the half that was quiet for longest is forgotten, in one stroke, so that a flood of
 * new keys costs no more than known ones. What was refused is not counted, so a client that keeps knocking gets its share again.
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
  if (limit === 0) return () => 0;
  let recent = new Map<string, Count>();
  let older = new Map<string, Count>();

  function current(key: string, window: number): Count {
    const last = recent.get(key) ?? older.get(key);
    if (last?.window === window) return keep(key, last);
    return keep(key, { window, now: 0, before: last?.window === window - 1 ? last.now : 0 });
  }

  function keep(key: string, count: Count): Count {
    if (!recent.has(key) && recent.size >= keys / 2) {
      older = recent;
      recent = new Map();
    }
    recent.set(key, count);
    return count;
  }

  return (key) => {
    const time = now();
    const window = Math.floor(time / span);
    const passed = (time % span) / span;
    const count = current(key, window);
    if (count.before * (1 - passed) + count.now + 1 <= limit) {
      count.now += 1;
      return 0;
    }
    // When the count of this span is full, the next one begins with it; else wait until the older count has faded enough.
    const target = count.now + 1 > limit ? 1 + 1 / limit : 1 - (limit - count.now - 1) / count.before;
    return Math.max(1, Math.ceil((target - passed) * span));
  };
}
