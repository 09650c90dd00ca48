/**
 * A person's request about their data: `npm run data -- find WORDS`, `-- show CONVERSATION|TICKET [FILE]`,
 * `-- erase CONVERSATION|TICKET`. By the running bot, else on its store: two processes cannot have the embedded store open at once.
 */
import { randomBytes } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createQueues } from '../src/bot/queues.ts';
import { type Config, ConfigError, loadConfig } from '../src/config.ts';
import { createDataDesk, type DataDesk, type Erased, type Found } from '../src/ops/data-desk.ts';
import { createEraser } from '../src/ops/erasure.ts';
import { openStore } from '../src/store/open.ts';
import type { Store } from '../src/store/port.ts';

const works = ['find', 'show', 'erase'] as const;
const [, , name = '', of = '', file, ...rest] = process.argv;
const work = works.find((one) => one === name);

if (!work || of === '' || rest.length > 0 || (file && work !== 'show')) {
  console.error(
    'Use: npm run data -- show CONVERSATION|TICKET [FILE], npm run data -- erase CONVERSATION|TICKET, or npm run data -- find WORDS',
  );
  process.exit(1);
}
try {
  const config = await loadConfig();
  const answer = (await ofRunningBot(config)) ?? (await ofStore(config));
  if (work === 'show') tell(JSON.stringify(answer, undefined, 2));
  else console.log(work === 'erase' ? receiptText(answer as Erased) : foundText(answer as Found[]));
} catch (error) {
  if (!(error instanceof Error)) throw error;
  console.error(error instanceof ConfigError ? error.message : `Not done: ${error.message}`);
  process.exitCode = 1;
}

/** @returns undefined when no bot listens. @throws Error when one does and refuses */
async function ofRunningBot({ host, port, operatorToken }: Config): Promise<unknown> {
  const address = /^(0\.0\.0\.0|::|\[::\])$/.test(host) ? '127.0.0.1' : host;
  const response = await fetch(`http://${address}:${port}/data/${work}`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      ...(operatorToken ? { authorization: `Bearer ${operatorToken}` } : {}),
    },
    body: JSON.stringify({ of }),
  }).catch(() => undefined);
  if (!response) return undefined;
  const answer = (await response.json().catch(() => ({}))) as { error?: { message?: string } };
  if (response.ok) return answer;
  throw new Error(answer.error?.message ?? `the bot at port ${port} answered ${response.status}`);
}

async function ofStore(config: Config): Promise<unknown> {
  const store = await openStore(config, (message) => console.warn(message));
  try {
    const tools = { store, now: Date.now, random: randomBytes };
    const desk: DataDesk = createDataDesk({ ...tools, work: () => eraseHere(store, config) });
    return await desk[work as (typeof works)[number]](of);
  } finally {
    await store.close();
  }
}

/** Nobody sends while the bot rests; what has to be said in Teams waits in the store for its next start. */
async function eraseHere(store: Store, { dataDir }: Config): Promise<void> {
  const eraser = createEraser({
    ...{ store, now: Date.now, alone: true, inOrder: createQueues(), mailFolder: join(dataDir, 'mail') },
    settled: async () => undefined,
    forget: () => undefined,
  });
  for await (const row of store.outbox()) {
    if (row.kind !== 'erase') continue;
    const { result } = await eraser.send(row);
    if (result === 'done') await store.commit({ outbox: { remove: [row.id] } });
  }
}

function tell(text: string): void {
  if (file) writeFileSync(file, `${text}\n`, { mode: 0o600 });
  console.log(file ? `Written to ${file}: hand it to the person alone, and delete it.` : text);
}

function receiptText({ receipt, done }: Erased): string {
  if (!done) return `Receipt ${receipt}: the erasing is under way. It is finished by itself, also after a restart.`;
  const counts = Object.entries(done.counts).map(([kind, count]) => `  ${String(count).padStart(5)}  ${kind}`);
  const reach = 'Not reached: mail that was received, backups, and what people wrote in Teams (docs/privacy.md).';
  return [`Receipt ${receipt}, ${new Date(done.at).toISOString()}: erased`, ...counts, reach].join('\n');
}

function foundText(found: readonly Found[]): string {
  if (found.length === 0) return 'Nothing that is stored holds these words.';
  return found.map(({ conversation, tickets }) => [conversation, ...tickets].join('  ')).join('\n');
}
