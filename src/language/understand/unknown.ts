import { fold } from '../fold.ts';
import type { IntentName } from './intents.ts';
import type { Understand } from './understanding.ts';

/** A message that the bot did not answer, as it was stored. */
export type UnknownLine = { text: string; language?: string };

export type UnknownGroup = {
  nearest: IntentName;
  phrases: { text: string; language: string; times: number; score: number }[];
};

/**
 * Messages nobody answered, by the intent they come nearest to, most frequent first: what to add to
 * `utterances.json`, or to `none`. The same message in other spelling counts once more.
 */
export function listUnknown({ understand }: Understand, lines: readonly UnknownLine[]): UnknownGroup[] {
  const seen = new Map<string, UnknownGroup['phrases'][number] & { nearest: IntentName }>();
  for (const { text, language } of lines) {
    const key = fold(text);
    if (key === '') continue;
    const known = seen.get(key);
    if (known) {
      known.times += 1;
      continue;
    }
    const { ranking, language: told, score } = understand(text, language);
    seen.set(key, { text, language: told, times: 1, score, nearest: ranking[0]!.intent });
  }
  const groups = new Map<IntentName, UnknownGroup>();
  for (const { nearest, ...phrase } of seen.values()) {
    const group = groups.get(nearest) ?? { nearest, phrases: [] };
    group.phrases.push(phrase);
    groups.set(nearest, group);
  }
  const total = ({ phrases }: UnknownGroup): number => phrases.reduce((sum, { times }) => sum + times, 0);
  const sorted = [...groups.values()].sort((a, b) => total(b) - total(a));
  return sorted.map(({ nearest, phrases }) => ({ nearest, phrases: phrases.sort((a, b) => b.times - a.times) }));
}
