import { describe, expect, test } from 'vitest';
import { decisions, facts } from '../../scripts/lib/domain.ts';
import { exploreAll } from '../../scripts/lib/explore.ts';
import { edgesOf } from '../../scripts/lib/flow-graph.ts';
import { rowsOnStep } from '../../scripts/lib/rows-on-step.ts';
import { newState, type Place } from '../../src/conversation/state.ts';
import { answerTable, findNode, flowNames, flowTable, listOf } from '../../src/flow/flow-table.ts';
import { goTo } from '../../src/flow/run-flow.ts';
import { testWorld } from '../helpers/world.ts';

const walks = exploreAll();
const rowIds = decisions.rows.map(({ id }) => id);

describe('the decision tables', () => {
  test('name each row once', () => {
    expect(new Set(rowIds).size).toBe(rowIds.length);
  });

  test('name facts that exist', () => {
    const known = new Set(facts.map(({ id }) => id));
    const named = [...decisions.rows, ...decisions.rules].flatMap((row) => row.facts);
    expect(named.filter((fact) => !known.has(fact))).toEqual([]);
  });

  test('are on a route, row by row', () => {
    const reached = new Set(walks.flatMap(({ rows }) => rows));
    expect(rowIds.filter((id) => !reached.has(id))).toEqual([]);
  });

  test('have every row that a flow or an answer names', () => {
    const known = new Set([...rowIds, ...decisions.rules.map(({ id }) => id)]);
    const ofFlows = flowNames.flatMap((flow) => [
      ...edgesOf(flow).flatMap(({ rows }) => rows),
      ...Object.values(flowTable[flow].nodes).flatMap((node) => listOf(node.row)),
    ]);
    const ofAnswers = Object.values(answerTable).flatMap(({ row }) => listOf(row));
    expect([...ofFlows, ...ofAnswers].filter((row) => !known.has(row))).toEqual([]);
  });

  test('name options and labels that exist', () => {
    const strange = flowNames.flatMap((flow) => {
      const { nodes, checks } = flowTable[flow];
      return [
        ...Object.entries(nodes).map(([name, node]) => [name, node.rows ?? {}, node.choose ?? {}] as const),
        ...Object.entries(checks).map(([name, check]) => [name, check.rows ?? {}, check.to] as const),
      ].flatMap(([name, rows, ways]) =>
        Object.keys(rows)
          .filter((way) => !(way in ways))
          .map((way) => `${flow}.${name}.${way}`),
      );
    });
    expect(strange).toEqual([]);
  });
});

describe('a row that concludes something', () => {
  const isOurs = ({ flow, node }: Place) => findNode(flow, node)?.inferred === true;
  const places = (walk: (typeof walks)[number]) => [
    ...(walk.from ? [walk.from] : []),
    ...walk.replies.map(({ flow, node }) => ({ flow: flow as Place['flow'], node })),
  ];
  const onward = (at: Place) => walks.filter(({ from }) => from?.flow === at.flow && from.node === at.node);

  test.each(decisions.rows.filter(({ kind }) => kind === 'inference').map(({ id }) => id))(
    '%s is worded as ours',
    (id) => {
      const carrying = walks.filter(({ rows }) => rows.includes(id));
      const near = carrying.flatMap((walk) => [
        ...places(walk),
        ...(walk.state.at ? onward(walk.state.at).flatMap(places) : []),
      ]);
      expect(near.some(isOurs)).toBe(true);
    },
  );
});

describe('table D', () => {
  const rows = decisions.rows.filter(({ points }) => points);
  function rowsFor(points: number): string[] {
    const world = testWorld();
    const state = { ...newState('en', world.now), answers: { tiers: { points: { value: points } } } };
    const { replies } = goTo({ state, replies: [], effects: [] }, 'tiers', 'level', world);
    return rowsOnStep('tiers', null, undefined, 'level', replies);
  }

  test('leaves out no number and names none twice', () => {
    const limits = rows.map(({ points }) => points!);
    expect(limits[0]?.[0]).toBe(0);
    expect(limits.at(-1)?.[1]).toBeNull();
    expect(limits.slice(1).map(([from]) => from)).toEqual(limits.slice(0, -1).map(([, to]) => (to ?? 0) + 1));
  });

  test('leads each number of points to its row', () => {
    const numbers = [...Array.from({ length: 3001 }, (_, n) => n), 1_000_000];
    const wrong = numbers.filter((n) => {
      const row = rows.find(({ points }) => points![0] <= n && n <= (points![1] ?? n));
      return !rowsFor(n).includes(row!.id);
    });
    expect(wrong).toEqual([]);
  });

  test.each([
    [0, 1],
    [499, 500],
    [500, 501],
    [1999, 2000],
    [2500, 2501],
  ])('parts %i from %i', (low, high) => {
    expect(rowsFor(low).some((row) => rowsFor(high).includes(row))).toBe(false);
  });
});

describe('table F', () => {
  test('asks for each field in its own row', () => {
    const asked = flowTable.contactSupport.checks.nextField?.rows ?? {};
    const wanted = decisions.rows.flatMap(({ id, fields = [] }) => fields.map((field) => [field, id]));
    expect(wanted.filter(([field, id]) => !listOf(asked[field!]).includes(id!))).toEqual([]);
  });

  test('has the issue codes that the topic question offers', () => {
    const { issues } = decisions.rows.find(({ id }) => id === 'H4')!;
    expect(Object.keys(flowTable.contactSupport.nodes.topic?.choose ?? {})).toEqual(issues);
  });
});
