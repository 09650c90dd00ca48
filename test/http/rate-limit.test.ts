import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createLimiter } from '../../src/http/rate-limit.ts';

describe('the limiter', () => {
  it('lets `limit` pass in any span and tells how long to wait', () => {
    const steps = fc.array(fc.tuple(fc.integer({ min: 0, max: 400 }), fc.constantFrom('a', 'b')), { maxLength: 200 });
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 8 }), steps, (limit, moves) => {
        let time = 0;
        const take = createLimiter({ limit, now: () => time, span: 1000 });
        const passed: Record<string, number[]> = { a: [], b: [] };
        for (const [wait, key] of moves) {
          time += wait;
          const left = take(key);
          if (left === 0) passed[key]?.push(time);
          expect(left).toBeLessThanOrEqual(2000);
        }
        // Two counts approximate the span: never more than the limit within one aligned span, and less than twice in any.
        for (const times of Object.values(passed)) {
          for (const from of times) {
            expect(times.filter((at) => at >= from && at < from + 1000).length).toBeLessThan(2 * limit + 1);
            expect(times.filter((at) => Math.floor(at / 1000) === Math.floor(from / 1000)).length).toBeLessThanOrEqual(
              limit,
            );
          }
        }
      }),
    );
  });

  it('lets the next one pass after the wait that it told', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 50 }),
        fc.array(fc.integer({ min: 0, max: 300 }), { minLength: 1, maxLength: 120 }),
        (limit, waits) => {
          let time = 5;
          const take = createLimiter({ limit, now: () => time, span: 1000 });
          for (const wait of waits) {
            time += wait;
            const left = take('a');
            if (left > 0) {
              time += left;
              expect(take('a')).toBe(0);
            }
          }
        },
      ),
    );
  });

  it('forgets the key that was quiet for longest, and so stays small', () => {
    const take = createLimiter({ limit: 1, now: () => 0, keys: 2 });
    expect([take('a'), take('b')]).toEqual([0, 0]);
    expect(take('a')).toBeGreaterThan(0);
    expect(take('c')).toBe(0);
    expect(take('a')).toBeGreaterThan(0);
    expect(take('b')).toBe(0);
  });

  it('of 0 limits nothing', () => {
    const take = createLimiter({ limit: 0, now: () => 0 });
    expect(Array.from({ length: 1000 }, () => take('a')).every((wait) => wait === 0)).toBe(true);
  });
});
