import { fold } from '../fold.ts';
import { phrasesOf, type UnderstandingData, type Utterances } from './data.ts';
import { classIndex, INTENTS } from './intents.ts';

/**
 * The phrases of `language` with one more. Refuses an unknown language or intent, a phrase that is already there
 * (in any language, in any spelling), and one of `heldOut`: the phrases that figures are taken from.
 */
export function addPhrase(
  data: UnderstandingData,
  { language, intent, text }: { language: string; intent: string; text: string },
  heldOut: readonly string[],
): Utterances {
  const own = data[language];
  if (!own)
    throw new Error(
      `"${language}" has no locales/${language}/utterances.json; there are: ${Object.keys(data).join(', ')}`,
    );
  if (classIndex(intent) === undefined) {
    throw new Error(`"${intent}" is no intent; choose one of: ${[...INTENTS, 'none'].join(', ')}`);
  }
  const folded = fold(text);
  if (folded === '') throw new Error(`"${text}" has no letters or digits`);
  const same = phrasesOf(data).find((phrase) => fold(phrase.text) === folded && phrase.language === language);
  if (same) throw new Error(`"${same.text}" is already among the phrases of ${language}`);
  if (heldOut.some((phrase) => fold(phrase) === folded)) {
    throw new Error(
      `"${text}" is a held-out phrase (test/understanding/held-out): remove it there first, or word it otherwise`,
    );
  }
  return { ...own.utterances, [intent]: [...(own.utterances[intent] ?? []), text.trim()] };
}
