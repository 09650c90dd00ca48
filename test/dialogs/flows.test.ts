import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { checkWords } from '../../scripts/lib/check-words.ts';
import { conversationBook } from '../../scripts/lib/conversation-book.ts';
import { drawFlow, drawingName } from '../../scripts/lib/draw-flow.ts';
import { type Edge, edgesOf, faultsOf } from '../../scripts/lib/flow-graph.ts';
import { walkFaults } from '../../scripts/lib/walk-faults.ts';
import { flowNames, flowTable } from '../../src/flow/flow-table.ts';
import { texts } from '../helpers/world.ts';

const folder = join(import.meta.dirname, '../../docs/flows');

describe.each(flowNames)('%s', (flow) => {
  test('has an up-to-date drawing (npm run flows)', () => {
    expect(readFileSync(join(folder, drawingName(flow)), 'utf8')).toBe(drawFlow(flow, texts));
  });

  test('is drawn with every node, check and way', () => {
    const drawing = drawFlow(flow, texts);
    const { nodes, checks } = flowTable[flow];
    for (const name of [...Object.keys(nodes), ...Object.keys(checks)])
      expect(drawing).toMatch(new RegExp(`^  n_${name}[({[]`, 'm'));
    for (const { from, to } of edgesOf(flow)) {
      const target = typeof to === 'string' ? `n_${to}\\b` : `j_${to.flow}`;
      expect(drawing).toMatch(new RegExp(`^  n_${from} -->(\\|.*\\|)? ${target}`, 'm'));
    }
  });

  test('has no dead end, no endless loop, no node that nothing leads to', () => {
    expect(faultsOf(flow)).toEqual({ deadEnds: [], endless: [], unreached: [] });
    expect(walkFaults(flow)).toEqual({ deadEnds: [], unreached: [] });
  });
});

describe('faults that somebody may build in', () => {
  const way = (from: string, to: string): Edge => ({ from, by: 'yes', kind: 'option', to, rows: [] });
  const edges = edgesOf('tiers');

  test('a question without a way on', () => {
    expect(faultsOf('tiers', [...edges, way('below', 'cellar')]).deadEnds).toEqual(['cellar']);
  });

  test('two questions that lead to each other only', () => {
    const circle = [...edges, way('below', 'left'), way('left', 'right'), way('right', 'left')];
    expect(faultsOf('tiers', circle).endless).toEqual(['left', 'right']);
  });

  test('a node to which no way leads', () => {
    const cut = edges.filter(({ to }) => to !== 'corporate');
    expect(faultsOf('tiers', cut).unreached).toEqual(['corporate']);
  });
});

test('the drawings have words for every label of a check, or the next question says it', () => {
  const bare = flowNames.flatMap((flow) =>
    Object.values(flowTable[flow].checks).flatMap(({ by, to }) =>
      Object.entries(to)
        .filter(([label, target]) => !(label in checkWords[by].answers) && label !== target)
        .map(([label]) => `${by}.${label}`),
    ),
  );
  expect(bare).toEqual([]);
});

test.each(texts.languages)('the conversations in %s show every node and every option', (language) => {
  const book = conversationBook(language, texts);
  const missing = flowNames.flatMap((flow) =>
    Object.entries(flowTable[flow].nodes).flatMap(([name, node]) => [
      ...(book.includes(`\`${flow}.${name}\` “`) ? [] : [`${flow}.${name}`]),
      ...Object.keys(node.choose ?? {})
        .filter(
          (option) =>
            !book.includes(`**→ ${texts.label(language, `flows:${flow}.${name}.options.${option}`)}** \`${option}\``),
        )
        .map((option) => `${flow}.${name}: ${option}`),
    ]),
  );
  expect(missing).toEqual([]);
  expect(book).not.toMatch(/\$t\(|undefined|\bflows:|\bportal:/);
});
