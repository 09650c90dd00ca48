import { describe, expect, it } from 'vitest';
import { confusionsOf, figuresOf, type Judged, standingInTraining } from '../../src/language/understand/figures.ts';
import type { Decision, IntentName } from '../../src/language/understand/intents.ts';

const row = (
  intent: string,
  first: IntentName,
  decision: Decision,
  text = 'a text of some length',
  language = 'et',
): Judged => ({
  lang: 'et',
  intent,
  understood: {
    text,
    language,
    languageSure: true,
    intent: decision === 'answer' ? first : 'none',
    score: 0.5,
    decision,
    ranking: [
      { intent: first, score: 0.5 },
      { intent: 'tiers', score: 0.3 },
      { intent: 'cancel', score: 0.2 },
    ],
  },
});

const rows = [
  row('password', 'password', 'answer'),
  row('password', 'documents', 'answer'),
  row('tiers', 'password', 'offer', 'short', 'lv'),
  row('join-cps', 'join-cps', 'none'),
  row('none', 'thanks', 'answer'),
  row('none', 'thanks', 'none'),
];

describe('figuresOf', () => {
  const figures = figuresOf('et', rows);
  it('counts what is right at first place, at once, with buttons, and out of scope', () => {
    expect(figures.first).toEqual({ right: 2, of: 4 });
    expect(figures.once).toEqual({ right: 1, of: 4 });
    expect(figures.wrong).toEqual({ right: 1, of: 4 });
    expect(figures.buttons).toEqual({ right: 2, of: 4 });
    expect(figures.outOfScope).toEqual({ right: 1, of: 2 });
  });
  it('counts the language by length', () => {
    expect(figures.languageShort).toEqual({ right: 0, of: 1 });
    expect(figures.languageLong).toEqual({ right: 5, of: 5 });
  });
  it('gives macro-F1 over intents and none', () => {
    // password 0.5 (1 hit, 2 wanted, 2 given), none 0.5 (1, 2, 2); documents, tiers, join-cps, thanks 0.
    expect(figures.macroF1).toBeCloseTo(1 / 6);
  });
  it('lists confusions, the most frequent first', () => {
    const first = confusionsOf([...rows, row('password', 'documents', 'offer')])[0];
    expect(first).toMatchObject({ intent: 'password', taken: 'documents', times: 2 });
  });
});

describe('standingInTraining', () => {
  const data = { et: { utterances: { greeting: ['Tere päevast'] }, synonyms: {}, texts: [] } };
  it('finds a training phrase whatever its spelling and language', () => {
    const lines = [
      { text: 'TERE  paevast!', lang: 'lv', intent: 'greeting' },
      { text: 'Tere õhtust', lang: 'et', intent: 'greeting' },
    ];
    expect(standingInTraining(data, lines)).toEqual([lines[0]]);
  });
  it('does not mind lines without an intent: no figure comes from them', () => {
    expect(standingInTraining(data, [{ text: 'Tere päevast' }])).toEqual([]);
  });
});
