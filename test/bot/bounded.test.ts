import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createBounded } from '../../src/bot/bounded.ts';

test('what is asked for again and again is kept, however much else comes', () => {
  const map = createBounded<number>(10);
  map.set('mine', 1);
  for (let at = 0; at < 1000; at++) {
    map.set(`other ${at}`, at);
    if (at % 4 === 0) expect(map.get('mine')).toBe(1);
  }
  expect(map.get('other 0')).toBe(undefined);
  expect(map.get('other 999')).toBe(999);
});

test('tells what was set last, or nothing; never more entries than it may have, and always the newest half', () => {
  const step = fc.tuple(fc.constantFrom('set', 'get', 'delete'), fc.integer({ min: 0, max: 40 }).map(String));
  fc.assert(
    fc.property(fc.array(step, { maxLength: 300 }), (steps) => {
      const most = 10;
      const map = createBounded<number>(most);
      const truth = new Map<string, number>();
      steps.forEach(([what, key], at) => {
        if (what === 'set') {
          map.set(key, at);
          truth.delete(key);
          truth.set(key, at);
        } else if (what === 'delete') {
          map.delete(key);
          truth.delete(key);
        } else expect([undefined, truth.get(key)]).toContain(map.get(key));
      });
      const newest = [...truth.keys()].slice(-most / 2);
      const isAsked = steps.some(([what]) => what === 'get');
      if (!isAsked) for (const key of newest) expect(map.get(key)).toBe(truth.get(key));
      const kept = Array.from({ length: 41 }, (_, key) => String(key)).filter((key) => truth.has(key));
      expect(kept.filter((key) => map.get(key) !== undefined).length).toBeLessThanOrEqual(most);
    }),
  );
});
