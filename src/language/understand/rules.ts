import type { DataWish, IntentName, Route } from './intents.ts';
import type { Match } from './lexicon.ts';

/**
 * Whole-message rules: every word must belong to one of the tokens, and one of `key` must be there. The tokens' forms
 * are data, in `locales/<lng>/synonyms.json`.
 */
type WholeMessage = { intent: IntentName; key: string[]; besides: string[] };

const WHOLE: WholeMessage[] = [
  { intent: 'thanks', key: ['thank'], besides: ['filler', 'greet', 'help', 'stop'] },
  { intent: 'greeting', key: ['greet'], besides: ['filler', 'question', 'help'] },
  { intent: 'cancel', key: ['stop'], besides: ['filler', 'conversation'] },
  { intent: 'start-over', key: ['beginning', 'menu'], besides: ['filler', 'again', 'conversation', 'begin'] },
];

const LANGUAGE = 'language.';
const AROUND_A_LANGUAGE = ['filler', 'language', 'speak', 'change'];

export type Ruled = { intent: IntentName; wanted?: string };

/** Whether every word belongs to a match of one of the tokens. */
export const coveredBy = (
  words: readonly string[],
  matches: readonly Match[],
  tokens: (token: string) => boolean,
): boolean => {
  const open = new Set(words.keys());
  for (const match of matches) {
    if (tokens(match.token)) for (let at = match.from; at < match.to; at++) open.delete(at);
  }
  return open.size === 0;
};

const AROUND_POINTS = ['point', 'numeral', 'aroundpoints', 'filler'];

/** "I have 700 points" or "two thousand points" and nothing else: `tiers`, as the number decides (decisions.md D). */
function onlyPoints(words: readonly string[], matches: readonly Match[]): boolean {
  const numbered = words.includes('#') || matches.some((match) => match.token === 'numeral');
  if (!numbered || !matches.some((match) => match.token === 'point')) return false;
  const rest = matches.filter((match) => AROUND_POINTS.includes(match.token));
  return words.every((word, at) => word === '#' || rest.some(({ from, to }) => from <= at && at < to));
}

/** A message that only asks for a language by its name: "latviski, lūdzu". The country's name does not. */
export function languageOnly(words: readonly string[], matches: readonly Match[]): Ruled | undefined {
  const named = matches.find((match) => match.token.startsWith(LANGUAGE));
  const isAround = (token: string): boolean => token.startsWith(LANGUAGE) || AROUND_A_LANGUAGE.includes(token);
  if (!named || !coveredBy(words, matches, isAround)) return undefined;
  return { intent: 'change-language', wanted: named.token.slice(LANGUAGE.length) };
}

/** The intent of a message that consists of nothing but the words of one rule; undefined when no rule covers it. */
export function wholeMessage(
  words: readonly string[],
  matches: readonly Match[],
  question: boolean,
): Ruled | undefined {
  if (words.length === 0) return undefined;
  const language = languageOnly(words, matches);
  if (language) return language;
  if (onlyPoints(words, matches)) return { intent: 'tiers' };
  const rule = WHOLE.find(
    ({ intent, key, besides }) =>
      !(question && intent === 'cancel') &&
      matches.some((match) => key.includes(match.token)) &&
      coveredBy(words, matches, (token) => key.includes(token) || besides.includes(token)),
  );
  return rule && { intent: rule.intent };
}

/** "Latvia", "from Estonia": an answer to another question, never a wish for that country's language. */
export function onlyCountry(words: readonly string[], matches: readonly Match[]): boolean {
  const around = (token: string): boolean => token === 'countryname' || token === 'filler' || token === 'common';
  return matches.some(({ token }) => token === 'countryname') && coveredBy(words, matches, around);
}

/** The language a message names, if it names exactly one. */
export function languageNamed(matches: readonly Match[]): string | undefined {
  const named = new Set(matches.map((match) => match.token).filter((token) => token.startsWith(LANGUAGE)));
  return named.size === 1 ? [...named][0]!.slice(LANGUAGE.length) : undefined;
}

/** What goes to people whatever else the message says (decisions.md F): all of the tokens must be there. */
const ROUTES: { route: Route; all: string[] }[] = [
  { route: 'privacy', all: ['privacy'] },
  { route: 'privacy', all: ['delete', 'account'] },
  { route: 'privacy', all: ['delete', 'personaldata'] },
  { route: 'legal', all: ['legal'] },
  { route: 'refund', all: ['refund'] },
  { route: 'complaint', all: ['complaint'] },
  { route: 'human', all: ['insult'] },
];

/** What the chat itself has kept. An account is Canon's, and a matter for people; a chat deleted to begin anew is begun anew. */
const WISHES: { data: DataWish; all: string[] }[] = [
  { data: 'erase', all: ['delete', 'personaldata'] },
  { data: 'erase', all: ['delete', 'conversation'] },
  { data: 'erase', all: ['delete', 'detail.kept'] },
  { data: 'erase', all: ['detail.forgetme'] },
  { data: 'show', all: ['detail.showme', 'personaldata'] },
  { data: 'show', all: ['detail.showme', 'privacy'] },
  { data: 'show', all: ['detail.showme', 'detail.kept'] },
  { data: 'kept', all: ['detail.kept'] },
];

export function dataWishOf(matches: readonly Match[]): DataWish | undefined {
  const tokens = new Set(matches.map((match) => match.token));
  const isOther = ['account', 'again', 'begin', 'beginning'].some((token) => tokens.has(token));
  if (tokens.has('delete') && isOther) return undefined;
  return WISHES.find(({ all }) => all.every((token) => tokens.has(token)))?.data;
}

export function routeOf(matches: readonly Match[]): Route | undefined {
  if (dataWishOf(matches)) return 'privacy';
  const tokens = new Set(matches.map((match) => match.token));
  return ROUTES.find(({ all }) => all.every((token) => tokens.has(token)))?.route;
}
