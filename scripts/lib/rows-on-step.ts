/** Which decision rows one step of a talk carries out: the option's, those of the checks passed, and those of the nodes shown. */
import type { Given, Place, Reply } from '../../src/conversation/state.ts';
import type { FlowName } from '../../src/flow/define-flow.ts';
import { type AnyTarget, findNode, flowTable, listOf } from '../../src/flow/flow-table.ts';

export function rowsOnStep(
  flow: FlowName,
  from: Place | null,
  given: Given | undefined,
  entry: string,
  replies: readonly Reply[],
): string[] {
  const asked = from && findNode(from.flow, from.node);
  const rows = [...listOf(given?.option === undefined ? undefined : asked?.rows?.[given.option])];
  let target: AnyTarget | undefined = from ? leadsTo(from, given) : entry;
  let home: FlowName = flow;
  for (const reply of replies) {
    if (!isFlow(reply.flow)) continue;
    const place = { flow: reply.flow, node: reply.node };
    if (target !== undefined) rows.push(...(rowsBetween(home, target, place) ?? []));
    const node = findNode(place.flow, place.node);
    rows.push(...listOf(node?.row));
    [home, target] = [place.flow, node?.next];
  }
  return rows;
}

const isFlow = (flow: Reply['flow']): flow is FlowName => flow !== null && flow !== 'answers';

function leadsTo(from: Place, given: Given | undefined): AnyTarget | undefined {
  const node = findNode(from.flow, from.node);
  if (node?.pick === 'again') return given?.option;
  if (given?.option !== undefined && node?.choose) return node.choose[given.option];
  return node?.choose && given?.leftOut ? node.choose.skip : node?.next;
}

/** The rows of the checks on the way from `target` to `goal`; undefined when none of its ways leads there. */
function rowsBetween(home: FlowName, target: AnyTarget, goal: Place, depth = 0): string[] | undefined {
  const place =
    typeof target === 'string'
      ? { flow: home, node: target }
      : { flow: target.flow, node: target.at ?? flowTable[target.flow].start };
  if (place.flow === goal.flow && place.node === goal.node) return [];
  if (depth > 10) return undefined;
  const check = flowTable[place.flow].checks[place.node];
  if (!check) {
    // A country that is known is not asked for again.
    const skipped = findNode(place.flow, place.node);
    return skipped?.ask === 'country' && skipped.next !== undefined
      ? rowsBetween(place.flow, skipped.next, goal, depth + 1)
      : undefined;
  }
  for (const [label, to] of Object.entries(check.to)) {
    const rest = rowsBetween(place.flow, to, goal, depth + 1);
    if (rest) return [...listOf(check.rows?.[label]), ...rest];
  }
  return undefined;
}
