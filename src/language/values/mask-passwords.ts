import { fold, foldLetters } from '../fold.ts';
import type { Finding } from './mask-links.ts';
import { conjunctions, denials, passwordWords } from './password-words.ts';
import { type Phrases, phraseLength, phrases, wordsOf } from './phrases.ts';

/** What stands in place of a secret; the same in every language and never a word. */
export const MASK = '•••';

interface Group {
  names: Phrases;
  is: Phrases;
  not: Phrases;
}

// "Password" is said in every language; "ne..." denies in Latvian and Lithuanian only, elsewhere it may begin a secret.
const allDenials = Object.values(passwordWords).map((row) => row.not.replaceAll('|ne*', ''));
const groups = Object.entries(passwordWords).map(([language, row]): Group => {
  const not = language === 'en' ? allDenials.join('|') : `${row.not}|${passwordWords.en?.not}`;
  return { names: phrases(row.names), is: phrases(row.is), not: phrases(not) };
});
const anyIs = phrases(
  Object.values(passwordWords)
    .map((row) => row.is)
    .join('|'),
);
// Most messages have none of the names in them: one look decides.
const stems = Object.values(passwordWords).flatMap((row) => row.names.split('|').map((name) => fold(name)));
const mentioned = new RegExp([...new Set(stems)].join('|'));
const denial = phrases(denials);
const and = phrases(conjunctions);

interface Token extends Finding {
  text: string;
  /** The folded words in it; none for a dash or an emoji. */
  words: string[];
}

/** A secret without quotes and the sentence's punctuation. */
function core({ text, start }: Pick<Token, 'text' | 'start'>): Finding & { text: string } {
  const before = text.match(/^["'«„“”‘’(<[]{1,3}/)?.[0].length ?? 0;
  const bare = text.slice(before).replace(/["'»“”’)>\].,;!?]{1,5}$/, '');
  return { text: bare, start: start + before, end: start + before + bare.length };
}

/** An e-mail address or a page's. */
const isAddress = (text: string): boolean =>
  /^(?:https?:|www\.)/i.test(text) || (text.length <= 254 && /^[^@]+@[^@]+\.[^@]+$/.test(text));

/** Made up rather than written: letters with digits or signs. */
function looksSecret(token: Pick<Token, 'text' | 'start'>): boolean {
  const { text } = core(token);
  if (text.length < 5 || text.length > 200) return false;
  if (isAddress(text)) return false;
  // "20.nov" and "24h", dates, times and amounts
  if (/^\d{1,2}[.-]?\p{L}+$/u.test(text) || /^[\d.,:/+-]+$/.test(text)) return false;
  const letter = /\p{L}/u.test(text);
  const digit = /\d/.test(text);
  const sign = /[!#$%^&*_@+=~<>|\\{}]/.test(text);
  return (letter && (digit || sign)) || (digit && sign);
}

const has = (token: Token | undefined, list: Phrases): boolean =>
  token?.words.some((_, at) => phraseLength(token.words, at, list) > 0) ?? false;

/** The whole of a secret in quotes ("abc def"), else the token. */
function extent(text: string, token: Pick<Token, 'text' | 'start'>): Finding {
  const close = { '"': '"', "'": "'", '«': '»', '„': '“', '“': '”', '”': '”' }[token.text[0] ?? ''];
  const end = close === undefined ? -1 : text.slice(0, token.start + 100).indexOf(close, token.start + 1);
  return end > token.start + 1 ? { start: token.start + 1, end } : core(token);
}

/** Whether nothing of the sentence follows the token: the end, a line's end, a sign or "and". */
function endsClause(text: string, tokens: readonly Token[], at: number): boolean {
  const [here, next] = [tokens[at], tokens[at + 1]];
  if (here === undefined || next === undefined) return true;
  if (text.slice(here.end, next.start).includes('\n') || /[.,;!?]$/.test(here.text)) return true;
  return (next.words.length === 0 && !next.text.includes(MASK)) || has(next, and);
}

/** What was said between the word for a password and the token `at`: a colon, a word such as "is", or nothing. */
interface Lead {
  by: 'colon' | 'is' | 'nothing';
  at: number;
  /** What stands in the same token behind the colon ("password:xyz"). */
  glued?: Pick<Token, 'text' | 'start'>;
}

function leadAfter(tokens: readonly Token[], name: number, group: Group): Lead {
  const token = tokens[name];
  const colon = token?.text.search(/[:=]/) ?? -1;
  if (token && colon > 0) {
    const glued = { text: token.text.slice(colon + 1), start: token.start + colon + 1 };
    return glued.text === '' ? { by: 'colon', at: name + 1 } : { by: 'colon', at: name, glued };
  }
  const next = tokens[name + 1];
  if (next && /^(?:[:=]|[-=]>|→)$/.test(next.text)) return { by: 'colon', at: name + 2 };
  if (next && /^[-–—]$/.test(next.text)) return { by: 'is', at: name + 2 };
  const following = [...(next?.words ?? []), ...(tokens[name + 2]?.words ?? [])];
  const length = next?.words.length === 1 ? phraseLength(following, 0, group.is) : 0;
  if (length === 0) return { by: 'nothing', at: name + 1 };
  return { by: /[:=]$/.test(tokens[name + length]?.text ?? '') ? 'colon' : 'is', at: name + 1 + length };
}

/** Whether the token led to is the secret itself. */
function isSecret(text: string, tokens: readonly Token[], lead: Lead, group: Group): boolean {
  const token = lead.glued ?? tokens[lead.at];
  const bare = token && core(token).text;
  if (!token || !bare) return false;
  if (looksSecret(token)) return true;
  if (lead.by === 'nothing')
    return /^\d{6,}$/.test(bare) || (/^\d{4,}$/.test(bare) && /^(?:pin|пин)/i.test(tokens[lead.at - 1]?.text ?? ''));
  if (/^\d{4,}$/.test(bare)) return true;
  const words = wordsOf(bare);
  if (words.length === 0 || isAddress(bare) || phraseLength(words, 0, group.not) > 0) return false;
  return lead.by === 'colon' || endsClause(text, tokens, lead.at);
}

/** "Kass123 on minu parool": what looks made up, before "is" and at most two words before the name. */
function secretBefore(tokens: readonly Token[], name: number): Token | undefined {
  for (let is = name - 1; is > 0 && is >= name - 3; is--) {
    const token = tokens[is - 1];
    if (token?.text.includes(MASK)) return undefined;
    if (has(tokens[is], anyIs) && token && looksSecret(token)) return token;
  }
  return undefined;
}

/** The secret that goes with the name at this token, if one does. */
function secretOf(text: string, tokens: readonly Token[], name: number, group: Group): Finding | undefined {
  const lead = leadAfter(tokens, name, group);
  const token = lead.glued ?? tokens[lead.at];
  // It was hidden before: what stands further on is something else.
  if (token?.text.includes(MASK)) return undefined;
  if (token && isSecret(text, tokens, lead, group)) return extent(text, token);
  // A few words on, only what looks made up: "password for the account Kass123"; not past a sign or a "not".
  const from = lead.glued ? lead.at + 1 : lead.at;
  for (let at = from; at < from + 4 && !/[.,;!?]$/.test(tokens[at - 1]?.text ?? ''); at++) {
    const next = tokens[at];
    if (next?.text.includes(MASK)) return undefined;
    if (!next || has(next, denial)) break;
    if (looksSecret(next)) return extent(text, next);
  }
  const before = secretBefore(tokens, name);
  return before && core(before);
}

/**
 * Passwords and PINs said to be such: "password: xyz", "mu parool on xyz", "пароль qwerty123", "Kass123 on minu parool". A mere
 * mention ("parool ei tööta", "my password is wrong") is left alone; a doubtful word is hidden (decisions.md G2).
 */
export function findPasswords(text: string): Finding[] {
  if (!mentioned.test(foldLetters(text))) return [];
  const tokens = [...text.matchAll(/\S+/g)].map(
    ({ 0: token, index }): Token => ({
      text: token,
      words: wordsOf(token.slice(0, 200)),
      start: index,
      end: index + token.length,
    }),
  );
  const found: Finding[] = [];
  for (const [at, token] of tokens.entries()) {
    const colon = token.text.slice(0, 60).search(/[:=]/);
    const words = colon > 0 ? wordsOf(token.text.slice(0, colon)) : token.words;
    const head = words.filter((word) => !/\d/.test(word));
    const group = groups.find(({ names }) => head.some((_, word) => phraseLength(head, word, names) > 0));
    if (!group || (head.includes('passe') && tokens[at - 1]?.words[0] !== 'de')) continue;
    const secret = secretOf(text, tokens, at, group);
    if (secret) found.push(secret);
  }
  return found;
}
