/** Routes through a flow that together take every answer once: each begins at a question shown before, or at an entry. */
import type { Given, Place, Reply, State } from '../../src/conversation/state.ts';
import type { FlowName } from '../../src/flow/define-flow.ts';
import { entries } from '../../src/flow/flow-paths.ts';
import { exploreFrom, settingsOf, type Walked } from './explore.ts';

export interface TalkStep {
  /** What the customer answered; absent where the flow was entered. */
  given?: Given;
  replies: Reply[];
  rows: string[];
}
export interface Talk {
  /** The question from which it goes on; null where the flow was entered. */
  from: Place | null;
  entry: string;
  steps: TalkStep[];
  /** Where it stops: the end, another flow, or a question that has been shown already. */
  stops: string;
}

/** The same answer to the same question is shown once, whatever the state. */
export function talksOf(flow: FlowName): Talk[] {
  const shown = new Set<string>();
  return settingsOf(flow).flatMap((setting) => {
    const seen = new Set<string>();
    return entries(flow).flatMap((entry) => {
      const talks: Talk[] = [];
      let last: State | undefined;
      for (const walked of exploreFrom(flow, entry, setting, seen)) {
        const key = stepKey(walked);
        if (shown.has(key)) continue;
        shown.add(key);
        if (!goesOn(last, walked.from)) talks.push({ from: walked.from, entry, steps: [], stops: '' });
        const talk = talks.at(-1)!;
        talk.steps.push({
          ...(walked.given ? { given: walked.given } : {}),
          replies: walked.replies,
          rows: walked.rows,
        });
        talk.stops = stopOf(flow, walked.state);
        last = walked.state;
      }
      return talks;
    });
  });
}

const goesOn = (last: State | undefined, from: Place | null) =>
  from !== null && last?.at?.flow === from.flow && last.at.node === from.node;

function stepKey({ from, entry, given, replies }: Walked): string {
  const said = replies.map(({ flow, node }) => `${flow}.${node}`).join(' ');
  return `${from ? `${from.flow}.${from.node}` : entry} ${given?.option ?? 'value'} ${said}`;
}

function stopOf(flow: FlowName, { at }: State): string {
  if (!at) return 'the end of the flow';
  return at.flow === flow ? `the question ${flow}.${at.node}` : `the flow ${at.flow}`;
}
