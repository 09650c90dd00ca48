/** Teams' limits for one thread: 7 messages in a second, 60 in 30 seconds. */
import { createBounded } from '../../bot/bounded.ts';

const limits = [
  { most: 6, ms: 1000 },
  { most: 55, ms: 30_000 },
];

/** @returns milliseconds to wait before the next message into that thread; 0: it may go, and is counted */
export function createPace(now: () => number): (thread: string) => number {
  const sent = createBounded<number[]>(2000);
  return (thread) => {
    const at = now();
    const recent = (sent.get(thread) ?? []).filter((time) => at - time < 30_000);
    for (const { most, ms } of limits) {
      const within = recent.filter((time) => at - time < ms);
      if (within.length >= most) return ms - (at - within[0]!);
    }
    sent.set(thread, [...recent, at]);
    return 0;
  };
}
