import { eld } from 'eld/small';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { toActivity } from '../../src/bot/activities.ts';
import { converse } from '../../src/conversation/converse.ts';
import { type Event, newState, type Reply } from '../../src/conversation/state.ts';
import { everyLanguage } from '../helpers/talk.ts';
import { testWorld, texts } from '../helpers/world.ts';

const turnsInAll = 10_000;
const turnsPerWalk = 50;

/** What a customer may do next: press a button, type its number or first letters, or anything else. */
const move = fc.oneof(
  { weight: 8, arbitrary: fc.record({ press: fc.nat(20) }) },
  { weight: 2, arbitrary: fc.record({ number: fc.integer({ min: 0, max: 12 }) }) },
  { weight: 2, arbitrary: fc.record({ letters: fc.nat(20), length: fc.integer({ min: 1, max: 6 }) }) },
  {
    weight: 2,
    arbitrary: fc.record({
      text: fc.constantFrom(
        '1800',
        '2.500',
        '499,5',
        '-3',
        'eile',
        'vakar',
        '20.11.',
        '31.2.',
        'a@b.ee',
        'Eesti',
        'Latvijā',
        'x'.repeat(5000),
        '👍',
        'مرحبا بكم',
        '   ',
        '$t(bot:greeting) {{link}}',
      ),
    }),
  },
  { weight: 1, arbitrary: fc.record({ text: fc.string({ unit: 'grapheme', maxLength: 60 }) }) },
  { weight: 1, arbitrary: fc.record({ hours: fc.integer({ min: 1, max: 100 }) }) },
  { weight: 1, arbitrary: fc.constant({ upload: true }) },
);

// Languages that a short Estonian, Latvian or English text could be taken for are left out: the question is which of ours it is.
eld.setLanguageSubset(['et', 'lv', 'en']);

test.each(everyLanguage)(
  '10,000 turns at random in %s: never an exception, never silence, never another language',
  (language) => {
    const seen = new Map<string, string>();
    fc.assert(
      fc.property(fc.array(move, { minLength: turnsPerWalk, maxLength: turnsPerWalk }), (moves) => {
        const world = testWorld();
        let state = newState(language, world.now);
        let last: Reply[] = [];
        const turn = (event: Event) => {
          const outcome = converse(state, event, world);
          if (outcome.replies.length > 0) last = outcome.replies;
          state = outcome.state;
          // Pressed "change language": that is another test's matter.
          if (state.language !== language) state = { ...state, language };
          return outcome;
        };
        turn({ type: 'join', language });
        for (const step of moves) {
          const labels = (last.at(-1)?.choices ?? []).map(({ part }) => texts.label(language, part.key));
          if ('hours' in step) world.now += step.hours * 3600_000;
          const event: Event =
            'upload' in step
              ? { type: 'upload' }
              : 'hours' in step
                ? { type: 'join', language }
                : { type: 'message', text: wordsOf(step, labels) };
          const { replies } = turn(event);
          if (event.type !== 'join') expect(replies.length, JSON.stringify(event)).toBeGreaterThan(0);
          for (const reply of replies) {
            const { text = '' } = toActivity(reply, language, texts);
            expect(text.trim(), reply.node).not.toBe('');
            seen.set(JSON.stringify(reply.parts.map(({ key }) => key)), text);
          }
        }
      }),
      { numRuns: turnsInAll / turnsPerWalk, seed: 20261120 },
    );
    const foreign = [...seen.values()].filter((text) => {
      const words = text.replace(/https?:\S+|[“„«][^”“»]*[”“»]|`[^`]*`|\b[A-Z ]{6,}\b|\d+/g, ' ');
      return words.length > 60 && eld.detect(words).language !== language;
    });
    expect(foreign).toEqual([]);
  },
);

function wordsOf(
  step: Exclude<typeof move extends fc.Arbitrary<infer T> ? T : never, { hours: number } | { upload: boolean }>,
  labels: string[],
): string {
  if ('text' in step) return step.text;
  if ('number' in step) return String(step.number);
  if ('press' in step) return labels[step.press % Math.max(labels.length, 1)] ?? 'menu';
  return (labels[step.letters % Math.max(labels.length, 1)] ?? 'x').slice(0, step.length);
}
