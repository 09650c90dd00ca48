import { findCards } from './mask-cards.ts';
import { findCodes } from './mask-codes.ts';
import { findIbans } from './mask-ibans.ts';
import { type Finding, findResetLinks } from './mask-links.ts';
import { findLogins } from './mask-logins.ts';
import { findPasswords } from './mask-passwords.ts';
import { MASK } from './mask-tokens.ts';
import { plainText } from './plain-text.ts';

export { MASK } from './mask-tokens.ts';

/** What was hidden: a card number (or its check number), a bank account, a password or PIN, a link that lets anyone in. */
export type SecretKind = 'card' | 'iban' | 'password' | 'resetLink';
export interface Masked {
  text: string;
  found: SecretKind[];
}

const finders: readonly (readonly [SecretKind, (text: string) => Finding[]])[] = [
  ['resetLink', findResetLinks],
  ['iban', findIbans],
  ['password', (text) => findCodes(text, 'password')],
  ['card', findCards],
  ['card', (text) => findCodes(text, 'card')],
  ['password', findLogins],
  ['password', findPasswords],
];

/** The text with `MASK` in place of each stretch. */
export function hide(text: string, findings: readonly Finding[]): string {
  let hidden = '';
  let at = 0;
  for (const { start, end } of findings.toSorted((a, b) => a.start - b.start || b.end - a.end)) {
    // A secret inside another: one mask.
    if (start >= at) hidden += text.slice(at, start) + MASK;
    at = Math.max(at, end);
  }
  return hidden + text.slice(at);
}

/**
 * The text with every secret replaced by `MASK`, and the kinds that there were (decisions.md G2). Words around a secret stay.
 * Masking a masked text changes nothing. Takes time linear in the length of the text.
 */
export function maskSecrets(text: string): Masked {
  const found = new Set<SecretKind>();
  let masked = text;
  // What stood beside a secret can be one too, seen without it.
  for (let last: string | undefined; last !== masked; ) {
    last = masked;
    masked = maskOnce(masked, found);
  }
  return { text: masked, found: [...found] };
}

/** One finder after the other, so that what is hidden is not looked at again: the digits of an account are no card. */
function maskOnce(text: string, found: Set<SecretKind>): string {
  let masked = text;
  let plain = plainText(text);
  for (const [kind, find] of finders) {
    const findings = find(plain.text);
    if (findings.length === 0) continue;
    found.add(kind);
    masked = hide(masked, findings.map(plain.typed));
    plain = plainText(masked);
  }
  return masked;
}

/** For texts that are kept for those who care for the phrases: addresses and longer numbers go, whatever they are. */
export function maskPersonal(text: string): string {
  return text.replace(/[^\s@]{1,64}@[^\s@]{1,255}/g, MASK).replace(/\d[\d\s-]{3,30}\d/g, MASK);
}
