import { findNumerals, type Numeral } from './numerals.ts';
import { containsPhrase, type Phrases, phraseLength, phrases, wordsOf } from './phrases.ts';
import { type PointWords, pointWords, unitWords } from './point-words.ts';

/**
 * `assumed`: "2.500" and the like were taken as 2500, which has to be said. `spare`: the text has words beside the number
 * and its "points". The other kinds say why no number was taken: a fraction, below zero, not one exact number, more than
 * one number, above 1,000,000 (a phone or membership number), a number in words ("2k"), nothing that is a number.
 */
export type PointsResult =
  | { kind: 'points'; value: number; assumed: boolean; spare: boolean }
  | { kind: 'notWhole' | 'negative' | 'range' | 'several' | 'tooLarge' | 'inWords' | 'invalid' };

const MAX_POINTS = 1_000_000;
const units = phrases(unitWords);

type Words = Record<keyof PointWords, Phrases> & { farBefore: Phrases };
const tables = new Map<string, Words>();

/** The language's words together with the English ones, which people mix in. */
function tableOf(language: string): Words {
  const known = tables.get(language);
  if (known) return known;
  const rows = [pointWords[language], pointWords.en].filter((row) => row !== undefined);
  const entries = (key: keyof PointWords) => rows.flatMap((row) => row[key].split('|'));
  const list = (key: keyof PointWords) => phrases(entries(key).join('|'));
  const long = entries('notExactBefore').filter((entry) => entry.replaceAll(' ', '').length >= 5);
  const words: Words = {
    notExactBefore: list('notExactBefore'),
    farBefore: phrases(long.join('|')),
    notExactAfter: list('notExactAfter'),
    to: list('to'),
    each: list('each'),
    otherThings: list('otherThings'),
    big: list('big'),
    small: list('small'),
    homonyms: list('homonyms'),
    minus: list('minus'),
  };
  tables.set(language, words);
  return words;
}

/** One spelling for every blank, minus and apostrophe; addresses and names with digits in them ("EOS R5") taken out. */
function tidy(text: string): string {
  return text
    .replace(/\p{Cf}/gu, '')
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\u2010-\u2015\u2212]/g, '-')
    .replace(/[\u2018\u2019\u201b\u02bc\u00b4`]/g, "'")
    .split(/\s+/)
    .filter((word) => !/[@_]|:\/\/|^www\./.test(word))
    .join(' ')
    .replace(/(?<![\p{L}\p{N}])\p{L}+-?\d[\p{L}\p{N}-]*/gu, '?')
    .trim();
}

/** Whether a phrase of the list ends right before the number, or up to `gap` words earlier. */
function endsBefore(before: readonly string[], list: Phrases, gap: number): boolean {
  const from = Math.max(0, before.length - gap - 4);
  for (let at = from; at < before.length; at++) {
    const length = phraseLength(before, at, list);
    if (length > 0 && at + length >= before.length - gap) return true;
  }
  return false;
}

/** How many words after the number belong to it as its unit: "500 punkti", "500 CPS points", "500 product points". */
function unitLength(after: readonly string[]): number {
  if (phraseLength(after, 0, units) > 0) return 1;
  return phraseLength(after, 1, units) > 0 ? 2 : 0;
}

interface Surroundings {
  before: string[];
  after: string[];
  /** Words of `after` that are the unit. */
  unit: number;
}

/** The words of the number's own clause; a full stop before it may be an abbreviation's ("ca. 2000") and parts nothing. */
function surroundings(text: string, { start, end }: Numeral): Surroundings {
  const clauseBefore =
    text
      .slice(0, start)
      .split(/[,;!?]/)
      .at(-1) ?? '';
  const clauseAfter = text.slice(end).match(/^(?:[^.,;!?]|\.(?=\p{L}))*/u)?.[0] ?? '';
  const after = wordsOf(clauseAfter);
  return { before: wordsOf(clauseBefore), after, unit: unitLength(after) };
}

/** Numbers glued to letters are names or other notations (5D, 1e3, 0x1F4), unless the letters are a unit ("500p", "2k"). */
function standsAlone(text: string, { start, end }: Numeral, words: Words): boolean {
  if (/[\p{L}\p{N}]$/u.test(text.slice(Math.max(0, start - 2), start))) return false;
  const glued = text.slice(end, end + 40).match(/^\p{L}[\p{L}\p{N}]*/u)?.[0];
  if (glued === undefined) return true;
  return [units, words.big, words.notExactAfter].some((list) => phraseLength(wordsOf(glued), 0, list) > 0);
}

function severalOf(text: string, first: Numeral, second: Numeral, words: Words): PointsResult {
  const between = text.slice(first.end, second.start);
  const span = /^ ?(?:-|\.{2,}) ?$/.test(between) || containsPhrase(wordsOf(between), words.to);
  return { kind: span ? 'range' : 'several' };
}

function inWords(text: string, words: Words): boolean {
  const all = wordsOf(text);
  if (containsPhrase(all, words.big) || containsPhrase(all, words.small)) return true;
  return all.some(
    (_, at) => phraseLength(all, at, words.homonyms) > 0 && (all.length === 1 || phraseLength(all, at + 1, units) > 0),
  );
}

/** Why the one number in the text is not a number of points; undefined if it is one. */
function objection(
  text: string,
  number: Numeral,
  around: Surroundings,
  words: Words,
): PointsResult['kind'] | undefined {
  const left = text.slice(0, number.start);
  const right = text.slice(number.end);
  const { before, after, unit } = around;
  const rest = after.slice(unit);
  if (phraseLength(after, 0, words.big) > 0) return 'inWords';
  if (number.kind !== 'whole') return number.kind;
  if (number.value > MAX_POINTS) return 'tooLarge';
  if (/^ ?[%€$£¥°]/.test(right) || /[€$£¥#] ?$/.test(left)) return 'invalid';
  if (/(?:^|[ (:])-$|^- $/.test(left) || endsBefore(before, words.minus, 0)) return 'negative';
  if (/[~≈≃≅∼<>≤≥±∓] ?$/.test(left) || /^ ?\+/.test(right)) return 'range';
  if (endsBefore(before, words.notExactBefore, 0) || endsBefore(before, words.farBefore, 2)) return 'range';
  if (phraseLength(rest, 0, words.notExactAfter) > 0) return 'range';
  if (endsBefore(before, words.small, 3)) return 'several';
  if (endsBefore(before, words.each, 0) || phraseLength(rest, 0, words.each) > 0) return 'invalid';
  return unit === 0 && phraseLength(after, 0, words.otherThings) > 0 ? 'invalid' : undefined;
}

interface Reading {
  result: PointsResult;
  around?: Surroundings;
}

function read(text: string, language: string): Reading {
  if (/[\u00bc-\u00be\u2150-\u215e\u2189]/.test(text)) return { result: { kind: 'notWhole' } };
  // ², ① and Ⅻ would become digits and letters by normalisation (500² is no 5002); U+20E3 makes a digit an emoji
  if (/\p{No}|\p{Nl}|\u20e3/u.test(text)) return { result: { kind: 'invalid' } };
  const words = tableOf(language);
  const tidied = tidy(text);
  if (/(?:^|[ (])\+ ?(?:\d[ ()-]{0,2}){7}/.test(tidied)) return { result: { kind: 'tooLarge' } };
  const numbers = findNumerals(tidied).filter((number) => standsAlone(tidied, number, words));
  const [first, second] = numbers;
  if (first === undefined) return { result: { kind: inWords(tidied, words) ? 'inWords' : 'invalid' } };
  if (second !== undefined) return { result: severalOf(tidied, first, second, words) };
  const around = surroundings(tidied, first);
  const kind = objection(tidied, first, around, words);
  if (kind !== undefined && kind !== 'points') return { result: { kind } };
  const others = [...wordsOf(tidied.slice(0, first.start)), ...wordsOf(tidied.slice(first.end)).slice(around.unit)];
  const spare = others.some((_, at) => phraseLength(others, at, units) === 0);
  const assumed = first.assumed || tidied[first.start - 1] === '+';
  return { result: { kind: 'points', value: first.value, assumed, spare }, around };
}

/**
 * The number of points a customer typed (decisions.md D, "Inputs"; all cases in docs/domain/number-inputs.json).
 * Nothing is rounded or added up. `language` (BCP 47 primary tag) chooses the words for "about", "over", "each" ...
 */
export function parsePoints(text: string, language: string): PointsResult {
  return read(text, language).result;
}

/** The number of points said in passing ("Mul on 500 punkti, kuidas liituda?"): only with "points" beside the number. */
export function findPoints(text: string, language: string): number | undefined {
  const { result, around } = read(text, language);
  if (result.kind !== 'points' || around === undefined) return undefined;
  const { before, after, unit } = around;
  const unitBefore = after.length === 0 && before.slice(-3).some((_, at, near) => phraseLength(near, at, units) > 0);
  return unit > 0 || unitBefore ? result.value : undefined;
}
