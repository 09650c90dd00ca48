import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { matchOption } from '../../src/conversation/match-option.ts';
import { optionsOf } from '../../src/conversation/node-reply.ts';
import { newState } from '../../src/conversation/state.ts';
import type { FlowName } from '../../src/flow/define-flow.ts';
import { flowNames, flowTable } from '../../src/flow/flow-table.ts';
import { everyLanguage } from '../helpers/talk.ts';
import { friday, texts } from '../helpers/world.ts';

const at = (flow: FlowName, node: string, language: string) => optionsOf({ flow, node }, newState(language, friday));
const match = (typed: string, flow: FlowName, node: string, language: string) =>
  matchOption(typed, at(flow, node, language), texts, language);

describe.each(everyLanguage)('typed answers in %s', (language) => {
  test('every label of every question means its own option, in any case and without diacritics', () => {
    for (const flow of flowNames) {
      for (const [node, { ask }] of Object.entries(flowTable[flow].nodes)) {
        const options = at(flow, node, language);
        options.forEach(({ name, choice }, i) => {
          const label = texts.label(language, choice.part.key);
          const plain = label.normalize('NFD').replace(/\p{M}/gu, '').toUpperCase();
          expect(matchOption(label, options, texts, language), `${flow}.${node}`).toBe(name);
          expect(matchOption(`  ${plain} !`, options, texts, language), `${flow}.${node}`).toBe(name);
          if (!ask) expect(matchOption(String(i + 1), options, texts, language)).toBe(name);
        });
        expect(matchOption(String(options.length + 1), options, texts, language)).toBeUndefined();
      }
    }
  });

  test('a button of the question as it was put in another language means its own option', () => {
    for (const other of everyLanguage) {
      for (const flow of flowNames) {
        for (const node of Object.keys(flowTable[flow].nodes)) {
          const options = at(flow, node, language);
          for (const { name, choice } of options) {
            const label = texts.label(other, choice.part.key);
            expect(matchOption(label, options, texts, language), `${flow}.${node}: ${label} (${other})`).toBe(name);
          }
        }
      }
    }
  });

  test.each([
    ['j', 'yes'],
    ['e', 'no'],
    ['jah', 'yes'],
    ['jaa', 'yes'],
    ['ei', 'no'],
    ['ei tea', 'unknown'],
    ['jah, aga vana', 'yes'],
  ])('et %j -> %s', (typed, option) => {
    if (language === 'et') expect(match(typed, 'register', 'vat', 'et')).toBe(option);
  });

  test('first letters, inflected words, a few words of it', () => {
    const cases =
      {
        et: [
          ['jah', 'hadCps', 'yes'],
          ['j', 'hadCps', 'yes'],
          ['Olen selle saatnud', 'apply', 'sent'],
          ['hiljem', 'apply', 'later'],
        ],
        lv: [
          ['jā', 'hadCps', 'yes'],
          ['j', 'hadCps', 'yes'],
          ['Nosūtīju pieteikumu jau', 'apply', 'sent'],
          ['vēlāk', 'apply', 'later'],
        ],
        en: [
          ['yes', 'hadCps', 'yes'],
          ['y', 'hadCps', 'yes'],
          ['I have just sent it', 'apply', 'sent'],
          ['later', 'apply', 'later'],
        ],
      }[language] ?? [];
    for (const [typed, node, option] of cases) expect(match(typed!, 'register', node!, language), typed).toBe(option);
  });

  test('nonsense means nothing', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom('q', 'x', 'w', ' ', '7'), minLength: 3, maxLength: 30 }),
        (typed) => {
          expect(match(typed, 'register', 'vat', language)).toBeUndefined();
        },
      ),
    );
  });
});
