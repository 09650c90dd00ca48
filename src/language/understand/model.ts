import { type Hashes, hashesOf, type UnderstandingData } from './data.ts';
import { type IntentModel, trainIntentModel } from './intent-model.ts';
import { type LanguageModel, trainLanguageModel } from './language-model.ts';

export type Model = { intents: IntentModel; languages: LanguageModel };

/** Where a trained model is kept between starts. `read` gives undefined when there is none. */
export type ModelCache = { read(): Uint8Array | undefined; write(bytes: Uint8Array): void };

/** Stands for the code that trains: change it when features, trainer or rules change, and every model is trained anew. */
const VERSION = '4';

export const trainModel = (data: UnderstandingData): Model => ({
  intents: trainIntentModel(data),
  languages: trainLanguageModel(data),
});

type Header = {
  hashes: Hashes;
  sizes: [weights: number, known: number, languages: number];
  classes: [intents: number, languages: number];
  calibration: IntentModel['calibration'];
  thresholds: IntentModel['thresholds'];
  languages: string[];
};

const ALIGN = 8;
const padded = (length: number): number => Math.ceil(length / ALIGN) * ALIGN;

/** Header length (uint32), header (JSON), then the three tables, each beginning at a multiple of 8 bytes. */
export function encodeModel({ intents, languages }: Model, hashes: Hashes): Uint8Array {
  const tables = [intents.weights.table, intents.known, languages.weights.table];
  const header: Header = {
    hashes,
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

const nothing: Partial<Model> = {};

/** The parts whose hash is the wanted one; none when the bytes are no model at all. What is missing is trained anew. */
export function decodeModel(bytes: Uint8Array, wanted: Hashes): Partial<Model> {
  try {
    const length = new DataView(bytes.buffer, bytes.byteOffset, 4).getUint32(0);
    const header = JSON.parse(new TextDecoder().decode(bytes.subarray(4, 4 + length))) as Header;
    let at = padded(4 + length);
    const take = (size: number): Uint8Array => {
      if (at + size > bytes.length) throw new Error('the model file is cut short');
      const part = Uint8Array.from(bytes.subarray(at, at + size)); // Buffer#slice would share memory
      at += padded(size);
      return part;
    };
    const floats = (count: number): Float32Array => new Float32Array(take(count * 4).buffer);
    const weights = { classes: header.classes[0], table: floats(header.sizes[0]) };
    const known = take(header.sizes[1]);
    const ofLanguages = { classes: header.classes[1], table: floats(header.sizes[2]) };
    const { calibration, thresholds, hashes } = header;
    return {
      ...(hashes.intents === wanted.intents ? { intents: { weights, known, calibration, thresholds } } : {}),
      ...(hashes.languages === wanted.languages
        ? { languages: { weights: ofLanguages, languages: header.languages } }
        : {}),
    };
  } catch {
    return nothing;
  }
}

/** The stored model where it was trained on exactly this data by this code; what is not is trained, and stored. */
export function openModel(data: UnderstandingData, cache: ModelCache): Model {
  const hashes = hashesOf(data, VERSION);
  const stored = cache.read();
  const found = stored ? decodeModel(stored, hashes) : nothing;
  if (found.intents && found.languages) return { intents: found.intents, languages: found.languages };
  const model = {
    intents: found.intents ?? trainIntentModel(data),
    languages: found.languages ?? trainLanguageModel(data),
  };
  cache.write(encodeModel(model, hashes));
  return model;
}
