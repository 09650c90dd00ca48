import { foldLetters } from '../fold.ts';
import type { Finding } from './mask-links.ts';
import { type Phrases, phraseLength, wordsOf } from './phrases.ts';

/** What stands in place of a secret; the same in every language and never a word. */
export const MASK = '•••';

/** Whether one of the folded names stands in the text: most messages have none, and one look decides. */
export const mentions = (text: string, names: RegExp): boolean => names.test(foldLetters(text.replaceAll(MASK, ' ')));

/** What stands between two blanks. */
export interface Token extends Finding {
  text: string;
  /** The folded words in it; none for a dash or an emoji. */
  words: string[];
  /** It looks like a secret. */
  madeUp: boolean;
}
export type Bare = Pick<Token, 'text' | 'start'>;

export const tokensOf = (text: string): Token[] =>
  [...text.matchAll(/\S+/g)].map(({ 0: token, index }) => ({
    text: token,
    words: wordsOf(token.slice(0, 200)),
    start: index,
    end: index + token.length,
    madeUp: looksSecret({ text: token, start: index }),
  }));

/** A secret without quotes and the sentence's punctuation. */
export function core({ text, start }: Bare): Finding & { text: string } {
  const before = text.match(/^["'«„“”‘’(<[]{1,3}/)?.[0].length ?? 0;
  const bare = text.slice(before).replace(/["'»“”’)>\].,;!?]{1,5}$/, '');
  return { text: bare, start: start + before, end: start + before + bare.length };
}

/** An e-mail address or a page's. */
export const isAddress = (text: string): boolean =>
  /^(?:https?:|www\.)/i.test(text) || (text.length <= 254 && /^[^@]+@[^@]+\.[^@]+$/.test(text));

/** Made up rather than written: letters with digits or signs. */
export function looksSecret(token: Bare): boolean {
  const { text } = core(token);
  if (text.length < 5 || text.length > 200) return false;
  if (isAddress(text)) return false;
  // "20.nov" and "24h", dates, times and amounts
  if (/^\d{1,2}[.-]?\p{L}+$/u.test(text) || /^[\d.,:/+-]+$/.test(text)) return false;
  const letter = /\p{L}/u.test(text);
  const digit = /\d/.test(text);
  const sign = /[!#$%^&*_@+=~<>|\\{}]/.test(text);
  return (letter && (digit || sign)) || (digit && sign);
}

export const has = (token: Token | undefined, list: Phrases): boolean =>
  token?.words.some((_, at) => phraseLength(token.words, at, list) > 0) ?? false;

const closing: Record<string, string> = {
  '"': '"',
  "'": "'",
  '«': '»',
  '„': '“”"',
  '“': '”"',
  '”': '”',
  '‘': '’',
  '’': '’',
};

/** What stands in the quotes that open at the token: "abc def". */
export function quoted(text: string, token: Bare): Finding | undefined {
  const close = closing[token.text[0] ?? ''];
  if (close === undefined) return undefined;
  for (let end = token.start + 1; end < text.length && end <= token.start + 100; end++)
    if (close.includes(text[end] ?? '')) return end > token.start + 1 ? { start: token.start + 1, end } : undefined;
  return undefined;
}
