/**
 * `npm run insight -- [--language et] [--week 2026-W47] [--lang lv] [--json]`: writes insight/insight.html and prints its tables,
 * or prints the figures as JSON. Of the running bot, else of its store.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { type Config, loadConfig } from '../src/config.ts';
import { loadTexts } from '../src/language/texts.ts';
import { countStore, type Insight, insightOf, readSlice, type Slice } from '../src/ops/insight/insight.ts';
import { insightPage } from '../src/ops/insight/page.ts';
import { openStore } from '../src/store/open.ts';
import { insightText } from './lib/insight-text.ts';

const folder = 'insight';

/** Two processes cannot have the embedded store open at once. */
async function ofRunningBot({ host, port, operatorToken }: Config, slice: Slice): Promise<Insight | undefined> {
  const address = /^(0\.0\.0\.0|::|\[::\])$/.test(host) ? '127.0.0.1' : host;
  const given = Object.entries(slice).flatMap(([name, value]): [string, string][] => (value ? [[name, value]] : []));
  const headers = {
    accept: 'application/json',
    ...(operatorToken ? { authorization: `Bearer ${operatorToken}` } : {}),
  };
  const url = `http://${address}:${port}/insight?${new URLSearchParams(given)}`;
  const answer = await fetch(url, { headers }).catch(() => undefined);
  return answer?.ok ? ((await answer.json()) as Insight) : undefined;
}

async function ofStore(config: Config, slice: Slice): Promise<Insight> {
  const store = await openStore(config);
  try {
    return insightOf(await countStore(store, Date.now(), config.supportTimezone), slice);
  } finally {
    await store.close();
  }
}

try {
  const text = { type: 'string' } as const;
  const { values } = parseArgs({ options: { json: { type: 'boolean' }, language: text, week: text, lang: text } });
  const slice = readSlice(values.language, values.week);
  if (slice.language !== values.language || slice.week !== values.week) {
    throw new Error('Write a language as et, and a week as 2026-W47.');
  }
  const config = await loadConfig();
  const insight = (await ofRunningBot(config, slice)) ?? (await ofStore(config, slice));
  if (values.json) {
    console.log(JSON.stringify(insight, undefined, 2));
  } else {
    const texts = loadTexts();
    const wanted = values.lang ?? config.supportLanguage;
    const language = texts.languages.includes(wanted) ? wanted : 'en';
    const words = { language, texts, timeZone: config.supportTimezone };
    const file = join(folder, 'insight.html');
    mkdirSync(folder, { recursive: true });
    writeFileSync(file, insightPage(insight, slice, words, { links: false }));
    console.log(`${insightText(insight, slice, words)}\n\n${file}`);
  }
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
}
