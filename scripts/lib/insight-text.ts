/** The tables of the support team's page, for a terminal. */
import type { Insight, Slice } from '../../src/ops/insight/insight.ts';
import { about, sections, type Table } from '../../src/ops/insight/sections.ts';
import { speaker, type Words } from '../../src/ops/insight/words.ts';

export function insightText(insight: Insight, slice: Slice, words: Words): string {
  const { number } = speaker(words);
  const parts = sections(insight, words).map(({ heading, about: text, none, tables }) =>
    [
      heading.toUpperCase(),
      text,
      ...tables.map((table) => tableText(table, number)),
      ...(none === undefined ? [] : [none]),
    ].join('\n\n'),
  );
  return [about(insight, slice, words).join('\n'), ...parts].join('\n\n');
}

function tableText({ caption, columns, rows, notes = [] }: Table, number: (value: number) => string): string {
  const cells = rows.map(({ group, head, cells: numbers }) => [
    group === undefined ? head : `${group}: ${head}`,
    ...numbers.map((cell) => (typeof cell === 'number' ? number(cell) : (cell ?? '–'))),
  ]);
  const widths = columns.map((column, at) => Math.max(...[column, ...cells.map((row) => row[at] ?? '')].map(lengthOf)));
  const line = (row: readonly string[]) =>
    row.map((cell, at) => (at === 0 ? cell.padEnd(widths[at]!) : cell.padStart(widths[at]!))).join('  ');
  return [caption, ...notes, line(columns), widths.map((width) => '-'.repeat(width)).join('  '), ...cells.map(line)]
    .map((one) => `  ${one}`)
    .join('\n');
}

const lengthOf = (text: string): number => text.length;
