/** The course of the diagnosis in an agent's language, from the names of nodes and answers: no translation is needed. */
import { givenValue, nodeKey } from '../../../conversation/node-reply.ts';
import type { Step } from '../../../conversation/state.ts';
import { findNode } from '../../../flow/flow-table.ts';
import { type Element, pair, section, short, text } from './parts.ts';
import type { Say } from './say.ts';

const most = 25;

export function ledger(steps: readonly Step[], say: Say): Element[] {
  const label = (step: Step) => say.part({ key: `${nodeKey(step)}.short` });
  const isQuestion = ({ flow, node }: Step) => {
    const table = findNode(flow, node);
    return Boolean(table?.choose || table?.ask || table?.pick);
  };
  // A node that a later version has taken away has no text any more.
  const known = steps.filter(({ flow, node }) => findNode(flow, node));
  const asked = known.filter(({ given }) => given);
  const advised = known.filter((step) => !step.given && !isQuestion(step));
  const last = known.at(-1);
  const open = last && !last.given && isQuestion(last) ? [last] : [];
  const advice = [...new Set(advised.map(label))];
  return [
    ...section(say('card.sections.asked'), [
      ...asked
        .slice(-most)
        .map((step) => pair(label(step), short(say.value(givenValue(step.flow, step.node, step.given!))))),
      ...(asked.length > most ? [text(say('card.more', { count: asked.length - most }), { subtle: true })] : []),
    ]),
    ...section(
      say('card.sections.advised'),
      advice.slice(-most).map((words) => text(`• ${words}`)),
    ),
    ...section(
      say('card.sections.remains'),
      open.map((step) => text(`• ${label(step)}`)),
    ),
  ];
}
