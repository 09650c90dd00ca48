/** The first words to somebody who is new, or back after a while. */
import { dueDate } from '../support/working-days.ts';
import { ask } from './asides.ts';
import { today } from './checks.ts';
import { noticed, noticeParts } from './notice.ts';
import type { Outcome, Part, State, World } from './state.ts';

export function welcome(state: State, world: World): Outcome {
  const fresh: State = { ...state, aside: { kind: 'menu' } };
  const reply = ask({ kind: 'menu' }, fresh, world, [{ key: 'bot:greeting' }, ...noticeParts(world)]);
  return { state: { ...noticed(fresh, world), greeted: true }, replies: [reply], effects: [] };
}

export function welcomeBack(state: State, world: World, before: Part[]): Outcome {
  const aside = state.at ? ({ kind: 'resume' } as const) : ({ kind: 'menu' } as const);
  const reply = ask(aside, state, world, [{ key: 'bot:welcomeBack' }, ...reminder(state, world), ...before]);
  return { state: { ...state, aside }, replies: [reply], effects: [] };
}

/** Of the day by which the password e-mail was expected, when it has passed while the customer was waiting for it (A7). */
function reminder(state: State, world: World): Part[] {
  const sentOn = state.answers.register?.sentOn?.value;
  if (state.at?.node !== 'wait' || typeof sentOn !== 'string') return [];
  const due = dueDate(sentOn, state.country);
  return today(state, world) > due ? [{ key: 'bot:reminder', values: { due: { date: due } } }] : [];
}

/** Says `parts` ahead of the outcome's first message. */
export function prepend(parts: Part[], outcome: Outcome): Outcome {
  const [first, ...others] = outcome.replies;
  if (!first || parts.length === 0) return outcome;
  return { ...outcome, replies: [{ ...first, parts: [...parts, ...first.parts] }, ...others] };
}
