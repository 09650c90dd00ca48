import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { answeredTo, markOf, marksIn, remembering } from '../../src/bot/answered.ts';

const remembered = (count: number) =>
  Array.from({ length: count }, (_, at) => at).reduce<readonly string[]>(
    (before, at) => remembering({ seq: 2 * at + 1, from: 2 * at + 2, to: 2 * at + 2 }, [markOf(`id ${at}`)], before),
    [],
  );

describe('what was answered lately', () => {
  test('is found by each of its ids, whatever they are made of', () => {
    const lines = fc.tuple(fc.option(fc.nat(), { nil: undefined }), fc.nat(), fc.nat());
    fc.assert(
      fc.property(fc.uniqueArray(fc.string(), { minLength: 1, maxLength: 2 }), lines, (ids, [line, from, to]) => {
        const entry = { seq: line === undefined ? undefined : line + 1, from, to };
        const stored = remembering(entry, ids.map(markOf), remembered(5));
        for (const id of ids) expect(answeredTo([markOf(id)], stored)).toEqual(entry);
        expect(JSON.parse(JSON.stringify(stored))).toEqual(stored);
      }),
      { seed: 20261122 },
    );
  });

  test('another id is not found, not even one that looks like a line', () => {
    expect(answeredTo([markOf('other')], remembered(5))).toBeUndefined();
    expect(answeredTo(['1'], remembered(5))).toBeUndefined();
  });

  test('the oldest are forgotten, so that what every commit writes stays small', () => {
    const stored = remembered(1000);
    expect(JSON.stringify(stored).length).toBeLessThan(3000);
    expect(answeredTo([markOf('id 999')], stored)).toEqual({ seq: 1999, from: 2000, to: 2000 });
    expect(answeredTo([markOf('id 965')], stored)).toBeDefined();
    expect(answeredTo([markOf('id 0')], stored)).toBeUndefined();
    expect(marksIn(stored)).toHaveLength(stored.length);
  });

  test('what has no id leaves nothing', () => {
    expect(remembering({ seq: 1, from: 2, to: 2 }, [], [])).toEqual([]);
  });
});
