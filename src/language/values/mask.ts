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

/**
 * The text with every secret replaced by `MASK`, and which kinds there were, in the order of the text, each once (decisions.md
 * G2). Words around a secret stay. Masking a masked text changes nothing. Takes time linear in the length of the text.
 */
export function maskSecrets(text: string): { text: string; found: SecretKind[] } {
  const findings = finders
    .flatMap(([kind, find]) => find(text).map((finding) => ({ ...finding, kind })))
    .sort((a, b) => a.start - b.start || b.end - a.end);
  let masked = '';
  let at = 0;
  const found = new Set<SecretKind>();
  for (const { start, end, kind } of findings) {
    // What lies within a secret already hidden is part of it ("card" digits of an IBAN).
    if (end <= at) continue;
    found.add(kind);
    // Overlapping ones get one mask.
    masked += start >= at ? text.slice(at, start) + MASK : '';
    at = end;
  }
  return { text: masked + text.slice(at), found: [...found] };
}
