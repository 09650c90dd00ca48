/** `npm run understand -- "text" | --file F.jsonl | --unknown | --add LNG INTENT "phrase"`: what the bot understands, and how well. */
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadConfig } from '../src/config.ts';
import { addPhrase } from '../src/language/understand/add-phrase.ts';
import {
  confusionsOf,
  figuresOf,
  type Judged,
  type Line,
  standingInTraining,
} from '../src/language/understand/figures.ts';
import { MODEL_FILE, openUnderstanding, readUnderstandingData } from '../src/language/understand/files.ts';
import type { Understanding } from '../src/language/understand/intents.ts';
import { listUnknown } from '../src/language/understand/unknown.ts';
import { type UnknownMessage, unknownMessages } from '../src/ops/unknown.ts';
import { openStore } from '../src/store/open.ts';
import { confusionsList, figuresTable } from './lib/understand-table.ts';

const root = join(import.meta.dirname, '..');
const localesDir = join(root, 'locales');
const heldOutDir = join(root, 'test', 'understanding', 'held-out');

const open = (): ReturnType<typeof openUnderstanding> =>
  openUnderstanding({ localesDir, modelPath: join(root, MODEL_FILE) });

const rounded = (score: number): number => Math.round(score * 1e4) / 1e4;

function printed({ text, language, intent, score, decision, ranking }: Understanding): string {
  const places = ranking.map((one) => ({ intent: one.intent, score: rounded(one.score) }));
  return JSON.stringify({ text, language, intent, score: rounded(score), decision, ranking: places });
}

function linesOf(file: string): Line[] {
  return readFileSync(file, 'utf8')
    .split('\n')
    .map((raw, at) => ({ raw: raw.trim(), number: at + 1 }))
    .filter(({ raw }) => raw !== '')
    .map(({ raw, number }) => {
      try {
        const line = JSON.parse(raw) as Line;
        if (typeof line?.text === 'string') return line;
      } catch {
        // falls through to the one message for every bad line
      }
      throw new Error(
        `${file}:${number}: must be one JSON object with a "text", for example {"text":"Tere","lang":"et","intent":"greeting"}`,
      );
    });
}

function understandFile(file: string): void {
  const lines = linesOf(file);
  const { understand } = open();
  const understood = lines.map((line) => understand(line.text));
  for (const one of understood) console.log(printed(one));
  const trained = standingInTraining(readUnderstandingData(localesDir), lines);
  if (trained.length > 0) {
    console.error(
      `${file}: no figures, since ${trained.length} of its phrases stand in the training phrases (locales/*/utterances.json):`,
    );
    for (const line of trained) console.error(`  ${line.lang ?? '?'} ${line.intent}: "${line.text}"`);
    console.error('Remove them from one of the two.');
    process.exitCode = 1;
    return;
  }
  const judged: Judged[] = lines.flatMap(({ lang, intent }, at) =>
    lang !== undefined && intent !== undefined ? [{ lang, intent, understood: understood[at]! }] : [],
  );
  if (judged.length === 0) return;
  const languages = [...new Set(judged.map(({ lang }) => lang))];
  const figures = languages.map((language) =>
    figuresOf(
      language,
      judged.filter(({ lang }) => lang === language),
    ),
  );
  console.log(`\n${figuresTable(figures)}\n\n${confusionsList(confusionsOf(judged))}`);
}

function add([language, intent, text]: string[]): void {
  if (!language || !intent || !text) throw new Error('Use: npm run understand -- --add et tiers "Mis tase mul on?"');
  const heldOut = existsSync(heldOutDir)
    ? readdirSync(heldOutDir).flatMap((name) => linesOf(join(heldOutDir, name)).map((line) => line.text))
    : [];
  const utterances = addPhrase(readUnderstandingData(localesDir), { language, intent, text }, heldOut);
  writeFileSync(join(localesDir, language, 'utterances.json'), `${JSON.stringify(utterances, null, 2)}\n`);
  console.log(`Added to locales/${language}/utterances.json; the model is trained anew at the next start.`);
}

/** From the running bot, else from its store: two processes cannot have the embedded store open at once. */
async function unknown(): Promise<void> {
  const config = await loadConfig();
  const { host, port, operatorToken } = config;
  const headers = operatorToken ? { authorization: `Bearer ${operatorToken}` } : {};
  const running = await fetch(`http://${host}:${port}/unknown`, { headers }).catch(() => undefined);
  let messages: UnknownMessage[];
  if (running?.ok) messages = (await running.json()) as UnknownMessage[];
  else {
    const store = await openStore(config);
    messages = await unknownMessages(store);
    await store.close();
  }
  for (const { nearest, phrases } of listUnknown(open(), messages)) {
    console.log(`\n${nearest}`);
    for (const { text, language, times, score } of phrases) {
      console.log(`  ${String(times).padStart(4)} x  ${language}  ${rounded(score).toFixed(2)}  ${text}`);
    }
  }
  console.log(`\n${messages.length} messages. Add one with: npm run understand -- --add LANGUAGE INTENT "phrase"`);
}

const [first, ...rest] = process.argv.slice(2);
try {
  if (first === '--add') add(rest);
  else if (first === '--unknown') await unknown();
  else if (first === '--file' && rest[0]) understandFile(rest[0]);
  else if (first && !first.startsWith('--')) console.log(printed(open().understand([first, ...rest].join(' '))));
  else
    throw new Error(
      'Use: npm run understand -- "text", or --file FILE.jsonl, --unknown, or --add LANGUAGE INTENT "phrase"',
    );
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
}
