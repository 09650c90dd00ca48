import type { Match } from './lexicon.ts';

const SENTENCE_ENDS = /[.!?;\n]+|\s[-–—]\s/u;
const ENDS = /[.!?;\n]+|,\s|\s[-–—]\s/u;

/**
 * The parts of a message that may ask something of their own: at least two words each. With `atCommas`, also what a comma
 * divides, which is often a statement before its question.
 */
export function clausesOf(text: string, isAnd: (word: string) => boolean, atCommas: boolean): string[] {
  return text
    .split(atCommas ? ENDS : SENTENCE_ENDS)
    .flatMap((part) => splitAtAnd(part.trim().split(/\s+/), isAnd))
    .filter((clause) => clause.split(' ').length >= 2);
}

function splitAtAnd(words: readonly string[], isAnd: (word: string) => boolean): string[] {
  const clauses: string[][] = [[]];
  for (const word of words) {
    if (isAnd(word)) clauses.push([]);
    else clauses.at(-1)!.push(word);
  }
  return clauses.map((clause) => clause.join(' '));
}

const WORDS_LEFT = 3;

/** The words without a greeting in front: "Hello, how do I register" is not a greeting. */
export function withoutGreeting(words: readonly string[], matches: readonly Match[]): readonly string[] {
  let from = 0;
  for (const match of matches) if (match.token === 'greet' && match.from <= from) from = Math.max(from, match.to);
  return from > 0 && words.length - from >= WORDS_LEFT ? words.slice(from) : words;
}
