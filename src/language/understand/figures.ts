import { fold } from '../fold.ts';
import { phrasesOf, type UnderstandingData } from './data.ts';
import { INTENTS, type Understanding } from './intents.ts';

/** A line of a file to be understood; with `lang` and `intent` it can be judged. */
export type Line = { text: string; lang?: string; intent?: string };
export type Judged = { lang: string; intent: string; understood: Understanding };

/** Right out of how many. */
export type Share = { right: number; of: number };

/** How one language's lines came out; every share counts lines. */
export type LanguageFigures = {
  language: string;
  /** In-scope lines whose intent stands first, whatever the decision. */
  first: Share;
  /** In-scope lines answered at once, with the right intent. */
  once: Share;
  /** In-scope lines answered at once, with another intent. */
  wrong: Share;
  /** In-scope lines answered right, or offered with the right intent among the three buttons. */
  buttons: Share;
  /** Out-of-scope lines answered at once, which is wrong. */
  outOfScope: Share;
  /** Out-of-scope lines for which buttons are offered. */
  outOfScopeOffered: Share;
  languageShort: Share;
  languageLong: Share;
  /** Mean F1 of the 20 intents and `none`, an offer counting as its first intent. */
  macroF1: number;
};

/** Texts up to this many signs count as short. */
const SHORT = 15;

const count = <T>(rows: readonly T[], holds: (row: T) => boolean): Share => ({
  right: rows.filter(holds).length,
  of: rows.length,
});

const said = ({ understood }: Judged): string =>
  understood.decision === 'none' ? 'none' : (understood.ranking[0]?.intent ?? 'none');

function macroF1(rows: readonly Judged[]): number {
  const present = [...INTENTS, 'none'].filter((name) => rows.some((row) => row.intent === name || said(row) === name));
  const all = present.map((name) => {
    const hit = rows.filter((row) => row.intent === name && said(row) === name).length;
    const wanted = rows.filter((row) => row.intent === name).length;
    const given = rows.filter((row) => said(row) === name).length;
    return (2 * hit) / (wanted + given || 1);
  });
  return all.reduce((sum, value) => sum + value, 0) / (all.length || 1);
}

const isFirst = (row: Judged): boolean => row.understood.ranking[0]?.intent === row.intent;
const answered = (row: Judged): boolean => row.understood.decision === 'answer';
const amongButtons = (row: Judged): boolean =>
  row.understood.decision === 'offer' && row.understood.ranking.some(({ intent }) => intent === row.intent);

export function figuresOf(language: string, rows: readonly Judged[]): LanguageFigures {
  const inScope = rows.filter((row) => row.intent !== 'none');
  const outside = rows.filter((row) => row.intent === 'none');
  const isRight = (row: Judged): boolean => answered(row) && row.understood.intent === row.intent;
  const languageRight = (row: Judged): boolean => row.understood.language === row.lang;
  return {
    language,
    first: count(inScope, isFirst),
    once: count(inScope, isRight),
    wrong: count(inScope, (row) => answered(row) && !isRight(row)),
    buttons: count(inScope, (row) => isRight(row) || amongButtons(row)),
    outOfScope: count(outside, answered),
    outOfScopeOffered: count(outside, (row) => row.understood.decision === 'offer'),
    languageShort: count(
      rows.filter((row) => row.understood.text.length < SHORT),
      languageRight,
    ),
    languageLong: count(
      rows.filter((row) => row.understood.text.length >= SHORT),
      languageRight,
    ),
    macroF1: macroF1(rows),
  };
}

export type Confusion = { intent: string; taken: string; times: number; example: string };

/** Which intents are taken for which others most often (an out-of-scope line counts when it was answered). */
export function confusionsOf(rows: readonly Judged[]): Confusion[] {
  const found = new Map<string, Confusion>();
  for (const row of rows) {
    const wrong = row.intent === 'none' ? answered(row) : !isFirst(row);
    if (!wrong) continue;
    const taken = row.understood.ranking[0]?.intent ?? 'none';
    const key = `${row.intent} ${taken}`;
    const known = found.get(key) ?? { intent: row.intent, taken, times: 0, example: row.understood.text };
    found.set(key, { ...known, times: known.times + 1 });
  }
  return [...found.values()].sort((a, b) => b.times - a.times || a.intent.localeCompare(b.intent));
}

/** Lines whose text, folded, is a training phrase of any language: figures over them would mean nothing. */
export function standingInTraining(data: UnderstandingData, lines: readonly Line[]): Line[] {
  const trained = new Set(phrasesOf(data).map(({ text }) => fold(text)));
  return lines.filter((line) => line.intent !== undefined && trained.has(fold(line.text)));
}
