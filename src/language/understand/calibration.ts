import { NONE } from './intents.ts';

/** What the calibration looks at besides the probabilities. */
export type Evidence = { odds: Float32Array; knownWords: number; words: number };

/** Weights of a logistic regression: how likely the best intent is the right one. */
export type Calibration = number[];

const TINY = 1e-6;

/** The intents (never `none`) by probability, best first: the first three. */
export function bestThree(odds: Float32Array): [number, number, number] {
  const best: [number, number, number] = [-1, -1, -1];
  for (let c = 0; c < NONE; c++) {
    const value = odds[c]!;
    if (best[0] < 0 || value > odds[best[0]]!) {
      best[2] = best[1];
      best[1] = best[0];
      best[0] = c;
    } else if (best[1] < 0 || value > odds[best[1]]!) {
      best[2] = best[1];
      best[1] = c;
    } else if (best[2] < 0 || value > odds[best[2]]!) best[2] = c;
  }
  return best;
}

function signs({ odds, knownWords, words }: Evidence): number[] {
  const [first, second] = bestThree(odds);
  const p = odds[first]!;
  const none = odds[NONE]!;
  const log = (over: number): number => Math.max(-4, Math.min(4, Math.log((p + TINY) / (over + TINY)) / 2));
  return [1, p, none, log(none), log(odds[second]!), knownWords, Math.min(words, 12) / 12];
}

/** 0..1: how likely the best intent of `evidence` is right. */
export function scoreOf(calibration: Calibration, evidence: Evidence): number {
  const sum = signs(evidence).reduce((total, sign, at) => total + sign * calibration[at]!, 0);
  return 1 / (1 + Math.exp(-sum));
}

const ROUNDS = 300;
const RATE = 2;
const TOWARDS_ZERO = 1e-3;

/** Fits the calibration to messages the model had not seen; `right` says whether its best intent was the right one. */
export function calibrate(rows: readonly { evidence: Evidence; right: boolean; weight: number }[]): Calibration {
  const inputs = rows.map((row) => signs(row.evidence));
  const size = inputs[0]?.length ?? 0;
  const calibration = new Array<number>(size).fill(0);
  const total = rows.reduce((sum, row) => sum + row.weight, 0) || 1;
  for (let round = 0; round < ROUNDS; round++) {
    const slope = new Array<number>(size).fill(0);
    rows.forEach(({ right, weight }, at) => {
      const input = inputs[at]!;
      const sum = input.reduce((acc, sign, k) => acc + sign * calibration[k]!, 0);
      const error = (1 / (1 + Math.exp(-sum)) - (right ? 1 : 0)) * weight;
      for (let k = 0; k < size; k++) slope[k]! += error * input[k]!;
    });
    for (let k = 0; k < size; k++) calibration[k]! -= RATE * (slope[k]! / total + TOWARDS_ZERO * calibration[k]!);
  }
  return calibration;
}
