import type { Finding } from './mask-links.ts';
import { gapBetween, hasDigits } from './sign-gap.ts';

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
/** Countries near by whose accounts have no letters behind the first two. */
const digitsOnly = new Set('AT BE CZ DE DK EE ES FI FO HR HU IS LT NO PL PT SE SI SK'.split(' '));

/** Those whose accounts begin with the bank's four letters. */
const lettersFirst = new Set('BG GB IE LV NL RO'.split(' '));

function hasForm(account: string, country: string): boolean {
  if (digitsOnly.has(country)) return /^..\d+$/.test(account);
  return lettersFirst.has(country) ? /^..\d\d[A-Z]{4}/.test(account) : /(?:\d\D*){8}/.test(account);
}

/** The check of ISO 7064 (mod 97-10), on an account number without blanks. */
function isIban(account: string): boolean {
  let rest = 0;
  for (const sign of account.slice(4) + account.slice(0, 4)) {
    const value = Number.parseInt(sign, 36);
    rest = (rest * (value > 9 ? 100 : 10) + value) % 97;
  }
  return rest === 1;
}

// "ЕЕ38": what looks like a Latin capital on a Russian keyboard.
const alike = new Map([...'АВЕКМНОРСТХ'].map((letter, at) => [letter, 'ABEKMHOPCTX'[at] ?? '']));
/** Neither a letter nor a digit of an account number. */
const barrier = '|';

/** Bank accounts in the international form, however parted, capitals or not. Words between two parts end a number. */
export function findIbans(text: string): Finding[] {
  if (!hasDigits(text, 11)) return [];
  let row = '';
  const places: number[] = [];
  let last = 0;
  for (const { 0: sign, index } of text.matchAll(/[\p{L}\p{N}]/gu)) {
    if (index > last && gapBetween(text, last, index) === undefined) {
      row += barrier;
      places.push(index);
    }
    const latin = alike.get(sign) ?? sign;
    row += /^[a-z\d]$/i.test(latin) ? latin.toUpperCase() : barrier;
    places.push(index);
    last = index + sign.length;
  }
  const found: Finding[] = [];
  for (const { 1: country = '', index } of row.matchAll(/(?=([A-Z]{2})\d\d)/g)) {
    const length = ibanLengths.get(country) ?? 0;
    const account = row.slice(index, index + length);
    if (length === 0 || account.length < length || account.includes(barrier)) continue;
    if (!hasForm(account, country) || !isIban(account)) continue;
    found.push({ start: places[index] ?? 0, end: (places[index + length - 1] ?? 0) + 1 });
  }
  return found;
}
