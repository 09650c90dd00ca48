/** "ei, mul oli ikka CPS konto": the customer takes an earlier answer back. The question that it speaks of is put again. */
import { findNode } from '../flow/flow-table.ts';
import { goTo } from '../flow/run-flow.ts';
import { fold } from '../language/fold.ts';
import { nodeKey } from './node-reply.ts';
import type { Outcome, Place, State, World } from './state.ts';
import { prepend } from './welcome.ts';

const leastWords = 3;
/** Words that share this many first letters are taken for forms of one word. */
const stemLength = 4;

/** @returns undefined when the message takes nothing back, or nothing that was asked before */
export function correct(text: string, state: State, world: World): Outcome | undefined {
  const said = ` ${fold(text)} `;
  const words = said
    .trim()
    .split(' ')
    .filter((word) => word.length >= 3);
  // What is asked for in free words is theirs to word as they like.
  const inOwnWords = state.at && findNode(state.at.flow, state.at.node)?.ask === 'text';
  if (inOwnWords || words.length < leastWords || !isCorrection(said, state, world)) return undefined;
  const best = state.trail
    .map((step, i) => ({ step, i, score: closeness(words, step, state, world) }))
    .filter(({ step, score }) => score > 0 && findNode(step.flow, step.node)?.choose)
    .sort((a, b) => b.score - a.score || b.i - a.i)[0];
  if (!best || (state.at && closeness(words, state.at, state, world) >= best.score)) return undefined;
  const { aside: _, at: __, ...rest } = state;
  const earlier: State = { ...rest, trail: state.trail.slice(0, best.i), returns: best.step.returns, misses: 0 };
  const outcome = goTo({ state: earlier, replies: [], effects: [] }, best.step.flow, best.step.node, world);
  return prepend([{ key: 'bot:correction.text' }], outcome);
}

const isCorrection = (said: string, state: State, world: World) =>
  world.words.accept(state.language, 'bot:correction.accept').some((marker) => said.includes(` ${marker} `));

/** How many of the words stand in the question, by their stems; a word that stands in every question tells nothing. */
function closeness(words: readonly string[], place: Place, state: State, world: World): number {
  const stems = stemsOf(place, state, world);
  const others = state.trail.map((step) => stemsOf(step, state, world));
  return words
    .map((word) => word.slice(0, stemLength))
    .filter((stem) => stems.has(stem))
    .reduce((sum, stem) => sum + 1 / Math.max(1, others.filter((one) => one.has(stem)).length), 0);
}

function stemsOf(place: Place, state: State, world: World): Set<string> {
  const texts = ['short', 'text'].map((name) => world.words.label(state.language, `${nodeKey(place)}.${name}`));
  return new Set(
    fold(texts.join(' '))
      .split(' ')
      .filter((word) => word.length >= 3)
      .map((word) => word.slice(0, stemLength)),
  );
}
