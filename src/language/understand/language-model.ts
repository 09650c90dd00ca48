import { fold } from '../fold.ts';
import { type LanguageData, languagesOf, type UnderstandingData } from './data.ts';
import { charGrams, type Features, hash } from './features.ts';
import { type Example, probabilities, trainSoftmax, type Weights } from './softmax-regression.ts';

export type LanguageModel = { languages: string[]; weights: Weights };

const BITS = 15;
const BUCKETS = 1 << BITS;
const LONGEST = 4;
const EPOCHS = 8;
const RATE = 0.5;
const SIGNS_AT_MOST = 400;

/** Lower case, letters only; diacritics stay, they are the best witness there is. */
function letters(text: string): string {
  const plain = text
    .slice(0, SIGNS_AT_MOST)
    .replace(/https?:\S+|\S+@\S+/g, ' ')
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}]+/gu, ' ')
    .trim();
  return plain === '' ? '' : ` ${plain} `;
}

function gramsOf(padded: string): Features {
  const ids = new Set<number>();
  const add = (state: number): void => void ids.add((state ^ (state >>> 15)) & (BUCKETS - 1));
  charGrams(padded, 1, LONGEST, add);
  for (const word of padded.trim().split(' ')) add(hash('=', word));
  const value = 1 / Math.sqrt(ids.size || 1);
  return { ids: Int32Array.from(ids), values: new Float32Array(ids.size).fill(value) };
}

/** Sentences of the bot's own texts without links, placeholders and marks. */
const sentencesOf = (texts: readonly string[]): string[] =>
  texts.flatMap((text) => text.replace(/\{\{.*?\}\}|\$t\(.*?\)|https?:\S+|[*`]/g, ' ').split(/(?<=[.!?])\s+|\n+/));

/** Phrases, whole forms of the synonyms (not the names of languages, which are typed in any of them) and texts. */
function samplesOf({ utterances, synonyms, texts }: LanguageData): string[] {
  const forms = Object.entries(synonyms).flatMap(([token, list]) =>
    token.startsWith('language.') ? [] : list.filter((form) => !form.includes('*')),
  );
  return [...Object.values(utterances).flat(), ...forms, ...sentencesOf(texts)];
}

/** Learns each sample as written and without its diacritics: missing diacritics are the rule in chat. */
export function trainLanguageModel(data: UnderstandingData): LanguageModel {
  const languages = languagesOf(data);
  const examples: Example[] = languages.flatMap((language, label) =>
    samplesOf(data[language]!).flatMap((sample) => {
      const written = letters(sample);
      const folded = letters(fold(sample));
      const forms = written === folded ? [written] : [written, folded];
      return forms.filter(Boolean).map((form) => ({ features: gramsOf(form), label }));
    }),
  );
  return { languages, weights: trainSoftmax(examples, languages.length, BUCKETS, { epochs: EPOCHS, rate: RATE }) };
}

/** Probability of each language, in the order of `model.languages`; undefined for a text without letters. */
export function languageOdds(model: LanguageModel, text: string): Float32Array | undefined {
  const padded = letters(text);
  if (padded === '') return undefined;
  return probabilities(model.weights, gramsOf(padded), new Float32Array(model.languages.length));
}
