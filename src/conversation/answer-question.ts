/** The answer to a flow's open question: one of its options, or a value of the kind it asks for. */

import type { AnyNode, AnyTarget } from '../flow/flow-table.ts';
import { findNode } from '../flow/flow-table.ts';
import { answer, goTo } from '../flow/run-flow.ts';
import { stuck } from './act.ts';
import { matchOption, optionInSentence } from './match-option.ts';
import { optionsOf, putAgain } from './node-reply.ts';
import { type Read, readers } from './read-value.ts';
import type { Given, Outcome, Part, Place, State, World } from './state.ts';

/** After so many answers in a row that could not be read, a human is offered (tables D and F). */
const maxFailures = 3;

/** @returns undefined when the text is no answer to this question, and may mean something else. */
export function answerOpenQuestion(
  text: string,
  at: Place,
  isCommand: boolean,
  state: State,
  world: World,
): Outcome | undefined {
  const node = findNode(at.flow, at.node);
  if (!node) return undefined;
  const options = optionsOf(at, state);
  const option =
    matchOption(text, options, world.words, state.language, { digits: !node.ask, loosely: !isCommand }) ??
    (node.fromSentence ? optionInSentence(text, options, world.words, state.language) : undefined);
  if (option) return further(text, choose(at, node, option, state, world), world);
  if (!node.ask || isCommand) return undefined;

  const read = readers[node.ask](text, state, world);
  if ('value' in read) return accept(at, node, { value: read.value }, state, world, read.note);
  // Words that are no value at all may be a side question: the caller tries that first.
  return 'readable' in read ? problem(read.problem, at, state, world) : undefined;
}

/** "I sent it on Monday": the day, and the country, that the same sentence tells are not asked for. */
function further(text: string, outcome: Outcome, world: World): Outcome {
  const { at } = outcome.state;
  const node = at && findNode(at.flow, at.node);
  if (!at || !node?.ask || (node.ask !== 'pastDate' && node.ask !== 'country') || !text.includes(' ')) return outcome;
  const read = readers[node.ask](text, outcome.state, world);
  if (!('value' in read)) return outcome;
  const next = accept(at, node, { value: read.value }, outcome.state, world);
  const replies = [...outcome.replies.slice(0, -1), ...next.replies];
  return further(text, { ...next, replies, effects: [...outcome.effects, ...next.effects] }, world);
}

/** What to say when the message was neither a value nor anything else. */
export function valueProblem(text: string, at: Place, state: State, world: World): Outcome | undefined {
  const kind = findNode(at.flow, at.node)?.ask;
  const read: Read | undefined = kind && readers[kind](text, state, world);
  return read && 'problem' in read ? problem(read.problem, at, state, world) : undefined;
}

function problem(part: Part, at: Place, state: State, world: World): Outcome {
  const misses = state.misses + 1;
  if (misses >= maxFailures) return stuck({ ...state, misses }, world);
  const reply = putAgain(at, state, world);
  return { state: { ...state, misses }, replies: [{ ...reply, parts: [part] }], effects: [] };
}

export function choose(at: Place, node: AnyNode, option: string, state: State, world: World): Outcome {
  if (node.pick) return pick(node.pick, option, at, node.next!, state, world);
  const target = node.choose![option]!;
  const means = node.means?.[option];
  if (means && node.ask) {
    const read = readers[node.ask](means, means.length === 2 ? state : { ...state, language: 'en' }, world);
    if ('value' in read) return accept(at, node, { value: read.value }, state, world, undefined, target);
  }
  const given: Given = option === 'skip' && at.flow === 'contactSupport' ? { leftOut: true } : { option };
  return accept(at, node, given, state, world, undefined, target);
}

function accept(
  at: Place,
  node: AnyNode,
  given: Given,
  state: State,
  world: World,
  note?: Part,
  target: AnyTarget = node.next!,
): Outcome {
  let next = answer({ ...state, misses: 0 }, at, given);
  if (node.ask === 'country' && typeof given.value === 'string') next = { ...next, country: given.value };
  if (at.flow === 'contactSupport' && at.node === 'topic')
    next = { ...next, topic: given.option as State['topic'] & string };
  const walk = goTo({ state: next, replies: [], effects: [] }, at.flow as never, target, world);
  const [first, ...others] = walk.replies;
  return note && first ? { ...walk, replies: [{ ...first, parts: [note, ...first.parts] }, ...others] } : walk;
}

/** "Change something": the question is put again. "Leave something out": its answer goes, also out of the ledger. */
function pick(
  how: 'again' | 'leaveOut',
  field: string,
  at: Place,
  next: AnyTarget,
  state: State,
  world: World,
): Outcome {
  if (how === 'again') return goTo({ state: { ...state, misses: 0 }, replies: [], effects: [] }, at.flow, field, world);
  const left = answer({ ...state, misses: 0 }, { flow: 'contactSupport', node: field }, { leftOut: true });
  return goTo({ state: left, replies: [], effects: [] }, at.flow, next, world);
}
