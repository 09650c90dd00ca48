/** "My password is", Enter: what comes next. */
import { hide, type Masked } from './mask.ts';
import { type CodeKind, codeLedTo } from './mask-codes.ts';
import type { Finding } from './mask-links.ts';
import { endsInLead, isOrdinary, leadsToPassword } from './mask-passwords.ts';
import { core, isAddress, MASK, quoted, tokensOf } from './mask-tokens.ts';
import { plainText } from './plain-text.ts';

/** What a text leads to that the next one brings: a password or PIN, or the check number of a card. */
export type LedTo = CodeKind;

/** Of a text that ends in the name of a secret with "is" or a colon: people press Enter there. */
export function ledTo(text: string): LedTo | undefined {
  const end = plainText(text.slice(-200)).text;
  if (!endsInLead(end)) return undefined;
  return codeLedTo(end) ?? (leadsToPassword(end) ? 'password' : undefined);
}

/** The message after one that led to a secret: what looks made up is hidden, a number, or the one word that it is. Sentences stay. */
export function maskLedTo(text: string, kind: LedTo): Masked {
  const plain = plainText(text.slice(0, longest));
  const findings = answersIn(plain.text, kind);
  return { text: hide(text, findings.map(plain.typed)), found: findings.length > 0 ? [kind] : [] };
}

/** The bot reads no longer messages. */
const longest = 2000;
const fewWords = 3;

function answersIn(text: string, kind: LedTo): Finding[] {
  const tokens = tokensOf(text);
  const [first] = tokens;
  if (!first || text.includes(MASK)) return [];
  const digits = kind === 'card' ? /^\d{3,8}$/ : /^\d{4,}$/;
  const numbers = tokens.length > fewWords ? [] : tokens.map(core).filter((token) => digits.test(token.text));
  if (kind === 'card') return numbers;
  const whole = quoted(text, first);
  if (whole) return [whole];
  const secrets = [...numbers, ...tokens.filter((token) => token.madeUp).map(core)];
  if (secrets.length > 0) return secrets;
  const word = core(first);
  const isSecret =
    tokens.length === 1 &&
    word.text.length > 2 &&
    /\p{L}/u.test(word.text) &&
    !first.text.endsWith('?') &&
    !isAddress(word.text) &&
    !isOrdinary(first.words);
  return isSecret ? [word] : [];
}
