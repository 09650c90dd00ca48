import { fold } from '../fold.ts';
import type { Finding } from './mask-links.ts';
import {
  type Bare,
  core,
  has,
  isAddress,
  looksSecret,
  MASK,
  mentions,
  quoted,
  type Token,
  tokensOf,
} from './mask-tokens.ts';
import { asWords, conjunctions, denials, essives, passwordWords, questions } from './password-words.ts';
import { type Phrases, phraseLength, phrases, wordsOf } from './phrases.ts';

interface Group {
  names: Phrases;
  is: Phrases;
  not: Phrases;
}

// "Password" is said in every language; "ne..." denies in Latvian and Lithuanian only, elsewhere it may begin a secret.
// Endings ("*nud") are for their own language only.
const allDenials = Object.values(passwordWords).map((row) => row.not.replace(/\|(?:ne\*|\*[^|]*)(?=\||$)/g, ''));
const groups = Object.entries(passwordWords).map(([language, row]): Group => {
  const not = language === 'en' ? allDenials.join('|') : `${row.not}|${passwordWords.en?.not}`;
  return { names: phrases(row.names), is: phrases(row.is), not: phrases(not) };
});
const anyIs = Object.values(passwordWords).map((row) => row.is);
/** Between a secret and the name behind it: "abc123 is my password", "abc123 as password". */
const isOrAs = phrases([...anyIs, asWords].join('|'));
const stems = Object.values(passwordWords).flatMap((row) => row.names.split('|').map((name) => fold(name)));
const mentioned = new RegExp([...new Set(stems)].join('|'));
const denial = phrases(denials);
const and = phrases(conjunctions);
const asks = phrases(questions);
const essive = phrases(essives);

/** The whole of a secret in quotes ("abc def"), else the token. */
const extent = (text: string, token: Bare): Finding => quoted(text, token) ?? core(token);

/** Whether the token ends its part of a sentence that asks nothing: the end, a line's end, a sign or "and" come next. */
function endsClause(text: string, tokens: readonly Token[], at: number): boolean {
  const [here, next] = [tokens[at], tokens[at + 1]];
  if (here?.text.endsWith('?')) return false;
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

/** Where a name ends and what it leads to begins, in one token: a colon, an arrow. */
const colonIn = (token: string) => /[:=→]|-+>/.exec(token.slice(0, 60));

function leadAfter(tokens: readonly Token[], name: number, group: Group): Lead {
  const token = tokens[name];
  const colon = token && colonIn(token.text);
  if (token && colon && colon.index > 0) {
    const behind = colon.index + colon[0].length + (/^>/.test(token.text.slice(colon.index + colon[0].length)) ? 1 : 0);
    const glued = { text: token.text.slice(behind), start: token.start + behind };
    return glued.text === '' ? { by: 'colon', at: name + 1 } : { by: 'colon', at: name, glued };
  }
  const next = tokens[name + 1];
  if (next && /^(?:[:=→]|[-=]+>)$/.test(next.text)) return { by: 'colon', at: name + 2 };
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
  if (lead.glued ? looksSecret(lead.glued) : tokens[lead.at]?.madeUp) return true;
  const inQuotes = quoted(text, token);
  const words = wordsOf(inQuotes ? text.slice(inQuotes.start, inQuotes.end) : bare);
  if (inQuotes && words.some((_, at) => phraseLength(words, at, group.not) === 0)) return true;
  const isPlain = words.length > 0 && !isAddress(bare) && phraseLength(words, 0, group.not) === 0;
  if (lead.by === 'nothing') return /^\d{5,}$/.test(bare);
  if (/^\d{4,}$/.test(bare)) return true;
  return isPlain && (lead.by === 'colon' || endsClause(text, tokens, lead.at));
}

/** "Kass123 on minu parool": what looks made up, before "is" and at most two words before the name. */
function secretBefore(tokens: readonly Token[], name: number): Token | undefined {
  for (let is = name - 1; is > 0 && is >= name - 3; is--) {
    const token = tokens[is - 1];
    if (token?.text.includes(MASK)) return undefined;
    if (token?.madeUp && has(tokens[is], isOrAs)) return token;
  }
  // "abc123 (password)", "abc123 parooliks"
  const [token, named] = [tokens[name - 1], tokens[name]];
  const isItsName = () => named?.text.startsWith('(') || has(named, essive);
  return token?.madeUp && isItsName() ? token : undefined;
}

const mostPieces = 4;

/** A secret typed in several pieces: those behind it that look made up too. */
function further(text: string, tokens: readonly Token[], { at }: Lead, { start, end }: Finding): Finding {
  let last = end;
  for (const token of tokens.slice(at + 1, at + mostPieces)) {
    if (text.slice(last, token.start).trim() !== '' || !token.madeUp) break;
    last = core(token).end;
  }
  return { start, end: last };
}

/** The secret that goes with the name at this token, if one does. */
function secretOf(text: string, tokens: readonly Token[], name: number, group: Group): Finding | undefined {
  const lead = leadAfter(tokens, name, group);
  const token = lead.glued ?? tokens[lead.at];
  // It was hidden before: what stands further on is something else.
  if (token?.text.includes(MASK)) return undefined;
  if (token && isSecret(text, tokens, lead, group)) return further(text, tokens, lead, extent(text, token));
  // A few words on, only what looks made up: "password for the account Kass123"; not past a sign or a "not".
  const from = lead.glued ? lead.at + 1 : lead.at;
  for (let at = from; at < from + 4 && !/[.,;!?]$/.test(tokens[at - 1]?.text ?? ''); at++) {
    const next = tokens[at];
    if (next?.text.includes(MASK)) return undefined;
    if (!next || has(next, denial)) break;
    if (next.madeUp) return extent(text, next);
  }
  const before = secretBefore(tokens, name);
  return before && core(before);
}

/**
 * Passwords and PINs said to be such: "password: xyz", "mu parool on xyz", "пароль qwerty123", "Kass123 on minu parool". A mere
 * mention ("parool ei tööta", "my password is wrong") is left alone; a doubtful word is hidden (decisions.md G2).
 */
export function findPasswords(text: string): Finding[] {
  if (!mentions(text, mentioned)) return [];
  const tokens = tokensOf(text);
  const found: Finding[] = [];
  for (const at of tokens.keys()) {
    const group = groupAt(tokens, at);
    const secret = group && secretOf(text, tokens, at, group);
    if (secret) found.push(secret);
  }
  return found;
}

/** The language in whose words the token is a name for a password. */
function groupAt(tokens: readonly Token[], at: number): Group | undefined {
  const token = tokens[at];
  if (!token) return undefined;
  const colon = colonIn(token.text)?.index ?? 0;
  const words = colon > 0 ? wordsOf(token.text.slice(0, colon)) : token.words;
  const head = words.filter((word) => !/\d/.test(word));
  if (head.includes('passe') && tokens[at - 1]?.words[0] !== 'de') return undefined;
  return groups.find(({ names }) => head.some((_, word) => phraseLength(head, word, names) > 0));
}

const lastIs = new Set(anyIs.flatMap((list) => list.split('|').map((is) => fold(is).split(' ').at(-1))));

/** Whether the text ends in a colon, a dash or an "is": most end in something else. */
export function endsInLead(text: string): boolean {
  const end = text.slice(-30).trimEnd();
  if (/[:=>→–—-]$/.test(end)) return true;
  const last = end.slice(end.lastIndexOf(' ') + 1);
  return last.length < 12 && lastIs.has(fold(last));
}

/** "My password is", "parool:" at the end of a text: the password itself comes next. Not "I do not know what my password is". */
export function leadsToPassword(text: string): boolean {
  if (!mentions(text, mentioned)) return false;
  const tokens = tokensOf(text);
  const isAsked = tokens.some((token) => has(token, asks) || has(token, denial) || token.text.endsWith('?'));
  return tokens.some((_, at) => {
    const group = at < tokens.length - 4 ? undefined : groupAt(tokens, at);
    if (!group) return false;
    const { by, at: next, glued } = leadAfter(tokens, at, group);
    if (by === 'colon' && !glued && next === tokens.length) return true;
    return !isAsked && (/[:=]\s*$/.test(text) || (by === 'is' && next === tokens.length));
  });
}

/** Whether the folded word is one that follows "password is" in a sentence of any language. */
export const isOrdinary = (words: readonly string[]): boolean =>
  groups.some(({ not }) => phraseLength(words, 0, not) > 0);
