import type { Finding } from './mask-links.ts';
import { gapBetween, hasDigits } from './sign-gap.ts';

/** The check of ISO/IEC 7812-1 annex B. */
function isLuhn(digits: string): boolean {
  let sum = 0;
  for (let at = 0; at < digits.length; at++) {
    const digit = digits.charCodeAt(digits.length - 1 - at) - 48;
    const doubled = at % 2 === 1 ? digit * 2 : digit;
    sum += doubled > 9 ? doubled - 9 : doubled;
  }
  return sum % 10 === 0;
}

// How the networks' numbers begin, and how long they are: Visa, Mastercard, American Express, Diners, JCB, Mir, Troy; Maestro,
// Discover and UnionPay (ISO/IEC 7812-1, the networks' own tables).
const network = new RegExp(
  '^(?:4\\d{12}(?:\\d{3}){0,2}|(?:5[1-5]\\d\\d|222[1-9]|22[3-9]\\d|2[3-6]\\d\\d|27[01]\\d|2720|220[0-4]|9792)\\d{12}|' +
    '3[47]\\d{13}|3(?:0[0-5]|[689]\\d)\\d{11}|(?:35|5[0678]|6\\d)\\d{14,17})$',
);
const shortest = 13;
const longest = 19;

interface Group extends Finding {
  digits: string;
  /** What stands between it and the group before; undefined where no number goes on. */
  gap: string | undefined;
}

// "20.11.2026", "2026-11-20", and phone numbers of the Baltic countries, which begin like American Express.
const other =
  /(?<!\d)(?:[0-3]?\d([./-])[0-3]?\d\1(?:19|20)\d\d|(?:19|20)\d\d([./-])[0-3]?\d\2[0-3]?\d|\+37[0-2][ -]?(?:\d[ -]?){7,8})(?!\d)/g;
/** A group of a card number has at most so many digits. */
const groupLength = 6;
/** So many digits in one group are a number of their own: a serial number, a register's, a phone's. */
const ownLength = 9;

function groupsOf(text: string): Group[] {
  const others = [...text.matchAll(other)].map(({ 0: number, index }) => ({
    start: index,
    end: index + number.length,
  }));
  const groups: Group[] = [];
  let last: Group | undefined;
  let next = 0;
  for (const { 0: digits, index: start } of text.matchAll(/\d+/g)) {
    while ((others[next]?.end ?? Number.POSITIVE_INFINITY) <= start) next++;
    const isOther = (others[next]?.start ?? Number.POSITIVE_INFINITY) <= start;
    const gap = last && gapBetween(text, last.end, start);
    last = isOther ? undefined : { digits, start, end: start + digits.length, gap };
    if (last) groups.push(last);
  }
  return groups;
}

/** Whether people write a card number in these groups. */
function isWritten(groups: readonly Group[], digits: string): boolean {
  const gaps = groups.slice(1).map(({ gap = '' }) => gap);
  if (gaps.length === 0) return true;
  const short = groups.every((group) => group.digits.length <= groupLength);
  const isUsual =
    groups.every((group) => group.digits.length > 1) &&
    gaps.every((gap, at) => {
      // Points only between groups of four and more: "2.500"
      const around = Math.min(groups[at]?.digits.length ?? 0, groups[at + 1]?.digits.length ?? 0);
      return /^[\p{Zs}\t\u2010-\u2015-]{1,3}$/u.test(gap) || (gap === '.' && around >= 4);
    });
  if (isUsual) return short || network.test(digits);
  // In a list of numbers in groups, a comma stands here and there.
  const commas = gaps.filter((gap) => /[,;]/.test(gap)).length;
  return short && (commas === 0 || commas === gaps.length) && network.test(digits);
}

/** Where the longest card number ends that begins with this group. */
function cardFrom(groups: readonly Group[], at: number): number | undefined {
  let digits = '';
  let end: number | undefined;
  for (let to = at; to < groups.length; to++) {
    const group = groups[to];
    if (!group || (to > at && (group.gap === undefined || group.digits.length >= ownLength))) break;
    digits += group.digits;
    if (digits.length > longest) break;
    if (digits.length >= shortest && isLuhn(digits) && isWritten(groups.slice(at, to + 1), digits)) end = group.end;
    if (group.digits.length >= ownLength) break;
  }
  return end;
}

/**
 * Card numbers: 13 to 19 digits with a right check digit, in one piece or in groups as usual; however parted when a network's
 * numbers begin so. Dates, phone numbers and numbers of nine digits and more are no part of one.
 */
export function findCards(text: string): Finding[] {
  if (!hasDigits(text, shortest)) return [];
  const groups = groupsOf(text);
  return groups.flatMap(({ start }, at) => {
    const end = cardFrom(groups, at);
    return end === undefined ? [] : [{ start, end }];
  });
}
