/** The domain as docs/domain/ has it: what the guides say, what follows for the bot, and what no text may say. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

export const domainFolder = join(import.meta.dirname, '../../docs/domain');

export interface DomainFact {
  id: string;
  statement: string;
  et: string;
  lv: string;
  verdict: 'agree' | 'differ' | 'contradict';
  about?: string;
  note?: string;
  /** Headings and the sender's mail link are not said; `reason` says why. */
  said?: false;
  reason?: string;
}
export interface DecisionRow {
  id: string;
  question: string;
  answer: string;
  advice: string;
  facts: string[];
  /** `inference`: something in the advice is a conclusion of ours, and must be worded as one. */
  kind: 'fact' | 'inference';
  /** Table D: from and to, both included; no upper limit when null. */
  points?: [number, number | null];
  /** Table F: the questions of contactSupport that ask for it. */
  fields?: string[];
  issues?: string[];
}
export interface Decisions {
  tables: Record<string, string>;
  rows: DecisionRow[];
  rules: { id: string; rule: string; facts: string[] }[];
}
export interface Label {
  kind: string;
  facts: string[];
  /** Stands in quotation marks, the language's own. */
  quoted: boolean;
  en: string;
  et: string;
  lv: string;
}
export interface Typography {
  /** Opening and closing mark per language. */
  quotes: Record<string, [string, string]>;
  /** How the word for Canon's form begins. */
  form: Record<string, string>;
}
export interface Forbidden {
  id: string;
  /** A regular expression, taken without regard to case unless `exact`. */
  pattern: string;
  exact?: true;
  /** All when absent. */
  languages?: string[];
  mend: string;
}

export const facts = read<DomainFact[]>('facts.json');
export const decisions = read<Decisions>('decisions.json');
export const labels = read<Record<string, Label>>('labels.json');
export const typography = read<Typography>('typography.json');
export const forbidden = read<Forbidden[]>('forbidden.json');

/** @throws Error naming the file when it is missing or no JSON. */
export function read<T>(file: string): T {
  const path = join(domainFolder, file);
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as T;
  } catch (error) {
    throw new Error(`docs/domain/${file}: ${(error as Error).message}`);
  }
}
