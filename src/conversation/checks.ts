/** The branches that need code. Each returns one of the labels that the flow's table declares for it. */
import type { CheckName } from '../flow/define-flow.ts';
import { defaultTimeZone, localToday } from '../language/values/dates.ts';
import { fieldsOf } from '../support/fields.ts';
import { overdueFrom } from '../support/working-days.ts';
import { known } from './known.ts';
import type { State, World } from './state.ts';

export const checks: Record<CheckName, (state: State, world: World) => string> = {
  /** Table G: overdue only from the working day after the later of the customer's country's and the Netherlands' due days. */
  due(state, world) {
    const sentOn = state.answers.register?.sentOn?.value;
    if (typeof sentOn !== 'string') return 'notYet';
    return today(state, world) >= overdueFrom(sentOn, state.country) ? 'overdue' : 'notYet';
  },
  dateKnown: (state) => (state.answers.register?.sentOn?.value === undefined ? 'unknown' : 'known'),
  loginKnown: ({ answers }) =>
    answers.register?.login?.option === 'yes' || answers.register?.newLogin?.option === 'yes' ? 'known' : 'unknown',
  hadCpsKnown: ({ answers }) => (answers.register?.myProducts?.option === 'both' ? 'known' : 'unknown'),
  levelOfPoints(state) {
    const points = pointsOf(state);
    if (points === 0) return 'none';
    if (points < 500) return 'below';
    if (points === 500) return 'invited';
    if (points < 2000) return 'some';
    return points <= 2500 ? 'anyOfThree' : 'corporate';
  },
  invited: (state) => (pointsOf(state) < 500 ? 'below' : 'yes'),
  earlier: (state, world) => limitOf(state, world) ?? (world.request?.open ? 'open' : 'none'),
  reachable: (_state, world) => (world.settings.reachable ? 'yes' : 'no'),
  topicKnown: (state) => (state.topic ? 'known' : 'unknown'),
  nextField: (state) => fieldsOf(state.topic ?? 'other').find((field) => !known(state, field)) ?? 'summary',
  // Asked once more: "back" leads to a summary that was sent already.
  delivery: (state, world) => limitOf(state, world) ?? (world.settings.reachable ? 'passedOn' : 'kept'),
};

/** Requests that one talk can pass on within a day: each is a card, and a mail to support. */
const mostRequests = 3;
const dayMs = 24 * 3600_000;

/** When requests of the last day were passed on. */
export const passedOnLately = ({ passedOnAt = [] }: State, { now }: World): number[] =>
  passedOnAt.filter((at) => at > now - dayMs);

/** Why no further request is opened; undefined: one can be. */
function limitOf(state: State, world: World): 'atDesk' | 'enough' | undefined {
  if (state.handoff && state.handoff.mode !== 'closed') return 'atDesk';
  return passedOnLately(state, world).length >= mostRequests ? 'enough' : undefined;
}

export function today(state: State, world: World): string {
  return localToday(new Date(world.now), state.timeZone ?? defaultTimeZone(state.country, state.language));
}

export function pointsOf(state: State): number {
  const value = state.answers.tiers?.points?.value;
  return typeof value === 'number' ? value : 0;
}
