import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { eld } from 'eld/small';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { figuresOf, type Judged, standingInTraining } from '../../src/language/understand/figures.ts';
import { MODEL_FILE, openUnderstanding, readUnderstandingData } from '../../src/language/understand/files.ts';
import type { Understand } from '../../src/language/understand/understanding.ts';

const root = join(import.meta.dirname, '..', '..');
const localesDir = join(root, 'locales');
const MAIN = ['et', 'lv', 'en'];

type HeldOut = { text: string; lang: string; intent: string };
const heldOutDir = join(import.meta.dirname, 'held-out');
const heldOut: HeldOut[] = readdirSync(heldOutDir).flatMap((name) =>
  readFileSync(join(heldOutDir, name), 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as HeldOut),
);

let bot: Understand;
beforeAll(() => {
  bot = openUnderstanding({ localesDir, modelPath: join(root, MODEL_FILE) });
}, 60_000);

const percent = ({ right, of }: { right: number; of: number }): number => (100 * right) / of;

describe('held-out phrases, which no training phrase repeats', () => {
  const judge = (lang: string, inTalk?: string): Judged[] =>
    heldOut
      .filter((line) => line.lang === lang)
      .map(({ text, intent }) => ({ lang, intent, understood: bot.understand(text, inTalk) }));

  it('are not in training', () => {
    expect(standingInTraining(readUnderstandingData(localesDir), heldOut)).toEqual([]);
  });

  it.each(MAIN)('%s is understood as well as asked', (language) => {
    const figures = figuresOf(language, judge(language));
    expect(percent(figures.first)).toBeGreaterThanOrEqual(92);
    expect(percent(figures.buttons)).toBeGreaterThanOrEqual(95);
    expect(percent(figures.wrong)).toBeLessThanOrEqual(2);
    expect(percent(figures.outOfScope)).toBeLessThanOrEqual(10);
    expect(percent(figures.languageLong)).toBeGreaterThanOrEqual(97);
  });

  it.each(['lt', 'ru', 'fi', 'sv', 'de', 'fr', 'pl'])('%s is understood at first place', (language) => {
    expect(percent(figuresOf(language, judge(language)).first)).toBeGreaterThanOrEqual(87);
  });

  it.each(MAIN)('%s is kept in a talk in that language', (language) => {
    const { languageShort, languageLong } = figuresOf(language, judge(language, language));
    expect(percent(languageShort)).toBeGreaterThanOrEqual(90);
    expect(percent(languageLong)).toBeGreaterThanOrEqual(98);
  });
});

describe('language', () => {
  it('agrees with an independent judge about clear sentences', () => {
    eld.setLanguageSubset([...new Set(heldOut.map(({ lang }) => lang))]);
    const clear = heldOut.filter(({ text, lang }) => text.length >= 25 && eld.detect(text).language === lang);
    const same = clear.filter(({ text, lang }) => bot.understand(text).language === lang);
    expect(clear.length).toBeGreaterThan(800);
    expect(same.length / clear.length).toBeGreaterThan(0.98);
  });

  it('is sure only when it is right', () => {
    const sure = heldOut.map(({ text, lang }) => ({ lang, ...bot.understand(text) })).filter((one) => one.languageSure);
    expect(sure.length).toBeGreaterThan(1000);
    expect(sure.filter(({ lang, language }) => lang !== language).length / sure.length).toBeLessThan(0.01);
  });

  it.each(['Jānis Bērziņš', 'Müller', '2000', 'EOS R5', 'merci', 'ok', '😀'])(
    '"%s" leaves an Estonian talk as it is',
    (text) => {
      expect(bot.understand(text, 'et')).toMatchObject({ language: 'et', languageSure: false });
    },
  );
});

describe('noise', () => {
  const noises: [string, (text: string) => string, stays: number][] = [
    ['capitals', (text) => text.toUpperCase(), 0.99],
    ['no diacritics', (text) => text.normalize('NFD').replace(/\p{M}/gu, ''), 0.97],
    ['doubled letters', (text) => text.replace(/(\p{L})(?=\p{L}*$)/u, '$1$1'), 0.97],
    ['marks', (text) => `${text.replaceAll(' ', '  ')}!!!...`, 0.98],
    ['emoji', (text) => `😀 ${text} 🙏🙏`, 0.99],
    ['a greeting in front', (text) => `Hello! ${text}`, 0.93],
  ];
  it.each(noises)('%s leave the right answers right', (_, noise, stays) => {
    const lines = heldOut.filter(
      ({ lang, intent }) => MAIN.includes(lang) && intent !== 'none' && intent !== 'greeting',
    );
    const right = lines.filter(({ text, lang, intent }) => bot.understand(text, lang).ranking[0]!.intent === intent);
    const still = right.filter(
      ({ text, lang, intent }) => bot.understand(noise(text), lang).ranking[0]!.intent === intent,
    );
    expect(still.length / right.length).toBeGreaterThanOrEqual(stays);
  });
});

describe('understand', () => {
  it.each([
    [
      'en',
      "I can't see the blue button. When does the invoice come?",
      { intent: 'migrate-button-missing', also: 'payment-due' },
    ],
    ['en', 'Can we speak Estonian?', { intent: 'change-language', wanted: 'et' }],
    ['et', 'latviski', { intent: 'change-language', wanted: 'lv' }],
    ['et', 'mul on 1500 punkti', { intent: 'tiers', decision: 'answer' }],
    ['et', '12345', { intent: 'none', decision: 'none' }],
    ['lv', 'Izdzēsiet manu kontu', { intent: 'none', decision: 'none', route: 'privacy' }],
    ['et', 'kurat, parool ei tööta', { intent: 'password', route: 'human' }],
    ['et', '', { intent: 'none', decision: 'none', language: 'et' }],
  ])('in %s: %s', (language, text, expected) => {
    expect(bot.understand(text, language)).toMatchObject(expected);
  });

  it('says the same every time, and always three places of one form', () => {
    const texts = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 80 }),
      fc.constantFrom(...heldOut.map(({ text }) => text)),
    );
    fc.assert(
      fc.property(texts, fc.constantFrom('et', 'lv', 'en', 'ru', undefined), (text, language) => {
        const one = bot.understand(text, language);
        expect(bot.understand(text, language)).toEqual(one);
        expect(one.ranking).toHaveLength(3);
        expect(new Set(one.ranking.map(({ intent }) => intent)).size).toBe(3);
        expect(one.intent === 'none').toBe(one.decision !== 'answer');
        for (const { score } of one.ranking) expect(score).toSatisfy((value: number) => value >= 0 && value <= 1);
      }),
    );
  });

  it('reads 5,000 signs of anything without growing slow', () => {
    const long = [
      ...heldOut
        .slice(0, 200)
        .map(({ text }) => text)
        .join('. ')
        .slice(0, 5000),
    ].join('');
    for (const text of [long, 'a'.repeat(5000), 'a '.repeat(2500), '. '.repeat(2500), '9'.repeat(5000)]) {
      const before = process.cpuUsage();
      for (let round = 0; round < 5; round++) bot.understand(text, 'et');
      // Milliseconds of work, however busy the machine is: a bound that only something quadratic would break.
      expect(process.cpuUsage(before).user / 1000 / 5).toBeLessThan(200);
    }
  });
});
