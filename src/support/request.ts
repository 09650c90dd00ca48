/** The request to CPS Priority support, put together from what the talk has told (decision table F). */
import { isLeftOut, known } from '../conversation/known.ts';
import type { Request, State, Step, World } from '../conversation/state.ts';
import { findNode } from '../flow/flow-table.ts';
import { fieldsOf } from './fields.ts';

export function openRequest(state: State, world: World): Request {
  const topic = state.topic ?? 'other';
  return {
    id: world.newTicketId(),
    openedAt: world.now,
    language: state.language,
    ...(state.country ? { country: state.country } : {}),
    topic,
    stage: stageOf(state),
    fields: fieldsOf(topic).flatMap((field) => {
      const given = known(state, field);
      return given ? [{ field, given }] : [];
    }),
    ledger: ledgerOf(state),
  };
}

/** The course of the talk; what somebody left out must not come in through it, and the hand-off's own answers stand in the fields. */
function ledgerOf(state: State): Step[] {
  return state.ledger
    .filter((step) => step.flow !== 'contactSupport')
    .map(({ given, ...step }) => (given && !isLeftOut(state, step) ? { ...step, given } : step));
}

/** The last step of the walk-through that was reached; empty when it was never entered. */
export function stageOf(state: State): string {
  const inWalkThrough = state.ledger.filter((step) => step.flow === 'register');
  return inWalkThrough.map((step) => findNode(step.flow, step.node)?.step ?? '').findLast(Boolean) ?? '';
}
