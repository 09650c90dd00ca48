/** What became of the requests that were passed on to the support team. */
import type { FlowName, Topic } from '../../flow/define-flow.ts';
import { flowNames, flowTable } from '../../flow/flow-table.ts';
import { causesOf } from '../../support/causes.ts';
import { verdicts } from '../../support/ticket.ts';
import { type Counts, least, of, type waits } from './tally.ts';

export type Verdicts = Record<(typeof verdicts)[number], number>;
export interface Closing {
  topic: Topic;
  causes: { cause: string; verdicts: Verdicts }[];
}
/** Where the talk stood when the request was made. */
export interface LastStep {
  flow: FlowName;
  node: string;
  verdicts: Verdicts;
}
export interface Wait {
  until: (typeof waits)[number];
  requests: number;
  /** Minutes; absent below `least` requests. */
  median?: number;
  p90?: number;
}
const verdictsOf = (counts: Counts, name: string): Verdicts =>
  Object.fromEntries(verdicts.map((verdict) => [verdict, of(counts, `${name} ${verdict}`)])) as Verdicts;
const requestsIn = (one: Verdicts): number => verdicts.reduce((total, verdict) => total + one[verdict], 0);

/** Topics with `least` closed requests or more. */
export function closingsOf(counts: Counts): Closing[] {
  const topics = Object.keys(flowTable.contactSupport.nodes.topic?.choose ?? {}) as Topic[];
  return topics.flatMap((topic) => {
    const causes = causesOf(topic)
      .map((cause) => ({ cause, verdicts: verdictsOf(counts, `closing ${topic} ${cause}`) }))
      .filter((one) => requestsIn(one.verdicts) > 0);
    const requests = causes.reduce((total, one) => total + requestsIn(one.verdicts), 0);
    return requests < least ? [] : [{ topic, causes }];
  });
}

export function lastStepsOf(counts: Counts): LastStep[] {
  const all = flowNames.flatMap((flow) => Object.keys(flowTable[flow].nodes).map((node) => ({ flow, node })));
  return all
    .map((place) => ({ ...place, verdicts: verdictsOf(counts, `last ${place.flow} ${place.node}`) }))
    .filter((one) => requestsIn(one.verdicts) >= least);
}

/** Counted in whole minutes, so that their number is all that is kept. Nearest rank. */
export function waitOf(until: Wait['until'], counts: Counts): Wait {
  const start = `wait ${until} `;
  const minutes = [...counts]
    .filter(([name]) => name.startsWith(start))
    .map(([name, count]) => ({ minute: Number(name.slice(start.length)), count }))
    .sort((a, b) => a.minute - b.minute);
  const requests = minutes.reduce((total, { count }) => total + count, 0);
  function rank(share: number): number {
    let before = 0;
    for (const { minute, count } of minutes) {
      before += count;
      if (before >= share * requests) return minute;
    }
    return 0;
  }
  return requests < least ? { until, requests } : { until, requests, median: rank(0.5), p90: rank(0.9) };
}
