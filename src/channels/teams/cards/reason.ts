/** Why something did not arrive, or may not have, in words for whoever sent it. */
import type { Say } from './say.ts';

/** What is stored, of each kind: the answer of a service (HTTP), the name of an error, or what the outbox says. */
const known = {
  refused: ['401', '403'],
  gone: ['404', '410'],
  invalid: ['400', '405'],
  tooLong: ['413'],
  tooMany: ['412', '429'],
  noAnswer: ['TimeoutError', 'ETIMEDOUT', 'no answer'],
  address: ['HostRefused'],
  noDesk: ['no desk is set up'],
  ended: ['the process ended while it was being sent'],
};

/** @param reason as it is stored */
export function reasonWords(reason: string, say: Say): string {
  const found = Object.entries(known).find(([, stored]) => stored.includes(reason))?.[0];
  const isFault = /^5\d\d$/.test(reason);
  const words = say(`card.reasons.${found ?? (isFault ? 'fault' : 'unknown')}`);
  return /^\d+$/.test(reason) ? `${words} (${reason})` : words;
}
