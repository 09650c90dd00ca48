/** What the tables alone do not show: questions that come up without any answer, and nodes that no state leads to. */
import type { FlowName } from '../../src/flow/define-flow.ts';
import { flowTable } from '../../src/flow/flow-table.ts';
import { exploreAll } from './explore.ts';

export function walkFaults(flow: FlowName): { deadEnds: string[]; unreached: string[] } {
  const walks = exploreAll();
  const stuck = walks.flatMap(({ deadEnd, state, from }) =>
    deadEnd && state.at?.flow === flow
      ? [`${state.at.node} (without any answer to choose, after ${from?.node ?? 'the start'})`]
      : [],
  );
  const said = new Set(
    walks.flatMap(({ replies }) => replies.flatMap((reply) => (reply.flow === flow ? [reply.node] : []))),
  );
  return {
    deadEnds: [...new Set(stuck)],
    unreached: Object.keys(flowTable[flow].nodes).filter((node) => !said.has(node)),
  };
}
