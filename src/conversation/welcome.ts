/** The first words to somebody who is new, or back after a while. */
import { ask } from './asides.ts';
import type { Outcome, Part, State, World } from './state.ts';

export function welcome(state: State, world: World): Outcome {
  const fresh: State = { ...state, aside: { kind: 'menu' } };
  const reply = ask({ kind: 'menu' }, fresh, world, [{ key: 'bot:greeting' }, { key: 'bot:privacy' }]);
  return { state: { ...fresh, greeted: true }, replies: [reply], effects: [] };
}

export function welcomeBack(state: State, world: World, before: Part[]): Outcome {
  const aside = state.at ? ({ kind: 'resume' } as const) : ({ kind: 'menu' } as const);
  const reply = ask(aside, state, world, [{ key: 'bot:welcomeBack' }, ...before]);
  return { state: { ...state, aside }, replies: [reply], effects: [] };
}

/** Says `parts` ahead of the outcome's first message. */
export function prepend(parts: Part[], outcome: Outcome): Outcome {
  const [first, ...others] = outcome.replies;
  if (!first || parts.length === 0) return outcome;
  return { ...outcome, replies: [{ ...first, parts: [...parts, ...first.parts] }, ...others] };
}
