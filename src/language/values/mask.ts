import { type Finding, findResetLinks } from './mask-links.ts';
import { findCards, findIbans } from './mask-numbers.ts';
import { findPasswords, MASK } from './mask-passwords.ts';

export { MASK } from './mask-passwords.ts';

/** What was hidden: a card number (or its check number), a bank account, a password or PIN, a link that lets anyone in. */
export type SecretKind = 'card' | 'iban' | 'password' | 'resetLink';

const finders: readonly (readonly [SecretKind, (text: string) => Finding[]])[] = [
  ['resetLink', findResetLinks],
  ['iban', findIbans],
  ['card', findCards],
  ['password', findPasswords],
];

function hide(text: string, findings: readonly Finding[]): string {
  let hidden = '';
  let at = 0;
  for (const { start, end } of findings.toSorted((a, b) => a.start - b.start || b.end - a.end)) {
    // Two words may lead to one secret, or a secret lie within another: one mask.
    if (start >= at) hidden += text.slice(at, start) + MASK;
    at = Math.max(at, end);
  }
  return hidden + text.slice(at);
}

/**
 * The text with every secret replaced by `MASK`, and the kinds that there were (decisions.md G2). Words around a secret stay.
 * Masking a masked text changes nothing. Takes time linear in the length of the text.
 */
export function maskSecrets(text: string): { text: string; found: SecretKind[] } {
  // One after the other, so that what is hidden is not looked at again: the digits of an account are no card.
  const found: SecretKind[] = [];
  let masked = text;
  for (const [kind, find] of finders) {
    const findings = find(masked);
    if (findings.length === 0) continue;
    found.push(kind);
    masked = hide(masked, findings);
  }
  return { text: masked, found };
}

/** For texts that are kept for those who care for the phrases: addresses and longer numbers go, whatever they are. */
export function maskPersonal(text: string): string {
  return text.replace(/[^\s@]{1,64}@[^\s@]{1,255}/g, MASK).replace(/\d[\d\s-]{3,30}\d/g, MASK);
}
