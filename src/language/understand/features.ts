/** Sparse features of one message: bucket ids and their values (length 1 together), the last one the bias. */
export type Features = { ids: Int32Array; values: Float32Array };

export const BITS = 16;
const MASK = (1 << BITS) - 1;
/** No feature hashes here: the bias of each class. */
const BIAS = MASK;

const SHORTEST = 2;
const LONGEST = 5;
const TOKENS_AT_MOST = 14;

/** What a kind of feature may weigh in all, found by cross-validation (docs/adr/0003-understanding.md). */
const WEIGHT = { chars: 1, words: 0.5, pairsOfWords: 0.3, tokens: 0.3, pairsOfTokens: 0.3, bias: 0.3 };

const OFFSET = 2_166_136_261;
const PRIME = 16_777_619;

/** Last step of the hash (murmur's finaliser): spreads similar strings over all buckets. */
function bucket(state: number): number {
  let x = state ^ (state >>> 15);
  x = Math.imul(x, 0x85ebca6b);
  x ^= x >>> 13;
  return (x >>> 0) % BIAS;
}

/** FNV-1a over a string, begun with a sign for the kind of feature so that a word and a token do not meet. */
export function hash(kind: string, text: string): number {
  let state = OFFSET;
  for (let at = 0; at < kind.length; at++) state = Math.imul(state ^ kind.charCodeAt(at), PRIME);
  for (let at = 0; at < text.length; at++) state = Math.imul(state ^ text.charCodeAt(at), PRIME);
  return state;
}

/** Hashes of all character n-grams of `text`, each begun once and lengthened sign by sign. */
export function charGrams(text: string, shortest: number, longest: number, add: (state: number) => void): void {
  for (let from = 0; from < text.length; from++) {
    let state = OFFSET;
    const to = Math.min(text.length, from + longest);
    for (let at = from; at < to; at++) {
      state = Math.imul(state ^ text.charCodeAt(at), PRIME);
      if (at - from + 1 >= shortest) add(state);
    }
  }
}

/**
 * Features of a message: character 2-5-grams, words, pairs of neighbouring words, and the canonical tokens that the
 * synonyms gave (with their pairs). Tokens are shared by all languages: what one language learns of
 * "button + missing" helps the others.
 */
export function featuresOf(words: readonly string[], tokens: readonly string[]): Features {
  const all = new Map<number, number>();
  const group = (ids: Set<number>, weight: number): void => {
    const value = weight / Math.sqrt(ids.size || 1);
    for (const id of ids) all.set(id, (all.get(id) ?? 0) + value);
  };
  const chars = new Set<number>();
  charGrams(` ${words.join(' ')} `, SHORTEST, LONGEST, (state) => chars.add(bucket(state)));
  group(chars, WEIGHT.chars);
  group(new Set(words.map((word) => bucket(hash('w:', word)))), WEIGHT.words);
  const neighbours = words.slice(1).map((word, at) => bucket(hash('b:', `${words[at]} ${word}`)));
  group(new Set(neighbours), WEIGHT.pairsOfWords);
  const known = [...new Set(tokens)].sort().slice(0, TOKENS_AT_MOST);
  group(new Set(known.map((token) => bucket(hash('k:', token)))), WEIGHT.tokens);
  const pairs = known.flatMap((one, at) => known.slice(at + 1).map((two) => bucket(hash('p:', `${one}+${two}`))));
  group(new Set(pairs), WEIGHT.pairsOfTokens);
  return normalised(all);
}

function normalised(all: Map<number, number>): Features {
  const ids = new Int32Array(all.size + 1);
  const values = new Float32Array(all.size + 1);
  let squares = 0;
  for (const value of all.values()) squares += value * value;
  const length = Math.sqrt(squares) || 1;
  let at = 0;
  for (const [id, value] of all) {
    ids[at] = id;
    values[at++] = value / length;
  }
  ids[at] = BIAS;
  values[at] = WEIGHT.bias;
  return { ids, values };
}
