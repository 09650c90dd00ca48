/** The course of the diagnosis in an agent's language, from the names of nodes and answers: no translation is needed. */
import { givenValue, nodeKey } from '../../../conversation/node-reply.ts';
import type { Step } from '../../../conversation/state.ts';
import { findNode } from '../../../flow/flow-table.ts';
import { type Element, pair, section, short, text } from './parts.ts';
import type { Say } from './say.ts';

/** @param share how much is shown of it: 1 for the last 25 of each kind, of 300 signs each */
export function ledger(steps: readonly Step[], share: number, say: Say): Element[] {
  const { asked, advised, open } = read(steps, share, say);
  const bullet = (words: string) => text(`• ${words}`);
  return [
    ...section(say('card.sections.asked'), asked),
    ...section(say('card.sections.advised'), advised.map(bullet)),
    ...section(say('card.sections.remains'), open.map(bullet)),
  ];
}

/** The same as one list, for a part of the talk. */
export function course(steps: readonly Step[], share: number, say: Say): Element[] {
  const { asked, advised, open } = read(steps, share, say);
  const named = (name: string) => (words: string) => pair(say(`card.sections.${name}`), words);
  return [...asked, ...advised.map(named('advised')), ...open.map(named('remains'))];
}

function read(steps: readonly Step[], share: number, say: Say) {
  const [most, signs] = [Math.ceil(25 * share), Math.ceil(300 * share)];
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
  return {
    asked: [
      ...(asked.length > most ? [text(say('card.more', { count: asked.length - most }), { subtle: true })] : []),
      ...asked
        .slice(-most)
        .map((step) => pair(label(step), short(say.value(givenValue(step.flow, step.node, step.given!)), signs))),
    ],
    advised: [...new Set(advised.map(label))].slice(-most),
    open: last && !last.given && isQuestion(last) ? [label(last)] : [],
  };
}
