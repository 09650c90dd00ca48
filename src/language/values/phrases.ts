import { fold } from '../fold.ts';

interface Piece {
  text: string;
  /** `ends`: the word ends with the text ("*sada"), `starts`: it starts with it ("reede*"). */
  match: 'equal' | 'starts' | 'ends';
}

type Phrase = readonly Piece[];

/** Phrases to look for among folded words; made by `phrases`. Those that begin with a whole word are found by it. */
export interface Phrases {
  byFirstWord: ReadonlyMap<string, readonly Phrase[]>;
  others: readonly Phrase[];
}

function piecesOf(word: string): Piece[] {
  const texts = fold(word).split(' ');
  return texts.map((text, at) => {
    if (word.endsWith('*') && at === texts.length - 1) return { text, match: 'starts' };
    return { text, match: word.startsWith('*') && at === 0 ? 'ends' : 'equal' };
  });
}

/**
 * Reads a word list of the data tables: "üle|rohkem kui|reede*|*sada". `|` parts phrases, a star stands for any letters.
 * The list may be written with capitals and diacritics, it is folded here.
 */
export function phrases(list: string): Phrases {
  const byFirstWord = new Map<string, Phrase[]>();
  const others: Phrase[] = [];
  for (const phrase of new Set(list.split('|').map((entry) => entry.trim()))) {
    const pieces = phrase.split(/\s+/).flatMap(piecesOf);
    const [first] = pieces;
    if (first === undefined || first.text === '') continue;
    if (first.match !== 'equal') others.push(pieces);
    else byFirstWord.set(first.text, [...(byFirstWord.get(first.text) ?? []), pieces]);
  }
  return { byFirstWord, others };
}

function fits(piece: Piece, word: string | undefined): boolean {
  if (word === undefined) return false;
  if (piece.match === 'starts') return word.startsWith(piece.text);
  return piece.match === 'ends' ? word.endsWith(piece.text) : word === piece.text;
}

function longestOf(candidates: readonly Phrase[] | undefined, words: readonly string[], at: number): number {
  let longest = 0;
  for (const phrase of candidates ?? []) {
    if (phrase.length > longest && phrase.every((piece, offset) => fits(piece, words[at + offset]))) {
      longest = phrase.length;
    }
  }
  return longest;
}

/** How many words the longest phrase takes that begins at `at`; 0 if none does. */
export function phraseLength(words: readonly string[], at: number, list: Phrases): number {
  const word = words[at];
  if (word === undefined) return 0;
  return Math.max(longestOf(list.byFirstWord.get(word), words, at), longestOf(list.others, words, at));
}

/** Whether any of the phrases stands anywhere among the words. */
export function containsPhrase(words: readonly string[], list: Phrases): boolean {
  return words.some((_, at) => phraseLength(words, at, list) > 0);
}

/** The folded words of a text; none for a text without letters and digits. */
export function wordsOf(text: string): string[] {
  const folded = fold(text);
  return folded === '' ? [] : folded.split(' ');
}
