import type { Finding } from './mask-links.ts';

/** A text as secrets are looked for in it: plain digits and letters, nothing invisible. */
export interface Plain {
  text: string;
  /** Where the finding stands in the text as it was typed. */
  typed(finding: Finding): Finding;
}

// Letters, marks and signs of Europe stay as they are; everything else is looked at, and two that are invisible.
const odd = /[^\0-\u0377\u037f-\u058f\u1e00-\u1fff\u2010-\u2027\u2030-\u205e\u20a0-\u20bf]|\u00ad|\u034f/u;
const everyOdd = new RegExp(odd.source, 'gu');
const invisible = /[\p{Cf}\p{Default_Ignorable_Code_Point}]/u;
const digit = /\p{Nd}/u;
const isDigit = (code: number) => digit.test(String.fromCodePoint(code));

/** `４`, `𝟒`, `④` by NFKC; `٤` and `४` by their place among the ten digits of their script. */
function plainSign(sign: string): string {
  if (invisible.test(sign)) return '';
  const plain = sign.normalize('NFKC');
  if (!digit.test(plain) || /^\d/.test(plain)) return plain;
  const code = plain.codePointAt(0) ?? 0;
  let value = 0;
  while (value < 9 && isDigit(code - value - 1)) value++;
  return String(value);
}

/** NFKC, sign by sign, without invisible signs, digits of every script as 0 to 9. Most texts stay as they are. */
export function plainText(text: string): Plain {
  if (!odd.test(text)) return { text, typed: (finding) => finding };
  let plain = '';
  // Of each unit of the plain text, where the sign that it comes from begins and ends.
  const starts: number[] = [];
  const ends: number[] = [];
  const keep = (units: string, start: number, end: number | undefined) => {
    for (let at = 0; at < units.length; at++) {
      starts.push(end === undefined ? start + at : start);
      ends.push(end ?? start + at + 1);
    }
    plain += units;
  };
  let at = 0;
  for (const { 0: sign, index } of text.matchAll(everyOdd)) {
    keep(text.slice(at, index), at, undefined);
    at = index + sign.length;
    keep(plainSign(sign), index, at);
  }
  keep(text.slice(at), at, undefined);
  return {
    text: plain,
    typed: ({ start, end }) => ({ start: starts[start] ?? text.length, end: ends[end - 1] ?? text.length }),
  };
}
