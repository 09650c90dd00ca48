import { createHash } from 'node:crypto';
import { classIndex } from './intents.ts';
import type { Synonyms } from './lexicon.ts';

/** `locales/<lng>/utterances.json`: intent (or `none`) -> phrases. */
export type Utterances = Record<string, string[]>;

/** What one language gives: its phrases, its synonyms, and the bot's own texts (for telling languages apart). */
export type LanguageData = { utterances: Utterances; synonyms: Synonyms; texts: string[] };

/** Language tag -> data; the order of the keys does not matter. */
export type UnderstandingData = Record<string, LanguageData>;

export type Phrase = { language: string; text: string; label: number };

/** Sorted, so that a model does not depend on the order in which folders are read. */
export const languagesOf = (data: UnderstandingData): string[] => Object.keys(data).sort();

/** Every phrase with the index of its class; names the file and the key when a key is no intent. */
export function phrasesOf(data: UnderstandingData): Phrase[] {
  return languagesOf(data).flatMap((language) =>
    Object.entries(data[language]!.utterances).flatMap(([intent, texts]) => {
      const label = classIndex(intent);
      if (label === undefined) {
        throw new Error(
          `locales/${language}/utterances.json: "${intent}" is no intent; see src/language/understand/intents.ts`,
        );
      }
      return texts.map((text) => ({ language, text, label }));
    }),
  );
}

/** Two, since a changed text of the bot changes only what tells languages apart. */
export type Hashes = { intents: string; languages: string };

/** Change whenever that part of the model would: with its data, and with `version`, which stands for the code. */
export function hashesOf(data: UnderstandingData, version: string): Hashes {
  const hash = (part: (one: LanguageData) => unknown): string => {
    const sum = createHash('sha256').update(version);
    for (const language of languagesOf(data)) sum.update(JSON.stringify([language, part(data[language]!)]));
    return sum.digest('hex');
  };
  return { intents: hash(({ utterances, synonyms }) => [utterances, synonyms]), languages: hash((one) => one) };
}
