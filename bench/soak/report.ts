/** What a soak came to, as a table. */
import { machine } from '../lib/report.ts';
import { type Figures, type Trend, trendOf } from './figures.ts';
import type { Outcome } from './run.ts';

/** Below this the caches of a life are not full, and a trend says nothing. */
export const minutesForTrend = 5;

const megabytes = (value: number) => `${value.toFixed(1)} MB`;
const number = (value: number) => value.toLocaleString('en');

interface Judged {
  what: string;
  of(one: Figures): number;
  /** How much the last third may lie above the first. */
  may(first: number): number;
}

const judged: readonly Judged[] = [
  { what: 'heap after collection', of: ({ heap }) => heap, may: (first) => Math.max(5, first * 0.1) },
  { what: 'resident memory', of: ({ rss }) => rss, may: (first) => Math.max(20, first * 0.15) },
];

const grows = ({ may }: Judged, { first, last }: Trend) => last - first > may(first);

/** Sentences about what grows; empty when nothing does, or the run was too short to tell. */
export function growth({ minutes, figures }: Outcome): string[] {
  if (minutes < minutesForTrend) return [];
  return judged.flatMap((one) => {
    const trend = trendOf(figures, one.of);
    return trend && grows(one, trend)
      ? [`the ${one.what} grows: ${megabytes(trend.first)}, then ${megabytes(trend.last)}`]
      : [];
  });
}

export function tableOf(outcome: Outcome): string {
  const {
    minutes,
    rate,
    turns,
    seconds,
    lines,
    starts,
    figures,
    start,
    rest,
    counted,
    problems,
    counts,
    conversations,
  } = outcome;
  const refused = [...counts].filter(([what]) => / 4\d\d$/.test(what)).reduce((sum, [, count]) => sum + count, 0);
  const away = [...counts].filter(([what]) => / (0|503)$/.test(what)).reduce((sum, [, count]) => sum + count, 0);
  const limited = [...counts].filter(([what]) => what.endsWith(' 429')).reduce((sum, [, count]) => sum + count, 0);
  const trends = judged.map((one) => {
    const trend = trendOf(figures, one.of);
    return trend
      ? `| ${one.what}: first third, last third, slope | ${megabytes(trend.first)}, ${megabytes(trend.last)}, ${trend.slope.toFixed(2)} MB/min |`
      : `| ${one.what} | ${megabytes(one.of(rest))} |`;
  });
  const journals = figures.map(({ journal }) => journal);
  return [
    `${machine()}; Node ${process.version}; ${new Date().toISOString().slice(0, 10)}; ${minutes} minutes at ${rate} messages a second asked for.`,
    '',
    '| | |',
    '|---|---|',
    `| messages acknowledged | ${number(turns)} (${Math.round(turns / seconds)} a second) in ${number(conversations)} conversations |`,
    `| lines read again from the first one | ${number(lines)} |`,
    `| requests passed on, mails | ${number(counted.tickets)}, ${number(counted.mails)} |`,
    `| refused as they must be (of these 429) | ${number(refused)} (${number(limited)}) |`,
    `| asked again around the restarts | ${number(away)} |`,
    `| back after SIGTERM, after kill -9 | ${starts.stop} ms, ${starts.kill} ms |`,
    `| after kill -9: mails repeated under their Message-ID, rows in doubt | ${counted.repeated}, ${counted.uncertain} |`,
    ...trends,
    `| journal, at most; documents at the end | ${megabytes(Math.max(...journals))}; ${megabytes(rest.state)} |`,
    `| state of a conversation, the usual and the largest one | ${number(counted.usualState)}, ${number(counted.largestState)} bytes |`,
    `| file descriptors (of these sockets), at the start and at the end | ${start.files} (${start.sockets}), ${rest.files} (${rest.sockets}) |`,
    `| lost, doubled, out of order, answered wrongly | ${problems.count()} |`,
  ].join('\n');
}
