/** Thanks, goodbyes and "all right", alone or together, in any language: nothing in them is for an agent to answer. */
import { foldAnswer } from '../../language/fold.ts';
import type { State, World } from '../state.ts';

const polite = ['thanks', 'bye', 'fine'].map((name) => `bot:smallTalk.accept.${name}`).concat('bot:accept.enough');
/** Stands between them, and means nothing alone. */
const between = ['bot:smallTalk.accept.between'];
const praise = 'bot:rating.accept.good';
/** A longer message says something. */
const mostWords = 12;
const longestPhrase = 5;

/** @returns `good` where the help is praised too: "yes, thank you" */
export function courtesyIn(text: string, { language }: State, { words }: World): 'good' | 'plain' | undefined {
  const said = foldAnswer(text).split(' ').filter(Boolean);
  // A thumb, a full stop; a question mark is a question.
  if (said.length === 0) return text.includes('?') ? undefined : 'plain';
  if (said.length > mostWords) return undefined;
  const among = (keys: readonly string[]) =>
    new Set(words.languages.flatMap((language) => keys.flatMap((key) => words.accept(language, key))));
  // "jā" is Latvian praise, "ja" an Estonian "and".
  const praised = new Set(words.accept(language, praise));
  const lists = { polite: among(polite), praise: praised, between: among(between) };

  function kindsFrom(at: number): string[] | undefined {
    if (at === said.length) return [];
    for (let to = Math.min(said.length, at + longestPhrase); to > at; to--) {
      const phrase = said.slice(at, to).join(' ');
      const kind = Object.entries(lists).find(([, list]) => list.has(phrase))?.[0];
      const others = kind && kindsFrom(to);
      if (others) return [kind, ...others];
    }
    return undefined;
  }
  const kinds = kindsFrom(0);
  if (!kinds?.includes('polite')) return undefined;
  return kinds.includes('praise') ? 'good' : 'plain';
}
