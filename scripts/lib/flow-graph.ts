/** A flow's table as a graph: its nodes and checks, the ways between them, and where a way leads nowhere. */
import type { FlowName } from '../../src/flow/define-flow.ts';
import { entries } from '../../src/flow/flow-paths.ts';
import { type AnyTarget, flowTable, type JumpTarget, listOf } from '../../src/flow/flow-table.ts';

export interface Edge {
  from: string;
  /** An option's name, a check's label, `value` for an answer that is no option, or `next`. */
  by: string;
  kind: 'option' | 'label' | 'value' | 'next' | 'pick';
  to: string | JumpTarget;
  rows: readonly string[];
}

export function edgesOf(flow: FlowName): Edge[] {
  const { nodes, checks } = flowTable[flow];
  const ofNodes = Object.entries(nodes).flatMap(([from, node]): Edge[] => [
    ...Object.entries(node.choose ?? {}).map(([by, to]) => edge(from, by, 'option', to, listOf(node.rows?.[by]))),
    ...(node.next === undefined ? [] : [edge(from, ...nextOf(node), node.next, [])]),
  ]);
  const ofChecks = Object.entries(checks).flatMap(([from, check]) =>
    Object.entries(check.to).map(([by, to]) => edge(from, by, 'label', to, listOf(check.rows?.[by]))),
  );
  return [...ofNodes, ...ofChecks];
}

function nextOf(node: { ask?: unknown; pick?: unknown }): [by: string, kind: Edge['kind']] {
  if (node.pick) return ['pick', 'pick'];
  return node.ask ? ['value', 'value'] : ['next', 'next'];
}

const edge = (from: string, by: string, kind: Edge['kind'], to: AnyTarget, rows: readonly string[]): Edge => ({
  from,
  by,
  kind,
  to,
  rows,
});

export interface Faults {
  /** Places from which no way leads on. */
  deadEnds: string[];
  /** Places from which no way leads to an end or into another flow. */
  endless: string[];
  /** Places that no entry leads to. */
  unreached: string[];
}

/** Judged by the table alone: which ways a state can really take is walked in explore.ts. */
export function faultsOf(flow: FlowName, edges = edgesOf(flow), starts = entries(flow)): Faults {
  const { nodes, checks } = flowTable[flow];
  const places = [...new Set([...Object.keys(nodes), ...Object.keys(checks), ...edges.map(({ from }) => from)])];
  const isEnd = (place: string) => nodes[place]?.end !== undefined;
  const out = (place: string) => edges.filter(({ from }) => from === place);
  const named = edges.flatMap(({ to }) => (typeof to === 'string' ? [to] : []));
  const deadEnds = [...new Set([...places, ...named])].filter((place) => !isEnd(place) && out(place).length === 0);

  const leadsOut = new Set(
    places.filter((place) => isEnd(place) || out(place).some(({ to }) => typeof to !== 'string')),
  );
  const reached = new Set(starts);
  for (let before = -1; before !== leadsOut.size + reached.size; ) {
    before = leadsOut.size + reached.size;
    for (const { from, to } of edges) {
      if (typeof to !== 'string') continue;
      if (leadsOut.has(to)) leadsOut.add(from);
      if (reached.has(from)) reached.add(to);
    }
  }
  const endless = places.filter((place) => !leadsOut.has(place) && !deadEnds.includes(place));
  return { deadEnds, endless, unreached: places.filter((place) => !reached.has(place)) };
}
