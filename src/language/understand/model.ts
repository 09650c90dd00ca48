import { hashOf, type UnderstandingData } from './data.ts';
import { type IntentModel, trainIntentModel } from './intent-model.ts';
import { type LanguageModel, trainLanguageModel } from './language-model.ts';

export type Model = { intents: IntentModel; languages: LanguageModel };

/** Where a trained model is kept between starts. `read` gives undefined when there is none. */
export type ModelCache = { read(): Uint8Array | undefined; write(bytes: Uint8Array): void };

/** Stands for the code that trains: change it when features, trainer or rules change, and every model is trained anew. */
const VERSION = '1';

export const trainModel = (data: UnderstandingData): Model => ({
  intents: trainIntentModel(data),
  languages: trainLanguageModel(data),
});

type Header = {
  hash: string;
  sizes: [weights: number, known: number, languages: number];
  classes: [intents: number, languages: number];
  calibration: IntentModel['calibration'];
  thresholds: IntentModel['thresholds'];
  languages: string[];
};

const ALIGN = 8;
const padded = (length: number): number => Math.ceil(length / ALIGN) * ALIGN;

/** Header length (uint32), header (JSON), then the three tables, each beginning at a multiple of 8 bytes. */
export function encodeModel({ intents, languages }: Model, hash: string): Uint8Array {
  const tables = [intents.weights.table, intents.known, languages.weights.table];
  const header: Header = {
    hash,
    sizes: [tables[0]!.length, tables[1]!.length, tables[2]!.length],
    classes: [intents.weights.classes, languages.weights.classes],
    calibration: intents.calibration,
    thresholds: intents.thresholds,
    languages: languages.languages,
  };
  const head = new TextEncoder().encode(JSON.stringify(header));
  const start = padded(4 + head.length);
  const bytes = new Uint8Array(tables.reduce((at, table) => at + padded(table.byteLength), start));
  new DataView(bytes.buffer).setUint32(0, head.length);
  bytes.set(head, 4);
  let at = start;
  for (const table of tables) {
    bytes.set(new Uint8Array(table.buffer, table.byteOffset, table.byteLength), at);
    at += padded(table.byteLength);
  }
  return bytes;
}

/** Undefined when the bytes hold another hash or are no model at all: then it is trained anew. */
export function decodeModel(bytes: Uint8Array, hash: string): Model | undefined {
  try {
    const length = new DataView(bytes.buffer, bytes.byteOffset, 4).getUint32(0);
    const header = JSON.parse(new TextDecoder().decode(bytes.subarray(4, 4 + length))) as Header;
    if (header.hash !== hash) return undefined;
    let at = padded(4 + length);
    const take = (size: number): Uint8Array => {
      if (at + size > bytes.length) throw new Error('the model file is cut short');
      const part = Uint8Array.from(bytes.subarray(at, at + size)); // Buffer#slice would share memory
      at += padded(size);
      return part;
    };
    const floats = (count: number): Float32Array => new Float32Array(take(count * 4).buffer);
    const [weights, known, languages] = header.sizes;
    return {
      intents: {
        weights: { classes: header.classes[0], table: floats(weights) },
        known: take(known),
        calibration: header.calibration,
        thresholds: header.thresholds,
      },
      languages: {
        weights: { classes: header.classes[1], table: floats(languages) },
        languages: header.languages,
      },
    };
  } catch {
    return undefined;
  }
}

/** The stored model if it was trained on exactly this data by this code, else a new one, which is stored. */
export function openModel(data: UnderstandingData, cache: ModelCache): Model {
  const hash = hashOf(data, VERSION);
  const stored = cache.read();
  const found = stored && decodeModel(stored, hash);
  if (found) return found;
  const model = trainModel(data);
  cache.write(encodeModel(model, hash));
  return model;
}
