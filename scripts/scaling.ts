/**
 * `node scripts/scaling.ts`: the capacity model of docs/scaling.md. Checks the model against what was measured, then asks it
 * about more instances, slower disks and several databases; and plays conversations to see what a commit touches.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { createTurns } from '../src/bot/turn.ts';
import { loadTexts } from '../src/language/texts.ts';
import { openLowdbStore } from '../src/store/lowdb/index.ts';
import type { Commit } from '../src/store/port.ts';
import { type Costs, capacity, simulate } from './lib/scaling-model.ts';

/** Measured on one machine of 2 cores (docs/scaling.md says how); milliseconds. */
const measured: Costs = { turn: 0.117, instanceBatch: 0.45, commit: 0.047, databaseBatch: 0.43, flush: 0.15 };
/** With HTTP, authentication and the channel around the turn. */
const served: Costs = { ...measured, turn: 0.35 };

/** Small and repeatable (mulberry32). */
function chance(seed: number) {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}
const random = chance(20261120);
const round = (value: number, digits = 0) => value.toLocaleString('en', { maximumFractionDigits: digits });
const percent = (share: number) => `${Math.round(share * 100)} %`;
const line = (...cells: (string | number)[]) => console.log(`| ${cells.join(' | ')} |`);

function check(): void {
  console.log('\nThe model beside the measurement (turns only, one instance, turns a second):\n');
  line('customers at once', 'measured', 'model');
  line('---', '---', '---');
  for (const [customers, found] of [
    [1, 874],
    [16, 4_578],
    [64, 5_611],
  ] as const) {
    const layout = { instances: 1, databases: 1, cores: 1, elsewhere: 0 };
    line(customers, round(found), round(simulate(measured, layout, { customers }, random).turnsPerSecond));
  }
}

/** Of 20 turns, a tenth of the day's in its busiest hour, at half of what could be served. */
const conversationsPerDay = (rate: number) => (rate * 0.5 * 3_600) / 0.1 / 20;

function ask(): void {
  const withinMs = 300;
  console.log(`\nTurns a second of which 99 in 100 are answered within ${withinMs} ms:\n`);
  line(
    'instances',
    'databases',
    'flush ms',
    'turns/s',
    'conversations a day',
    'p50 ms',
    'busy: instance',
    'database cores',
    'flushes',
  );
  line(...Array.from({ length: 9 }, () => '---'));
  for (const { flush, databases, counts } of [
    { flush: 0.5, databases: 1, counts: [1, 2, 4, 8, 16, 32, 64] },
    { flush: 3, databases: 1, counts: [1, 4, 16, 32] },
    { flush: 0.5, databases: 4, counts: [64, 128] },
  ]) {
    for (const instances of counts) {
      const layout = { instances, databases, cores: 8, elsewhere: 0.05 };
      const { rate, outcome } = capacity({ ...served, flush }, layout, withinMs, random);
      const { busy, p50 } = outcome;
      const perDay = round(conversationsPerDay(rate) / 1e6, 1);
      line(
        instances,
        databases,
        flush,
        round(rate),
        `${perDay} million`,
        round(p50, 1),
        percent(busy.instances),
        percent(busy.cores),
        percent(busy.flushes),
      );
    }
  }
}

const script = [
  'Talk to a human',
  '10',
  'words',
  'Photo Ltd',
  'me@example.com',
  'By e-mail, any time',
  'Yes, pass it on',
];

/** Whether a commit stays with one conversation's rows: then a database partitioned by that id does it alone. */
async function look(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'cps-scaling-'));
  const store = await openLowdbStore({ folder });
  const commits: Commit[] = [];
  const turns = createTurns({
    store: {
      ...store,
      commit(commit) {
        commits.push(commit);
        return store.commit(commit);
      },
    },
    texts: loadTexts(),
    understand: () => ({ intent: 'none', decision: 'none', ranking: [], language: 'en', languageSure: false }),
    settings: { reachable: true, supportEmail: 'support@example.com', supportLanguage: 'en' },
    now: Date.now,
    random: (bytes) => crypto.getRandomValues(new Uint8Array(bytes)),
  });
  for (let at = 0; at < 20; at++) {
    const conversation = { id: `c${at}`, name: '', isGroup: false, conversationType: '' };
    await turns.open({ id: conversation.id, channel: 'directline', user: 'u', locale: 'en' });
    for (const text of ['Menu', ...script]) await turns.receive({ type: 'message', text, conversation });
  }
  await store.close();
  rmSync(folder, { recursive: true });
  const places = (commit: Commit) =>
    new Set([
      ...(commit.docs ?? []).map(({ key }) => key.slice(key.indexOf('/') + 1)),
      ...(commit.lines ?? []).map(({ conversation }) => conversation),
      ...(commit.outbox?.add ?? []).map(({ target }) => target),
    ]).size;
  const alone = commits.filter((commit) => places(commit) === 1).length;
  console.log(
    `\nOf ${commits.length} commits of conversations that all end with a request to support, ${alone} (${percent(alone / commits.length)}) touch one conversation's rows only.\n`,
  );
}

const { values } = parseArgs({ options: { short: { type: 'boolean', default: false } } });
check();
if (!values.short) ask();
await look();
