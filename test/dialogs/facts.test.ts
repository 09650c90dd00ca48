import { describe, expect, test } from 'vitest';
import { facts } from '../../scripts/lib/domain.ts';
import { checkContent, coverage, lookAt } from '../../scripts/lib/fact-check.ts';
import { showProblem } from '../../scripts/lib/problem.ts';
import { checkOwnWord, checkRule, type Look, required } from '../../scripts/lib/required.ts';
import { spotsOfFacts } from '../../scripts/lib/said.ts';
import { texts } from '../helpers/world.ts';

const look = lookAt(texts);
const spots = spotsOfFacts();

describe('the facts', () => {
  test('are F1 to F48, each with both sentences', () => {
    expect(facts.map(({ id }) => id)).toEqual(Array.from({ length: 48 }, (_, i) => `F${i + 1}`));
    expect(facts.filter(({ et, lv, statement }) => !et || !lv || !statement)).toEqual([]);
  });

  test('are not said where there is nothing to say, and the reason stands there', () => {
    const silent = facts.filter(({ said }) => said === false);
    expect(silent.map(({ id }) => id)).toEqual(['F17', 'F19', 'F21', 'F27', 'F33']);
    expect(silent.every(({ reason }) => reason)).toBe(true);
  });

  test('are all said, and only those that should be', () => {
    expect(coverage().problems.map(showProblem)).toEqual([]);
  });

  test('that nobody says, or nobody should say, or that do not exist are found', () => {
    const without = new Map([...spots].filter(([id]) => id !== 'F42'));
    expect(coverage(without).problems.map(({ key }) => key)).toContain('F42');
    const heading = new Map([...spots, ['F21', ['register.myProducts']]]);
    expect(coverage(heading).problems.map(({ key }) => key)).toContain('F21');
    const invented = new Map([...spots, ['F49', ['register.vat']]]);
    expect(coverage(invented).problems.map(({ wrong }) => wrong)).toContain('says F49');
  });
});

describe.each(texts.languages)('required content in %s', (language) => {
  test('is there', () => {
    expect(checkContent(language, look).map(showProblem)).toEqual([]);
  });

  /** Each word that must stand is guarded: without it, its rule speaks up. */
  const guarded = required.rules.flatMap((rule) =>
    [...(rule.must?.['*'] ?? []), ...(rule.must?.[language] ?? [])].map((word) => ({ rule, id: rule.id, word })),
  );
  test.each(guarded)('$id notices that $word is gone', ({ rule, word }) => {
    const pattern = /^\/(.*)\/$/s.exec(word)?.[1];
    const literal = word.startsWith('label:') ? look.label(word.slice('label:'.length), language) : word;
    const without = (text: string) =>
      pattern ? text.replace(new RegExp(pattern, 'gisu'), '') : text.replaceAll(literal, '');
    const problems = checkRule(rule, spots.get(rule.fact) ?? [], language, changed(without));
    expect(problems.length).toBeGreaterThan(0);
  });
});

const changed = (change: (text: string) => string): Look => ({
  ...look,
  said: (spot, language) => look.said(spot, language).map(change),
});

describe('a text that breaks a fact', () => {
  test.each([
    ['et', 'ärge proovige', 'proovige', 'F16-negation'],
    ['lv', 'nemēģiniet', 'mēģiniet', 'F16-negation'],
    ['en', 'do NOT try', 'try', 'F16-negation'],
    ['en', '?language=en_GB', '?language=et', 'F5-link'],
    ['et', 'vähemalt 500', 'rohkem kui 500', 'F34-not-more'],
    ['en', 'more than 2500', 'at least 2500', 'F38-more-than'],
    ['lv', 'vairāk nekā 2500', 'vismaz 2500', 'F38-more-than'],
    ['en', 'any of silver, gold and platinum', 'any level', 'F37-any-of-three'],
    ['en', 'on the due date', 'by the due date', 'F44-on'],
    ['en', 'by the due date', 'on the due date', 'F45-by'],
    ['et', 'hiljemalt arvel', 'arvel', 'F45-by'],
    ['lv', 'rēķinā norādītajā apmaksas dienā', 'līdz rēķinā norādītajam datumam', 'F44-on'],
    ['en', 'Your invoice decides.', 'Local surcharges may be added.', 'F42-not-the-card'],
    [
      'et',
      'tavaliselt 30 päeva jooksul',
      'tavaliselt 30 päeva jooksul, lisanduda võivad kohalikud lisatasud',
      'F42-card-line',
    ],
    [
      'en',
      'by the due date shown on the invoice',
      'by the due date shown on the invoice, within 30 days',
      'F45-by-line',
    ],
    ['en', 'within a few hours', 'within 3 hours', 'F43-hours'],
    ['lv', 'VIENU', 'divus', 'F8-one'],
    ['et', 'MIGREERI TOOTED', 'MIGREERI TOOTEID', 'F24-button'],
    ['lv', '“Skatīt produktu”', '“Skatīt produktus”', 'F29-button'],
    ['en', 'CPS Priority', 'the priority', 'F26-name'],
    [
      'en',
      'The more points, the more levels',
      'Gold begins at 1000; the more points, the more levels',
      'F36-no-limits',
    ],
  ])('%s: “%s” -> “%s” is caught by %s', (language, from, to, id) => {
    const problems = checkContent(
      language,
      lookAt(texts, (text) => text.replaceAll(from, to)),
    );
    expect(problems.map(({ wrong }) => wrong.split(':')[0])).toContain(id);
  });

  test('a conclusion without a word that says whose it is', () => {
    const [spot] = checkOwnWord(
      ['register.searchMail'],
      'en',
      changed((text) => text.replace('My suggestion', 'Note')),
    );
    expect(spot?.key).toBe('register.searchMail');
  });

  test('a language for which nobody has said what must stand there', () => {
    const rule = required.rules.find(({ id }) => id === 'F16-negation')!;
    const [problem] = checkRule(rule, [], 'xx', { ...look, said: () => ['text'] });
    expect(problem?.mend).toContain('add "xx"');
  });
});
