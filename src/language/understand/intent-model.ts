import { bestThree, type Calibration, calibrate, type Evidence, scoreOf } from './calibration.ts';
import { languagesOf, type Phrase, phrasesOf, type UnderstandingData } from './data.ts';
import { BITS, type Features, featuresOf, hash } from './features.ts';
import { CLASSES, NONE } from './intents.ts';
import { createLexicons, meaningOf } from './lexicons.ts';
import { routeOf, wholeMessage } from './rules.ts';
import { probabilities, seededRandom, trainSoftmax, type Weights } from './softmax-regression.ts';
import { type Scored, type Thresholds, thresholdsPerLanguage } from './thresholds.ts';
import { wordsOf } from './words.ts';

export type IntentModel = {
  weights: Weights;
  /** One byte per hashed beginning of a word: 1 when training had it. */
  known: Uint8Array;
  calibration: Calibration;
  thresholds: Record<string, Thresholds>;
};

const BUCKETS = 1 << BITS;
const EPOCHS = 6;
const RATE = 0.5;
const FOLDS = 4;
/** Out-of-scope messages are about a third of what comes in, a sixth of the phrases. */
const OUT_OF_SCOPE_WEIGHT = 2;

const KNOWN_SIZE = 1 << 16;
const STEM = 5;
const stemAt = (word: string): number => {
  const state = hash('s:', word.slice(0, STEM));
  return (state ^ (state >>> 16)) & (KNOWN_SIZE - 1);
};

function knownShare(known: Uint8Array, words: readonly string[]): number {
  if (words.length === 0) return 0;
  return words.filter((word) => known[stemAt(word)] === 1).length / words.length;
}

type Prepared = Phrase & { words: string[]; features: Features; ruled: boolean };

function prepare(data: UnderstandingData): Prepared[] {
  const lexicons = createLexicons(data);
  return phrasesOf(data).map((phrase) => {
    const words = wordsOf(phrase.text);
    const matches = lexicons.match(phrase.language, words);
    const ruled =
      wholeMessage(words, matches, phrase.text.includes('?')) !== undefined || routeOf(matches) !== undefined;
    return { ...phrase, words, ruled, features: featuresOf(words, meaningOf(matches)) };
  });
}

function fit(rows: readonly Prepared[]): Pick<IntentModel, 'weights' | 'known'> {
  const known = new Uint8Array(KNOWN_SIZE);
  for (const row of rows) for (const word of row.words) known[stemAt(word)] = 1;
  return { known, weights: trainSoftmax(rows, CLASSES, BUCKETS, { epochs: EPOCHS, rate: RATE }) };
}

/** Each phrase as a model sees it that was trained without it. Phrases that a rule takes are left out: rules come first. */
function unseen(rows: readonly Prepared[]): { row: Prepared; evidence: Evidence }[] {
  const random = seededRandom(7);
  const foldOf = rows.map(() => Math.floor(random() * FOLDS));
  return Array.from({ length: FOLDS }, (_, fold) => {
    const model = fit(rows.filter((_, at) => foldOf[at] !== fold));
    return rows
      .filter((row, at) => foldOf[at] === fold && !row.ruled)
      .map((row) => ({ row, evidence: evidenceOf(model, row.words, row.features) }));
  }).flat();
}

export function evidenceOf(
  model: Pick<IntentModel, 'weights' | 'known'>,
  words: readonly string[],
  features: Features,
): Evidence {
  return {
    odds: probabilities(model.weights, features, new Float32Array(CLASSES)),
    knownWords: knownShare(model.known, words),
    words: words.length,
  };
}

/** Trains on every language together, then sets score and thresholds by cross-validation. Deterministic. */
export function trainIntentModel(data: UnderstandingData): IntentModel {
  const rows = prepare(data);
  const validated = unseen(rows).map(({ row, evidence }) => {
    const three = bestThree(evidence.odds);
    const inScope = row.label !== NONE;
    return { row, evidence, inScope, firstRight: three[0] === row.label, amongThree: three.includes(row.label) };
  });
  const calibration = calibrate(
    validated.map(({ evidence, firstRight, inScope }) => ({
      evidence,
      right: firstRight,
      weight: inScope ? 1 : OUT_OF_SCOPE_WEIGHT,
    })),
  );
  const scored: Scored[] = validated.map(({ row, evidence, inScope, firstRight, amongThree }) => ({
    language: row.language,
    inScope,
    firstRight,
    amongThree,
    score: scoreOf(calibration, evidence),
  }));
  return { ...fit(rows), calibration, thresholds: thresholdsPerLanguage(scored, languagesOf(data)) };
}
