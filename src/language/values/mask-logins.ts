import type { Finding } from './mask-links.ts';
import { core, looksSecret, MASK } from './mask-tokens.ts';

const login = /(?<!\S)[^\s@:/|]{1,64}@[^\s@:/|]{1,255}[:/|](\S{5,200})(?!\S)/g;

/** "mari@x.ee:Kass1234": an address and what goes with it. */
export function findLogins(text: string): Finding[] {
  if (!text.includes('@')) return [];
  const found: Finding[] = [];
  for (const { 0: whole, 1: secret = '', index } of text.matchAll(login)) {
    const start = index + whole.length - secret.length;
    if (!secret.includes(MASK) && looksSecret({ text: secret, start })) found.push(core({ text: secret, start }));
  }
  return found;
}
