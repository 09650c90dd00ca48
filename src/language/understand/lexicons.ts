import type { UnderstandingData } from './data.ts';
import { createLexicon, type Lexicon, type Match } from './lexicon.ts';

/** Each language's synonyms, compiled when first needed. */
export type Lexicons = {
  match(language: string, words: readonly string[]): Match[];
};

/** Tokens that say nothing about the intent: those of rules only. */
const SILENT = new Set(['filler', 'common', 'and', 'aroundpoints', 'numeral', 'asks']);
const DETAIL = 'detail.';

export function createLexicons(data: UnderstandingData): Lexicons {
  const compiled = new Map<string, Lexicon>();
  return {
    match(language, words) {
      let lexicon = compiled.get(language);
      if (!lexicon) {
        lexicon = createLexicon(data[language]?.synonyms ?? {});
        compiled.set(language, lexicon);
      }
      return lexicon.match(words);
    },
  };
}

/** The canonical tokens a model learns from. */
export const meaningOf = (matches: readonly Match[]): string[] =>
  matches.map((match) => match.token).filter((token) => !SILENT.has(token) && !token.startsWith(DETAIL));
