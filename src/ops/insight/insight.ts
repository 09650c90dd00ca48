/** What the counts say, as numbers and names; what fewer than `least` conversations have in common is put together or left out. */
import type { FlowName } from '../../flow/define-flow.ts';
import { flowNames, flowTable } from '../../flow/flow-table.ts';
import type { Store } from '../../store/port.ts';
import { commonPhrases, type Phrase } from './phrases.ts';
import { type Closing, closingsOf, type LastStep, lastStepsOf, type Wait, waitOf } from './requests.ts';
import { type Cell, type Counts, least, of, tally, waits } from './tally.ts';

export interface FlowInsight {
  flow: FlowName;
  entered: number;
  ended: number;
  left: number;
  underWay: number;
  /** In the flow's order. */
  steps: { node: string; reached: number; left: number; asked: number }[];
  /** Steps that fewer than `least` conversations reached, together. */
  others: { steps: number; left: number; asked: number };
}
export interface Group {
  /** A language (`other`: small ones together), or an ISO week. */
  name: string;
  conversations: number;
  left: number;
  requests: number;
  notUnderstood: number;
  /** Minutes to the first answer of a person; absent below `least` answers. */
  answer?: number;
}
export interface Insight {
  /** Milliseconds since 1970. */
  countedAt: number;
  least: number;
  /** Fewer than `least` conversations: nothing else is told. */
  tooFew: boolean;
  conversations: number;
  /** No flow was entered: the chat was only opened, or a short answer was all. */
  outside: number;
  flows: FlowInsight[];
  /** Flows that fewer than `least` conversations entered. */
  smallFlows: FlowName[];
  notUnderstood: number;
  /** Absent for a single week: what so many have said in all weeks, fewer may have said in it. */
  phrases?: Phrase[];
  /** Messages that were not understood, by week and language; undefined below `least` conversations. */
  unknown: { languages: string[]; weeks: { week: string; messages: (number | undefined)[] }[] };
  requests: number;
  closings: Closing[];
  lastSteps: LastStep[];
  waits: Wait[];
  languages: Group[];
  weeks: Group[];
}
/** One language, one week, or one in the other. */
export interface Slice {
  language?: string | undefined;
  week?: string | undefined;
}

/** What is neither a language nor a week counts as not given. */
export function readSlice(language: string | null | undefined, week: string | null | undefined): Slice {
  return {
    language: language && /^[a-z]{2,3}$/.test(language) ? language : undefined,
    week: week && /^\d{4}-W\d\d$/.test(week) ? week : undefined,
  };
}

export interface Counted {
  countedAt: number;
  cells: Cell[];
  phrases: Phrase[];
}

export async function countStore(store: Pick<Store, 'scan'>, now: number, timeZone: string): Promise<Counted> {
  return {
    countedAt: now,
    cells: await tally(store, now, timeZone),
    phrases: await commonPhrases(store, least),
  };
}

export function insightOf({ countedAt, cells, phrases }: Counted, { language, week }: Slice = {}): Insight {
  const mine = cells.filter(
    (cell) => (language === undefined || cell.language === language) && (week === undefined || cell.week === week),
  );
  const counts = sum(mine);
  const conversations = of(counts, 'conversations');
  const tooFew = conversations < least;
  const told = tooFew ? new Map<string, number>() : counts;
  const entered = flowNames.filter((flow) => of(told, `flow ${flow} entered`) > 0);
  const isBig = (flow: FlowName) => of(told, `flow ${flow} entered`) >= least;
  return {
    countedAt,
    least,
    tooFew,
    conversations: of(told, 'conversations'),
    outside: of(told, 'outside'),
    flows: entered.filter(isBig).map((flow) => flowInsight(flow, told)),
    smallFlows: entered.filter((flow) => !isBig(flow)),
    notUnderstood: of(told, 'notUnderstood'),
    ...(week === undefined ? { phrases: phrases.filter((one) => !language || one.language === language) } : {}),
    unknown: tooFew ? { languages: [], weeks: [] } : unknownOf(mine),
    requests: of(told, 'requests'),
    closings: closingsOf(told),
    lastSteps: lastStepsOf(told),
    waits: waits.map((until) => waitOf(until, told)),
    // What a choice is made from: always of everything.
    languages: groups(cells, (cell) => cell.language, 'other'),
    weeks: groups(cells, (cell) => cell.week, undefined).sort((a, b) => (a.name < b.name ? -1 : 1)),
  };
}

function sum(cells: readonly Cell[]): Counts {
  const total: Counts = new Map();
  for (const { counts } of cells) for (const [name, count] of counts) total.set(name, of(total, name) + count);
  return total;
}

function flowInsight(flow: FlowName, counts: Counts): FlowInsight {
  const all = Object.keys(flowTable[flow].nodes).map((node) => {
    const get = (what: string) => of(counts, `step ${flow} ${node} ${what}`);
    return { node, reached: get('reached'), left: get('left'), asked: get('asked') };
  });
  const few = all.filter(({ reached }) => reached < least);
  const total = (what: 'left' | 'asked') => few.reduce((done, step) => done + step[what], 0);
  const get = (what: string) => of(counts, `flow ${flow} ${what}`);
  return {
    flow,
    entered: get('entered'),
    ended: get('ended'),
    left: get('left'),
    underWay: get('underWay'),
    steps: all.filter(({ reached }) => reached >= least),
    others: { steps: few.filter(({ reached }) => reached > 0).length, left: total('left'), asked: total('asked') },
  };
}

function unknownOf(cells: readonly Cell[]): Insight['unknown'] {
  const languages = [...new Set(cells.map(({ language }) => language))].filter(
    (language) => of(sum(cells.filter((cell) => cell.language === language)), 'conversations') >= least,
  );
  const weeks = [...new Set(cells.map(({ week }) => week))].sort();
  return {
    languages,
    weeks: weeks.map((week) => ({
      week,
      messages: languages.map((language) => {
        const cell = cells.find((one) => one.week === week && one.language === language);
        return cell && of(cell.counts, 'conversations') >= least ? of(cell.counts, 'notUnderstood') : undefined;
      }),
    })),
  };
}

/** @param rest the name for all that is too small, together; without it that is left out */
function groups(cells: readonly Cell[], nameOf: (cell: Cell) => string, rest: string | undefined): Group[] {
  const all = Map.groupBy(cells, nameOf);
  const isBig = (part: readonly Cell[]) => of(sum(part), 'conversations') >= least;
  const big = [...all].filter(([, part]) => isBig(part));
  const small = [...all.values()].filter((part) => !isBig(part)).flat();
  if (rest !== undefined && isBig(small)) big.push([rest, small]);
  return big
    .map(([name, part]): Group => {
      const counts = sum(part);
      const { median } = waitOf('answer', counts);
      const get = (what: string) => of(counts, what);
      const numbers = { left: get('left'), requests: get('requests'), notUnderstood: get('notUnderstood') };
      return {
        name,
        conversations: get('conversations'),
        ...numbers,
        ...(median === undefined ? {} : { answer: median }),
      };
    })
    .sort((a, b) => b.conversations - a.conversations);
}
