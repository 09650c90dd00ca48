import type { Features } from './features.ts';

/** One row of `classes` weights per bucket. */
export type Weights = { classes: number; table: Float32Array };

/** mulberry32: the same numbers on every machine, so that training is repeatable. */
export function seededRandom(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}

function shuffle(order: Int32Array, random: () => number): void {
  for (let at = order.length - 1; at > 0; at--) {
    const other = Math.floor(random() * (at + 1));
    const kept = order[at]!;
    order[at] = order[other]!;
    order[other] = kept;
  }
}

/** Probabilities of the classes. `into` is overwritten and returned. */
export function probabilities(weights: Weights, features: Features, into: Float32Array): Float32Array {
  const { classes, table } = weights;
  into.fill(0);
  for (let at = 0; at < features.ids.length; at++) {
    const row = features.ids[at]! * classes;
    const value = features.values[at]!;
    for (let c = 0; c < classes; c++) into[c]! += table[row + c]! * value;
  }
  let highest = -Infinity;
  for (let c = 0; c < classes; c++) if (into[c]! > highest) highest = into[c]!;
  let sum = 0;
  for (let c = 0; c < classes; c++) {
    into[c] = Math.exp(into[c]! - highest);
    sum += into[c]!;
  }
  for (let c = 0; c < classes; c++) into[c] = into[c]! / sum;
  return into;
}

export type Example = { features: Features; label: number };

/** A gradient smaller than this (squared) teaches nothing any more. */
const LEARNT = 1e-5;

/** Multinomial logistic regression by AdaGrad, one rate per bucket; the examples come in a seeded order. */
export function trainSoftmax(
  examples: readonly Example[],
  classes: number,
  buckets: number,
  { epochs, rate }: { epochs: number; rate: number },
): Weights {
  const weights: Weights = { classes, table: new Float32Array(buckets * classes) };
  const seen = new Float32Array(buckets).fill(1e-3);
  const order = Int32Array.from(examples, (_, at) => at);
  const random = seededRandom(1);
  const error = new Float32Array(classes);
  for (let epoch = 0; epoch < epochs; epoch++) {
    shuffle(order, random);
    for (const index of order) {
      const { features, label } = examples[index]!;
      probabilities(weights, features, error);
      error[label]! -= 1;
      let size = 0;
      for (let c = 0; c < classes; c++) size += error[c]! * error[c]!;
      if (size > LEARNT) learn(weights, seen, features, error, size, rate);
    }
  }
  return weights;
}

function learn(
  { classes, table }: Weights,
  seen: Float32Array,
  { ids, values }: Features,
  error: Float32Array,
  size: number,
  rate: number,
): void {
  for (let at = 0; at < ids.length; at++) {
    const id = ids[at]!;
    const value = values[at]!;
    seen[id]! += value * value * size;
    const step = (rate * value) / Math.sqrt(seen[id]!);
    const row = id * classes;
    for (let c = 0; c < classes; c++) table[row + c]! -= step * error[c]!;
  }
}
