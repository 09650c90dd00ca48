/** Whatever customers type: their words are in no output, unless as many conversations as a group needs typed the same. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { insightText } from '../../../scripts/lib/insight-text.ts';
import { countStore, insightOf } from '../../../src/ops/insight/insight.ts';
import { insightPage } from '../../../src/ops/insight/page.ts';
import { least } from '../../../src/ops/insight/tally.ts';
import { openLowdbStore } from '../../../src/store/lowdb/index.ts';
import { friday, texts } from '../../helpers/world.ts';
import { customers } from './customers.ts';

const language = fc.constantFrom(...texts.languages);
/** Words that stand in none of our texts. */
const word = fc.stringMatching(/^[a-zõäöüāčēģīķļņšūž0-9]{3,12}$/).map((letters) => `zq${letters}`);
const phrase = fc
  .array(word, { minLength: 1, maxLength: 4 })
  .chain((words) => fc.constantFrom(words.join(' '), `${words.join(', ')}!`, words.join(' ').toUpperCase()));
const talk = fc.record({ phrase, language, conversations: fc.integer({ min: 1, max: least + 2 }) });

test('in page, table and JSON', { timeout: 180_000 }, async () => {
  let made = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(talk, { minLength: 1, maxLength: 5 }), phrase, async (talks, secret) => {
      const folder = await mkdtemp(join(tmpdir(), 'cps-private-'));
      const store = await openLowdbStore({ folder });
      const { say, walk } = customers(store);
      for (const { phrase: typed, language: spoken, conversations } of talks) {
        for (let i = 0; i < conversations; i++) {
          const id = `talk-${++made}`;
          await say(id, spoken, typed);
          // Again and again, and as an answer that a request takes along.
          await say(id, spoken, typed);
          await walk(id, spoken, 'bot:commands.human.label', 'contactSupport.topic.other');
          if (i % 2 === 0) await say(id, spoken, typed);
          else await say(id, spoken, secret);
          await say(id, spoken, `${secret} ${i}`);
        }
      }
      const counted = await countStore(store, friday, 'Europe/Riga');
      const outputs = texts.languages.flatMap((reader) => {
        const words = { language: reader, texts, timeZone: 'Europe/Riga' };
        return [{}, ...texts.languages.map((one) => ({ language: one }))].flatMap((slice) => {
          const insight = insightOf(counted, slice);
          const page = insightPage(insight, slice, words, { links: true });
          return [page, insightText(insight, slice, words), JSON.stringify(insight)];
        });
      });
      const shown = new Set(outputs.flatMap((output) => output.toLowerCase().match(/zq[\p{L}\p{N}]+/gu) ?? []));
      const { phrases = [] } = insightOf(counted);
      for (const { conversations } of phrases) expect(conversations).toBeGreaterThanOrEqual(least);
      const allowed = new Set(phrases.flatMap(({ text }) => text.match(/zq[\p{L}\p{N}]+/gu) ?? []));
      expect([...shown].filter((one) => !allowed.has(one))).toEqual([]);
      // What is shown was typed by so many, in one language.
      for (const { text, language: spoken } of phrases) {
        const typing = talks.filter((one) => one.language === spoken && plain(one.phrase) === plain(text));
        expect(typing.reduce((total, one) => total + one.conversations, 0)).toBeGreaterThanOrEqual(least);
      }
      await store.close();
      await rm(folder, { recursive: true, force: true });
    }),
    { numRuns: 12 },
  );
});

const plain = (text: string) =>
  text
    .toLowerCase()
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
