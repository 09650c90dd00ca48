import { foldLetters } from '../fold.ts';
import type { Finding } from './mask-links.ts';
import { MASK, mentions } from './mask-tokens.ts';
import { passwordWords } from './password-words.ts';
import { type Phrases, phraseLength, phrases } from './phrases.ts';

/** What a number is, by its name: of a card (its check number), or what lets one in (a PIN, a code for one time). */
export type CodeKind = 'card' | 'password';

const rows = Object.values(passwordWords);
const listOf = (part: 'checks' | 'codes' | 'code' | 'is') => rows.map((row) => row[part]).join('|');
const kinds: readonly { kind: CodeKind; names: Phrases; least: number; most: number }[] = [
  { kind: 'card', names: phrases(listOf('checks')), least: 3, most: 4 },
  { kind: 'password', names: phrases(listOf('codes')), least: 4, most: 8 },
];
const isWords = phrases(listOf('is'));
/** "PIN code", "PIN2" */
const codeWords = phrases(`${listOf('code')}|1|2`);
const mentioned = new RegExp(
  [...new Set([listOf('checks'), listOf('codes')].flatMap((list) => list.split('|')))]
    .map((name) => foldLetters(name.replace('*', '')).split(' ')[0])
    .join('|'),
);

interface Piece extends Finding {
  /** Folded, one word. */
  text: string;
}

/** Letters and digits apart: "PIN2", "cvc123". */
const piecesOf = (text: string): Piece[] =>
  [...text.matchAll(/[\p{L}\p{M}]+|\d+/gu)].map(({ 0: piece, index }) => ({
    text: foldLetters(piece.slice(0, 100)),
    start: index,
    end: index + piece.length,
  }));

/** The end of a sentence or of a part, or what was hidden before. */
const stops = new RegExp(`[.,;!?]|${MASK}`);
const isGap = (text: string, from: number, to: number) => to - from <= 8 && !stops.test(text.slice(from, to));

/** Where what only leads on to the number ends, behind a name that ends at `from`; and whether an "is" was in it. */
function leadFrom(text: string, pieces: readonly Piece[], words: readonly string[], from: number) {
  let at = from;
  let is = false;
  for (let steps = 0; steps < 4 && at < pieces.length; steps++) {
    if (!isGap(text, pieces[at - 1]?.end ?? 0, pieces[at]?.start ?? 0)) break;
    const length = phraseLength(words, at, isWords);
    if (length === 0 && phraseLength(words, at, codeWords) === 0) break;
    is ||= length > 0;
    at += length || 1;
  }
  return { at, is };
}

/** The number that begins at this piece; where `joined`, "482 913" is one. */
function numberAt(text: string, pieces: readonly Piece[], at: number, joined: boolean) {
  const [before, first] = [pieces[at - 1], pieces[at]];
  if (!before || !first || !/^\d+$/.test(first.text) || !isGap(text, before.end, first.start)) return undefined;
  const length = first.text.length;
  let { end } = first;
  let digits = length;
  for (let next = at + 1; joined && (length === 2 || length === 3) && digits < 6; next++) {
    const piece = pieces[next];
    if (piece?.text.length !== length || !/^\d+$/.test(piece.text) || !/^[ -]$/.test(text.slice(end, piece.start)))
      break;
    end = piece.end;
    digits += length;
  }
  // A date, a time, a model
  if (/^(?:[\p{L}\p{M}\d]|[.:/-]\d)/u.test(text.slice(end, end + 2))) return undefined;
  return { start: first.start, end, digits };
}

/** The names of codes in a text, and where what they lead to begins (a piece). */
function* named(text: string, pieces: readonly Piece[]) {
  const words = pieces.map((piece) => piece.text);
  for (let at = 0; at < pieces.length; at++) {
    let longerThan = 0;
    for (const { kind, names, least, most } of kinds) {
      const length = phraseLength(words, at, names);
      if (length === 0) continue;
      yield { kind, least: Math.max(least, longerThan + 1), most, ...leadFrom(text, pieces, words, at + length) };
      // A name of both: the short numbers are a card's.
      longerThan = most;
    }
  }
}

/** Numbers that are said to be a PIN, a code for one time, or the check number of a card: "PIN on 4711", "CVC: 123". */
export function findCodes(text: string, kind: CodeKind): Finding[] {
  if (!/\d\d[ -]?\d/.test(text) || !mentions(text, mentioned)) return [];
  const pieces = piecesOf(text);
  const found: Finding[] = [];
  for (const name of named(text, pieces)) {
    if (name.kind !== kind) continue;
    const number = numberAt(text, pieces, name.at, kind === 'password');
    if (number && number.digits >= name.least && number.digits <= name.most) found.push(number);
  }
  return found;
}

/** "My PIN is", "CVC:" at the end of a text: what kind of number comes next. */
export function codeLedTo(text: string): CodeKind | undefined {
  if (!mentions(text, mentioned)) return undefined;
  const pieces = piecesOf(text);
  const tail = text.slice(pieces.at(-1)?.end ?? 0);
  if (!/^[\s.…:=>→–—-]*$/.test(tail)) return undefined;
  for (const { kind, at, is } of named(text, pieces))
    if (at === pieces.length && (is || /[:=>→–—-]/.test(tail))) return kind;
  return undefined;
}
