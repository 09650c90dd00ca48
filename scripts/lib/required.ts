/** Content that no wording may lose: which words must stand, or must not, where a fact is said (docs/domain/required.json). */
import { read } from './domain.ts';
import type { Problem } from './problem.ts';
import type { Spot } from './said.ts';

/** Words per language; `*` holds in all. `/x/` is a regular expression, `label:x` one of Canon's labels, all else literal. */
export type Words = Record<string, string[]>;

export interface Rule {
  /** Unique; its fact stands before the first hyphen. */
  id: string;
  fact: string;
  /** What it keeps, for whoever breaks it. */
  why: string;
  /** Every spot that says the fact, when absent. */
  in?: Spot[];
  /** Only this line of the text, counted from 0. */
  line?: number;
  must?: Words;
  mustNot?: Words;
}
export interface Required {
  rules: Rule[];
  /** How a conclusion of ours is told from what the guide says. */
  ownWord: Words;
  /** Spots that conclude something and need no such word, with the reason. */
  withoutOwnWord: Record<Spot, string>;
}

export const required = read<Required>('required.json');

/** What is said, and what Canon's labels are, per language. */
export interface Look {
  /** Everything that is said there, in the variants that other values give. */
  said(spot: Spot, language: string): string[];
  label(name: string, language: string): string;
}

/** `spots` are those that say the rule's fact. */
export function checkRule(rule: Rule, spots: readonly Spot[], language: string, look: Look): Problem[] {
  const where = rule.in ?? spots;
  const words = { ...rule.mustNot, ...rule.must };
  const unknown = language in words || '*' in words ? [] : [noWords(rule.id, language)];
  const problems = where.flatMap((spot) => {
    const variants = look.said(spot, language);
    if (variants.length === 0) return [nothingSaid(rule.id, spot)];
    return variants.flatMap((text) => checkText(rule, spot, language, lineOf(text, rule.line), look));
  });
  return [...unknown, ...distinct(problems)];
}

function checkText(
  { id, why, must, mustNot }: Rule,
  spot: Spot,
  language: string,
  text: string,
  look: Look,
): Problem[] {
  const place = { file: `locales/${language}/flows.json`, key: spot };
  const there = (word: string) => stands(word, text, language, look);
  const show = (word: string) => (isLabel(word) ? labelOf(word, language, look) : word);
  return [
    ...wordsFor(must, language)
      .filter((word) => !there(word))
      .map((word) => ({ ...place, wrong: `${id}: ${show(word)} is not there`, mend: why })),
    ...wordsFor(mustNot, language)
      .filter(there)
      .map((word) => ({ ...place, wrong: `${id}: ${show(word)} is there`, mend: why })),
  ];
}

/** Conclusions must be worded as ours, not as the guide's. */
export function checkOwnWord(spots: readonly Spot[], language: string, look: Look, rules = required): Problem[] {
  const words = wordsFor(rules.ownWord, language);
  if (words.length === 0) return [noWords('ownWord', language)];
  const isOurs = (text: string) => words.some((word) => stands(word, text, language, look));
  return spots
    .filter((spot) => !(spot in rules.withoutOwnWord) && !look.said(spot, language).every(isOurs))
    .map((spot) => ({
      file: `locales/${language}/flows.json`,
      key: spot,
      wrong: 'a conclusion of ours is worded like a statement of the guide',
      mend: `say whose it is: ${words.join(' or ')}`,
    }));
}

function noWords(id: string, language: string): Problem {
  const mend = `add "${language}" there, with the words that keep it in that language`;
  return { file: 'docs/domain/required.json', key: id, wrong: `it has no words for "${language}"`, mend };
}

function nothingSaid(id: string, spot: Spot): Problem {
  const mend = `correct "in" of ${id} in docs/domain/required.json, or the table`;
  return { file: 'dialogs', key: spot, wrong: `${id}: nothing is ever said there`, mend };
}

const wordsFor = (words: Words | undefined, language: string) => [
  ...(words?.['*'] ?? []),
  ...(words?.[language] ?? []),
];

const isLabel = (word: string) => word.startsWith('label:');
const labelOf = (word: string, language: string, look: Look) => look.label(word.slice('label:'.length), language);

function stands(word: string, text: string, language: string, look: Look): boolean {
  if (isLabel(word)) return text.includes(labelOf(word, language, look));
  const pattern = /^\/(.*)\/$/s.exec(word)?.[1];
  return pattern === undefined ? text.includes(word) : new RegExp(pattern, 'isu').test(text);
}

const lineOf = (text: string, line: number | undefined) =>
  line === undefined ? text : (text.split('\n').filter(Boolean)[line] ?? '');

const distinct = (problems: Problem[]) => [...new Map(problems.map((one) => [JSON.stringify(one), one])).values()];
