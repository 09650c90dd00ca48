/** What a run came to: as JSON, and as a table in the documentation. */
import { readFileSync, writeFileSync } from 'node:fs';
import { cpus, platform, release, totalmem } from 'node:os';
import { join } from 'node:path';
import type { Ratios } from './ratios.ts';
import type { Row } from './rounds.ts';
import { root } from './server-process.ts';
import { settingsOf } from './settings.ts';

/** A figure that was not measured is absent. */
export interface Results {
  machine: string;
  node: string;
  date: string;
  rows: Row[];
  ratios: Ratios;
  startupMs?: number;
  open100kMs?: number;
  rss100kMB?: number;
  directLine?: { p50ms: number; p99ms: number };
  widgetGzipBytes?: number;
}

export function machine(): string {
  const processors = cpus();
  const gigabytes = Math.round(totalmem() / 2 ** 30);
  return `${processors.length} × ${processors[0]?.model.trim()}, ${gigabytes} GB, ${platform()} ${release()}`;
}

const lines = (...parts: (string | false)[]) => parts.filter((part) => part !== false).join('\n');

export function tableOf(results: Results): string {
  const { rows, ratios, startupMs, open100kMs, rss100kMB, directLine, widgetGzipBytes } = results;
  const concurrencies = [...new Set(rows.map((row) => row.concurrency))].sort((a, b) => a - b);
  const cell = (what: string, c: number) => {
    const row = rows.find((one) => one.what === what && one.concurrency === c);
    return row
      ? `${row.turnsPerSecond.toLocaleString('en')} (${row.p50ms} / ${row.p99ms}; ${row.cpuMicros ?? '–'})`
      : '–';
  };
  const rate = (name: string, c: number) =>
    rows.find((one) => one.name === name && one.concurrency === c && (one.stored ?? 100) === 100)?.turnsPerSecond;
  const ofRestify = concurrencies.flatMap((c) => {
    const [ours, bare] = [rate('durable-flow', c), rate('restify', c)];
    return ours && bare ? [`c${c} ${Math.round((100 * ours) / bare)} %`] : [];
  });
  const whats = [...new Set(rows.map((row) => row.what))];
  const times = (value: Record<string, number> | undefined) =>
    Object.entries(value ?? {})
      .map(([c, ratio]) => `${c} ${ratio}×`)
      .join(', ');
  return lines(
    `${results.machine}; Node ${results.node}; ${results.date.slice(0, 10)}; medians of ${rows[0]?.runs ?? 0} windows.`,
    '',
    'Turns per second (milliseconds of a turn, p50 / p99; microseconds of processor time of the server for a turn):',
    '',
    `| server | ${concurrencies.map((c) => `c${c}`).join(' | ')} |`,
    `|---|${concurrencies.map(() => '---|').join('')}`,
    ...whats.map((what) => `| ${what} | ${concurrencies.map((c) => cell(what, c)).join(' | ')} |`),
    '',
    '| ratio | measured | wanted |',
    '|---|---|---|',
    `| guided flow, durable, to the waterfall in memory | ${times(ratios.durableFlowVsWaterfall)} | ≥ 3× at c16 and c64 |`,
    `| free text, durable, to the waterfall in memory | ${times(ratios.durableFreeTextVsWaterfall)} | |`,
    `| guided flow, durable, to the fastest echo in memory | ${times(ratios.durableFlowVsBestEcho)} | > 1× |`,
    `| guided flow, durable, to bare node:http | ${times(ratios.durableFlowVsFloor)} | |`,
    ofRestify.length > 0 && `| guided flow, durable, to bare restify | ${ofRestify.join(', ')} | |`,
    `| time of a guided turn to restify and one flush without a bot | ${times(ratios.durableFlowVsRestifyAndFlush)} | ≤ 1.3× at c1 |`,
    `| time of a guided turn with 100,000 stored to 100 stored | ${ratios.growth100kVs100 ?? '–'}× | ≤ 1.15× |`,
    `| guided flow, one instance on PostgreSQL, to the embedded store | ${times(ratios.postgresVsEmbedded)} | ≥ 0.5× at c64 |`,
    startupMs !== undefined && `| start to the first 200 of /healthz | ${startupMs} ms | < 700 ms |`,
    open100kMs !== undefined && `| the store opens with 100,000 conversations in | ${open100kMs} ms | < 1,000 ms |`,
    rss100kMB !== undefined && `| and the process then has | ${rss100kMB} MB | < 200 MB |`,
    directLine !== undefined &&
      `| Direct Line, POST to WebSocket, 1,000 open, p50 / p99 | ${directLine.p50ms} / ${directLine.p99ms} ms | < 3 / 25 ms |`,
    widgetGzipBytes !== undefined && `| widget.js, gzip | ${widgetGzipBytes.toLocaleString('en')} bytes | < 10,000 |`,
    '',
    'Settings:',
    '',
    ...Object.entries(settingsOf()).map(([server, settings]) => `- **${server}**: ${settings}`),
  );
}

const page = join(root, 'docs/performance.md');

/** Puts a text between the marks of that name in `docs/performance.md`. */
export function writeBetween(name: string, between: string): void {
  const [begin, end] = [`<!-- ${name}: begin -->`, `<!-- ${name}: end -->`];
  const text = readFileSync(page, 'utf8');
  const [from, to] = [text.indexOf(begin), text.indexOf(end)];
  if (from < 0 || to < from) throw new Error(`${page} must hold the lines ${begin} and ${end}`);
  writeFileSync(page, `${text.slice(0, from + begin.length)}\n\n${between}\n\n${text.slice(to)}`);
}

/** Writes `bench/results.json`, and the table between the markers of `docs/performance.md`. */
export function writeResults(results: Results): void {
  const rows = results.rows.map(({ what: _, windows: __, ...row }) => row);
  writeFileSync(join(root, 'bench/results.json'), `${JSON.stringify({ ...results, rows }, null, 2)}\n`);
  writeBetween('bench', tableOf(results));
}
