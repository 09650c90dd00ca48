import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { everyLanguage, talk } from '../helpers/talk.ts';
import { testWorld } from '../helpers/world.ts';

const missing: Record<string, (n: string) => string> = {
  et: (n) => `Puudu on ${n} punkt`,
  lv: (n) => `Trūkst ${n} punkt`,
  en: (n) => `${n} point`,
};

describe.each(everyLanguage)('levels for a number of points, in %s', (language) => {
  const told = (typed: string) => {
    const customer = talk(language);
    customer.say('@tiers');
    customer.say(typed);
    return customer;
  };

  // Table D: the classes and their boundaries.
  test.each([
    [0, 'noPoints'],
    [1, 'below'],
    [498, 'below'],
    [499, 'below'],
    [500, 'invited'],
    [501, 'someLevels'],
    [1998, 'someLevels'],
    [1999, 'someLevels'],
    [2000, 'anyOfThree'],
    [2001, 'anyOfThree'],
    [2499, 'anyOfThree'],
    [2500, 'anyOfThree'],
    [2501, 'corporate'],
    [999_999, 'corporate'],
    [1_000_000, 'corporate'],
  ])('%i -> %s', (points, node) => {
    expect(told(String(points)).where()).toBe(`tiers.${node}`);
  });

  test('every number falls into its class', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 1_000_000 }), (points) => {
        const node = told(String(points)).where();
        const expected =
          points === 0
            ? 'noPoints'
            : points < 500
              ? 'below'
              : points === 500
                ? 'invited'
                : points < 2000
                  ? 'someLevels'
                  : points <= 2500
                    ? 'anyOfThree'
                    : 'corporate';
        expect(node).toBe(`tiers.${expected}`);
      }),
      { numRuns: 200 },
    );
  });

  test('what is missing: up to the invitation, up to the corporate levels, one point in the singular', () => {
    const number = (typed: string, n: string) => expect(told(typed).words()).toContain(missing[language]!(n));
    number('1', '499');
    number('499', '1');
    expect(told('499').words()).not.toMatch(
      language === 'en' ? /\b1 points/ : language === 'et' ? /\b1 punkti/ : /\b1 punktu/,
    );
    const more = (typed: string) => /(\d+)[^\d.]*\.[^.]*$/.exec(told(typed).words().split('2500')[1] ?? '');
    void more;
    expect(told('2500').words()).toMatch(/\b1 p/);
    expect(told('2000').words()).toMatch(/\b501 p/);
  });

  test('corporate levels are explained to everyone from 2000 to 2500, and need more than 2500', () => {
    for (const points of ['2000', '2001', '2499', '2500']) expect(told(points).words()).toMatch(/2\D?500/);
  });

  test('no level is tied to a number unless the operator has Canon’s confirmation', () => {
    const metals = { et: /hõbe|kuld|plaatina/i, lv: /sudrab|zelt|platīn/i, en: /silver|gold|platinum/i }[language]!;
    for (const points of ['500', '501', '1600', '1999']) expect(told(points).words()).not.toMatch(metals);
    const settings = { reachable: true, tierThresholds: { silver: 500, gold: 1000, platinum: 1600 } };
    const customer = talk(language, testWorld({ settings }));
    customer.say('@tiers');
    customer.say('1700');
    expect(customer.words()).toMatch(metals);
  });

  // Table D, inputs.
  test.each([
    [' 500 ', 'tiers.invited'],
    ['０５００', 'tiers.invited'],
    ['2 000', 'tiers.anyOfThree'],
    ['2 000', 'tiers.anyOfThree'],
    ['2 000', 'tiers.anyOfThree'],
    ["2'000", 'tiers.anyOfThree'],
    ['499,5', 'tiers.points'],
    ['½', 'tiers.points'],
    ['-5', 'tiers.points'],
    ['500-600', 'tiers.points'],
    ['2000+', 'tiers.points'],
    ['2k', 'tiers.points'],
    ['1000001', 'tiers.points'],
    ['1e3', 'tiers.points'],
    ['0x1F4', 'tiers.points'],
    ['NaN', 'tiers.points'],
    ['👍', 'tiers.points'],
  ])('typed %j -> %s', (typed, node) => {
    expect(told(typed).where()).toBe(node);
  });

  test('2.500 is taken as 2500, and the bot says so', () => {
    const customer = told('2.500');
    expect(customer.where()).toBe('tiers.anyOfThree');
    expect(customer.state.answers.tiers?.points).toEqual({ value: 2500 });
    expect(customer.words().split('\n\n')[0]).toMatch(/2\D?500/);
  });

  test('after the third answer that cannot be read a human is offered', () => {
    const customer = told('499,5');
    customer.say('-1');
    customer.say('500-600');
    expect(customer.where()).toBe('null.stuck');
    customer.say('@human');
    expect(customer.where()).toMatch(/^contactSupport\./);
  });
});
