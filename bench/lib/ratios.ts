/** The ratios within one run, by the names of the contract. One that needs a figure that was not measured is left out. */
import type { Row } from './rounds.ts';
import { rounded } from './rounds.ts';

type PerConcurrency = Record<string, number>;

export interface Ratios {
  /** Turns per second of ours by those of the other: above 1, ours is faster. */
  durableFlowVsWaterfall?: PerConcurrency;
  durableFreeTextVsWaterfall?: PerConcurrency;
  durableFlowVsBestEcho?: PerConcurrency;
  durableFlowVsFloor?: PerConcurrency;
  /** Time of a turn of ours by the time of the other: 1.3 is 30 % longer. */
  durableFlowVsRestifyAndFlush?: PerConcurrency;
  growth100kVs100?: number;
  /** One instance on PostgreSQL by one on the embedded store. */
  postgresVsEmbedded?: PerConcurrency;
}

export function ratiosOf(rows: readonly Row[]): Ratios {
  const rate = (name: string, concurrency: number, stored?: number) =>
    rows.find((row) => row.name === name && row.concurrency === concurrency && (stored ?? row.stored) === row.stored)
      ?.turnsPerSecond;
  const of = (above: number | undefined, below: number | undefined) => above && below && rounded(above / below, 2);
  const each = (concurrency: number[], ratio: (c: number) => number | undefined) => {
    const found = concurrency.flatMap((c) => {
      const value = ratio(c);
      return value ? [[`c${c}`, value] as const] : [];
    });
    return found.length > 0 ? Object.fromEntries(found) : undefined;
  };
  const flow = (c: number) => rate('durable-flow', c, 100);
  const bestEcho = (c: number) => Math.max(rate('botbuilder-echo', c) ?? 0, rate('agents-echo', c) ?? 0);
  const all = [1, 16, 64];
  const ratios = {
    durableFlowVsWaterfall: each(all, (c) => of(flow(c), rate('waterfall', c))),
    durableFreeTextVsWaterfall: each(all, (c) => of(rate('durable-free-text', c), rate('waterfall', c))),
    durableFlowVsBestEcho: each(all, (c) => of(flow(c), bestEcho(c))),
    durableFlowVsFloor: each([16], (c) => of(flow(c), rate('floor', c))),
    durableFlowVsRestifyAndFlush: each([1], (c) => of(rate('restify-and-flush', c), flow(c))),
    growth100kVs100: of(flow(16), rate('durable-flow', 16, 100_000)),
    postgresVsEmbedded: each([64], (c) => of(rate('postgres-flow', c), flow(c))),
  };
  return Object.fromEntries(Object.entries(ratios).filter(([, value]) => value));
}
