import { fold } from '../fold.ts';

const WORDS_AT_MOST = 60;
const HEAD = 40;
const SIGNS_AT_MOST = 1200;

/** Long texts keep their beginning and their end: questions stand at either. */
function clip(text: string): string {
  if (text.length <= SIGNS_AT_MOST) return text;
  return `${text.slice(0, (SIGNS_AT_MOST * 2) / 3)} ${text.slice(-SIGNS_AT_MOST / 3)}`;
}

/**
 * The words the model sees: folded, numbers as `#`, doubled letters single ("teeere" is "tere", "aa" for "ā" is "a"),
 * and the Estonian habit of digits for letters undone ("k6ik" is "koik").
 */
export function wordsOf(text: string): string[] {
  const plain = fold(clip(text))
    .replace(/(?<=[a-z])6(?=[a-z])/g, 'o')
    .replace(/(?<=[a-z])2(?=[a-z])/g, 'a')
    .replace(/\p{N}+/gu, '#')
    .replace(/(\p{L})\1+/gu, '$1');
  const words = plain.split(' ').filter(Boolean);
  if (words.length <= WORDS_AT_MOST) return words;
  return [...words.slice(0, HEAD), ...words.slice(HEAD - WORDS_AT_MOST)];
}
