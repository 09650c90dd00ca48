/** The figures in words and tables, in the language of whoever reads them: what the page draws and the command prints. */
import type { Markup } from '../../http/html.ts';
import { verdicts } from '../../support/ticket.ts';
import type { FlowInsight, Group, Insight, Slice } from './insight.ts';
import { waitsPicture, weeksPicture } from './pictures.ts';
import { goneAfterHours } from './tally.ts';
import { type Speaker, speaker, type Words } from './words.ts';

export interface Row {
  head: string;
  /** A heading above this row and those after it of the same group. */
  group?: string;
  cells: readonly (number | string | undefined)[];
  /** Parts of the longest bar in the table, 0 to 1. */
  bar?: { length: number; part: number; says: string };
}
export interface Table {
  caption: string;
  /** The first one stands above the rows' heads. */
  columns: readonly string[];
  rows: readonly Row[];
  /** Cells are the darker the greater they are. */
  isMatrix?: true;
  notes?: readonly string[];
}
export interface Section {
  heading: string;
  about: string;
  /** Instead of tables, where there is nothing to show. */
  none?: string;
  picture?: Markup;
  tables: readonly Table[];
}
/** A page of more weeks is no picture any more. */
const maxWeeks = 26;

/** What stands above everything. */
export function about(insight: Insight, { language, week }: Slice, words: Words): string[] {
  const { say, number, languageName, date, time } = speaker(words);
  const { least, countedAt, conversations, outside } = insight;
  const slice = [language && languageName(language), week].filter(Boolean).join(', ');
  return [
    ...(slice ? [say('only', { what: slice })] : []),
    insight.tooFew
      ? say('tooFew', { least })
      : say('counted', {
          date: date(countedAt),
          time: time(countedAt),
          number: number(conversations),
          outside: number(outside),
        }),
    say('privacy', { least }),
  ];
}

export function sections(insight: Insight, words: Words): Section[] {
  const speak = speaker(words);
  const groupTables = insight.languages.length > 0 ? [groupsSection(insight, speak)] : [];
  if (insight.tooFew) return groupTables;
  const parts = [stops(insight, speak), unknown(insight, speak), closings(insight, speak), waiting(insight, speak)];
  return [...parts, ...groupTables];
}

const stepName = ({ say }: Speaker, flow: string, node: string) => say(`flows:${flow}.${node}.short`);
const flowName = ({ say }: Speaker, flow: string) => say(`bot:flows.${flow}`);

function stops({ flows, smallFlows, least }: Insight, speak: Speaker): Section {
  const { say } = speak;
  const small = smallFlows.map((flow) => flowName(speak, flow)).join(', ');
  return {
    heading: say('stops.heading'),
    about: say('stops.about', { hours: goneAfterHours }),
    ...(small ? { none: say('stops.small', { least, flows: small }) } : {}),
    tables: flows.map((flow) => flowTable(flow, least, speak)),
  };
}

function flowTable({ flow, steps, others, ...total }: FlowInsight, least: number, speak: Speaker): Table {
  const { say, number } = speak;
  const longest = Math.max(1, ...steps.map(({ reached }) => reached));
  const numbers = Object.fromEntries(Object.entries(total).map(([name, value]) => [name, number(value)]));
  return {
    caption: flowName(speak, flow),
    columns: ['step', 'reached', 'left', 'asked'].map((name) => say(`stops.${name}`)),
    rows: steps.map(({ node, reached, left, asked }) => ({
      head: stepName(speak, flow, node),
      cells: [reached, left, asked],
      bar: {
        length: reached / longest,
        part: left / longest,
        says: say('stops.bar', { reached: number(reached), left: number(left) }),
      },
    })),
    notes: [
      say('stops.flow', numbers),
      ...(others.steps > 0 ? [say('stops.others', { least, number: number(others.steps) })] : []),
    ],
  };
}

function unknown({ notUnderstood, least, phrases, unknown: { languages, weeks } }: Insight, speak: Speaker): Section {
  const { say, number, languageName } = speak;
  const common: Table = {
    caption: say('unknown.common'),
    columns: ['words', 'language', 'conversations'].map((name) => say(`unknown.${name}`)),
    rows: (phrases ?? []).map(({ text, language, conversations }) => ({
      head: text,
      cells: [languageName(language), conversations],
    })),
  };
  const byWeek: Table = {
    caption: say('unknown.byWeek'),
    columns: [say('groups.week'), ...languages.map(languageName)],
    isMatrix: true,
    rows: weeks.slice(-maxWeeks).map(({ week, messages }) => ({ head: week, cells: messages })),
    notes: [say('unknown.few', { least })],
  };
  return {
    heading: say('unknown.heading'),
    about: say('unknown.about', { least, number: number(notUnderstood) }),
    ...(common.rows.length === 0 ? { none: say(phrases ? 'unknown.none' : 'unknown.notByWeek') } : {}),
    tables: [
      ...(common.rows.length > 0 ? [common] : []),
      ...(notUnderstood > 0 && languages.length > 0 ? [byWeek] : []),
    ],
  };
}

function closings({ closings: topics, lastSteps, least }: Insight, speak: Speaker): Section {
  const { say } = speak;
  const columns = (first: string) => [first, ...verdicts.map((verdict) => say(`desk:verdicts.${verdict}`))];
  const cells = (counts: (typeof lastSteps)[number]['verdicts']) => verdicts.map((verdict) => counts[verdict]);
  const byCause: Table = {
    caption: say('closings.byCause'),
    columns: columns(say('closings.cause')),
    isMatrix: true,
    rows: topics.flatMap(({ topic, causes }) =>
      causes.map((one) => ({
        group: say(`flows:contactSupport.topic.options.${topic}`),
        head: say(`desk:causes.${one.cause}`),
        cells: cells(one.verdicts),
      })),
    ),
  };
  const byStep: Table = {
    caption: say('closings.byStep'),
    columns: columns(say('stops.step')),
    isMatrix: true,
    rows: lastSteps.map((one) => ({
      group: flowName(speak, one.flow),
      head: stepName(speak, one.flow, one.node),
      cells: cells(one.verdicts),
    })),
  };
  const tables = [byCause, byStep].filter(({ rows }) => rows.length > 0);
  return {
    heading: say('closings.heading'),
    about: say('closings.about', { least }),
    ...(tables.length === 0 ? { none: say('closings.none') } : {}),
    tables,
  };
}

function waiting({ waits, least }: Insight, speak: Speaker): Section {
  const { say, duration } = speak;
  const known = waits.flatMap(({ until, requests, median, p90 }) =>
    median === undefined || p90 === undefined ? [] : [{ label: say(`waits.${until}`), requests, median, p90 }],
  );
  const heading = say('waits.heading');
  if (known.length === 0) return { heading, about: say('waits.none', { least }), tables: [] };
  const columns = ['until', 'requests', 'median', 'p90'].map((name) => say(`waits.${name}`));
  return {
    heading,
    about: say('waits.about'),
    picture: waitsPicture(heading, known, duration),
    tables: [
      {
        caption: heading,
        columns,
        rows: known.map(({ label, requests, median, p90 }) => ({
          head: label,
          cells: [requests, duration(median), duration(p90)],
        })),
      },
    ],
  };
}

function groupsSection({ languages, weeks }: Insight, { say, languageName, duration }: Speaker): Section {
  const columns = ['conversations', 'left', 'requests', 'notUnderstood', 'answer'].map((name) => say(`groups.${name}`));
  const row = (head: string, one: Group): Row => ({
    head,
    cells: [
      ...[one.conversations, one.left, one.requests, one.notUnderstood],
      one.answer === undefined ? undefined : duration(one.answer),
    ],
  });
  const shown = weeks.slice(-maxWeeks);
  const chart = shown.map(({ name, conversations, left }) => ({ label: name, whole: conversations, part: left }));
  return {
    heading: say('groups.heading'),
    about: say('groups.chart'),
    picture: weeksPicture(say('groups.chart'), chart),
    tables: [
      {
        caption: say('groups.byLanguage'),
        columns: [say('groups.language'), ...columns],
        rows: languages.map((one) => row(languageName(one.name), one)),
      },
      {
        caption: say('groups.byWeek'),
        columns: [say('groups.week'), ...columns],
        rows: shown.map((one) => row(one.name, one)),
      },
    ],
  };
}
