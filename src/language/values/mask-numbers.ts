import type { Finding } from './mask-links.ts';

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

interface Group extends Finding {
  digits: string;
}

/** From each group, the longest row of groups that makes a card number: what stands before a number is not part of it. */
function cardsIn(groups: readonly Group[]): Finding[] {
  const found: Finding[] = [];
  for (let at = 0; at < groups.length; at++) {
    let digits = '';
    let last: number | undefined;
    for (let to = at; to < groups.length && digits.length < 19; to++) {
      digits += groups[to]?.digits ?? '';
      if (digits.length >= 13 && digits.length <= 19 && isLuhn(digits)) last = to;
    }
    if (last === undefined) continue;
    found.push({ start: groups[at]?.start ?? 0, end: groups[last]?.end ?? 0 });
    at = last;
  }
  return found;
}

// Groups of two digits and more, parted by blanks or dashes; by points only where four digits stand on both sides (no dates).
const cardRun = /\d{2,}(?:(?:[\p{Zs}\t\u2010-\u2015-]{1,3}|(?<=\d{4})\.(?=\d{4}))\d{2,})*/gu;
const checkNumber = /(?<![\p{L}\p{N}])(?:cvv|cvc)2?[\s:=]{1,4}(?<number>\d{3,4})(?!\d)/giu;

/** Card numbers (13 to 19 digits with a right check digit, in groups or not), and the CVC named as such. */
export function findCards(text: string): Finding[] {
  const found: Finding[] = [];
  // Full-width digits are one sign long too, so places in the text stay the same.
  const plain = text.replace(/[０-９]/g, (digit) => String.fromCharCode(digit.charCodeAt(0) - 0xfee0));
  for (const { 0: run, index } of plain.matchAll(cardRun)) {
    const groups = [...run.matchAll(/\d+/g)].map(
      ({ 0: digits, index: at }): Group => ({ digits, start: index + at, end: index + at + digits.length }),
    );
    found.push(...cardsIn(groups));
  }
  for (const match of plain.matchAll(checkNumber)) {
    const end = match.index + match[0].length;
    found.push({ start: end - (match.groups?.number?.length ?? 0), end });
  }
  return found;
}

/** Lengths of IBANs (ISO 13616 registry). */
const ibanLengths = new Map(
  (
    'AD24 AE23 AL28 AT20 AZ28 BA20 BE16 BG22 BH22 BR29 BY28 CH21 CR22 CY28 CZ24 DE22 DK18 DO28 EE20 EG29 ES24 FI18 FO18 FR27 ' +
    'GB22 GE22 GI23 GL18 GR27 GT28 HR21 HU28 IE22 IL23 IQ23 IS26 IT27 JO30 KW30 KZ20 LB28 LC32 LI21 LT20 LU20 LV21 LY25 MC27 ' +
    'MD24 ME22 MK19 MR27 MT31 MU30 NL18 NO15 PK24 PL28 PS29 PT25 QA29 RO24 RS22 RU33 SA24 SC31 SD18 SE24 SI19 SK24 SM27 ST25 ' +
    'SV28 TL23 TN24 TR26 UA29 VA22 VG24 XK20'
  )
    .split(' ')
    .map((entry) => [entry.slice(0, 2), Number(entry.slice(2))] as const),
);

/** The check of ISO 7064 (mod 97-10), on an account number without blanks. */
function isIban(account: string): boolean {
  let rest = 0;
  for (const sign of account.slice(4) + account.slice(0, 4)) {
    const value = Number.parseInt(sign, 36);
    rest = (rest * (value > 9 ? 100 : 10) + value) % 97;
  }
  return rest === 1;
}

/** Bank accounts in the international form, in groups or not, capitals or not. */
export function findIbans(text: string): Finding[] {
  const found: Finding[] = [];
  for (const { 0: head, index } of text.matchAll(/[a-z]{2}[\p{Zs}-]?\d{2}/giu)) {
    const length = ibanLengths.get(head.slice(0, 2).toUpperCase());
    if (length === undefined) continue;
    const run = text.slice(index, index + 2 * length).match(/^(?:[a-z0-9][\p{Zs}\t.\u2010-\u2015-]?)+/iu)?.[0] ?? '';
    const account = run
      .replace(/[^a-z0-9]/gi, '')
      .slice(0, length)
      .toUpperCase();
    if (account.length < length || !isIban(account)) continue;
    let end = 0;
    for (let signs = 0; signs < length; end++) if (/[a-z0-9]/i.test(run[end] ?? '')) signs++;
    found.push({ start: index, end: index + end });
  }
  return found;
}
