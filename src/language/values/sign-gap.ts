import { MASK } from './mask-tokens.ts';

/** Parts of a number stand at most so many signs apart. */
const widest = 16;
const joining = /^[^\p{L}\p{N}]*$/u;

/** The signs between two places; undefined where a letter stands, a hidden secret, or too much. */
export function gapBetween(text: string, from: number, to: number): string | undefined {
  if (to - from > widest) return undefined;
  const gap = text.slice(from, to);
  return joining.test(gap) && !gap.includes(MASK) ? gap : undefined;
}

/** Most messages have none, or a few: no number of accounts and cards is in them. */
export function hasDigits(text: string, count: number): boolean {
  let left = count;
  for (let at = 0; at < text.length && left > 0; at++) {
    const code = text.charCodeAt(at);
    if (code >= 48 && code <= 57) left--;
  }
  return left === 0;
}
