import { describe, expect, test } from 'vitest';
import type { Request } from '../../src/conversation/state.ts';
import type { Json, Line, Store } from '../../src/store/port.ts';
import { readTalk, withoutLeftOut } from '../../src/support/transcript.ts';
import { friday } from '../helpers/world.ts';

const bot = (text: string, place: string) => {
  const [flow, node] = place.split('.');
  return { text, from: { role: 'bot' }, channelData: { support: { flow, node } } };
};
const customer = (text: string) => ({ text, from: { role: 'user' } });
const numbered = (values: object[]): Line[] => values.map((value, i) => ({ seq: i + 1, value: value as Json }));
const textsOf = (lines: readonly Line[]) => lines.map(({ value }) => (value as { text: string }).text);
const request = (...left: string[]): Request => ({
  ...{ id: 'T', openedAt: friday, language: 'en', topic: 'noInvitation', stage: '', ledger: [] },
  fields: [
    { field: 'question', given: { value: 'words' } },
    ...left.map((field) => ({ field, given: { leftOut: true as const } })),
  ],
});

describe('what the customer has left out of the request', () => {
  const talk = numbered([
    bot('How many points?', 'tiers.points'),
    customer('1800'),
    bot('With 1800 points you can choose', 'tiers.someLevels'),
    bot('Shall we go on?', 'null.offers'),
    customer('human'),
    bot('Which company?', 'contactSupport.company'),
    customer('what?'),
    bot('Which company?', 'contactSupport.company'),
    customer('Photo Ltd'),
    bot('Which address?', 'contactSupport.email'),
    customer('me@example.com'),
    bot('Photo Ltd, me@example.com, 1800', 'contactSupport.summary'),
    customer('leave something out'),
    bot('What?', 'contactSupport.leaveOut'),
    customer('Company'),
    bot('me@example.com', 'contactSupport.summary'),
    customer('yes'),
  ]);

  test('nothing: the talk is as it was', () => {
    expect(withoutLeftOut(talk, request())).toEqual(talk);
  });

  test('an answer: each try of it is gone, and the summaries', () => {
    expect(textsOf(withoutLeftOut(talk, request('company')))).toEqual([
      ...['How many points?', '1800', 'With 1800 points you can choose', 'Shall we go on?', 'human', 'Which company?'],
      ...['Which company?', 'Which address?', 'me@example.com', 'leave something out', 'What?', 'Company', 'yes'],
    ]);
  });

  test('one that another part of the talk has told: gone there, with what the bot said to it', () => {
    const left = textsOf(withoutLeftOut(talk, request('pointsShown')));
    expect(left.join()).not.toContain('1800');
    expect(left).toContain('Photo Ltd');
  });
});

describe('reading a talk', () => {
  const stored = (count: number): Pick<Store, 'lines'> => ({
    lines: async (_, after, limit) =>
      Array.from({ length: Math.max(0, Math.min(limit, count - after)) }, (__, i) => ({
        seq: after + i + 1,
        value: null,
      })),
  });
  const edges = (lines: Line[]) => [lines.length, lines[0]?.seq, lines.at(-1)?.seq];

  test.each([
    [0, undefined, [0, undefined, undefined]],
    [7, undefined, [7, 1, 7]],
    [500, undefined, [500, 1, 500]],
    [1300, undefined, [1000, 301, 1300]],
    [1300, 600, [600, 1, 600]],
    [1300, 500, [500, 1, 500]],
  ])('%i lines, up to %s', async (count, upTo, expected) => {
    expect(edges(await readTalk(stored(count), 'c', upTo))).toEqual(expected);
  });
});
