import { randomUUID } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { UnderstandingData, Utterances } from './data.ts';
import type { Synonyms } from './lexicon.ts';
import { type ModelCache, openModel } from './model.ts';
import { createUnderstanding, type Understand } from './understanding.ts';

function readJson(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    throw new Error(`${file} is not readable JSON: ${error instanceof Error ? error.message : String(error)}`);
  }
}

function lists(file: string): Record<string, string[]> {
  const found = existsSync(file) ? readJson(file) : {};
  const whole = typeof found === 'object' && found !== null && !Array.isArray(found) ? Object.entries(found) : [];
  const wrong = whole.find(([, list]) => !Array.isArray(list) || list.some((item) => typeof item !== 'string'));
  if (wrong) throw new Error(`${file}: "${wrong[0]}" must be a list of phrases`);
  return Object.fromEntries(whole) as Record<string, string[]>;
}

const stringsIn = (value: unknown): string[] => {
  if (typeof value === 'string') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(stringsIn) : [];
};

const OWN = new Set(['utterances.json', 'synonyms.json']);

/** Every `locales/<lng>/` that has phrases; its other files give the bot's own texts. */
export function readUnderstandingData(localesDir: string): UnderstandingData {
  const languages = readdirSync(localesDir).filter((name) => existsSync(join(localesDir, name, 'utterances.json')));
  return Object.fromEntries(
    languages.map((language) => {
      const folder = join(localesDir, language);
      const others = readdirSync(folder)
        .filter((name) => name.endsWith('.json') && !OWN.has(name))
        .sort();
      const utterances: Utterances = lists(join(folder, 'utterances.json'));
      const synonyms: Synonyms = lists(join(folder, 'synonyms.json'));
      return [
        language,
        { utterances, synonyms, texts: others.flatMap((name) => stringsIn(readJson(join(folder, name)))) },
      ];
    }),
  );
}

/**
 * A model in a file, replaced whole: a reader never sees half a model. A folder that cannot be written to costs a
 * training at every start, not the start.
 */
export function modelFile(file: string, report: (problem: string) => void = () => {}): ModelCache {
  return {
    read: () => (existsSync(file) ? readFileSync(file) : undefined),
    write(bytes) {
      const unfinished = `${file}.${randomUUID()}`;
      try {
        mkdirSync(dirname(file), { recursive: true });
        writeFileSync(unfinished, bytes);
        renameSync(unfinished, file);
      } catch (error) {
        if (existsSync(unfinished)) rmSync(unfinished);
        report(`${file} could not be written (${String(error)}); the phrases are learnt again at the next start`);
      }
    },
  };
}

/** Where a trained model is kept; git-ignored, made anew when the data or the trainer changes. */
export const MODEL_FILE = join('node_modules', '.cache', 'cps-support-bot', 'understanding.bin');

/**
 * Everything for a running bot: reads the phrases, opens the stored model or trains one (a few seconds, at the first
 * start and after a change of the phrases).
 */
export function openUnderstanding({ localesDir, modelPath, report }: OpenOptions): Understand {
  const data = readUnderstandingData(localesDir);
  return createUnderstanding({ data, model: openModel(data, modelFile(modelPath, report)) });
}

export type OpenOptions = { localesDir: string; modelPath: string; report?: (problem: string) => void };
