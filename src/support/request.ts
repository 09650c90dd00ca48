/** The request to CPS Priority support, put together from what the talk has told (decision table F). */
import { known } from '../conversation/known.ts';
import type { Request, State, World } from '../conversation/state.ts';
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
    // What somebody left out must not come in through the ledger; its own questions stand in the fields already.
    ledger: state.ledger.filter((step) => step.flow !== 'contactSupport'),
  };
}

/** The last step of the walk-through that was reached; empty when it was never entered. */
export function stageOf(state: State): string {
  const inWalkThrough = state.ledger.filter((step) => step.flow === 'register');
  return inWalkThrough.map((step) => findNode(step.flow, step.node)?.step ?? '').findLast(Boolean) ?? '';
}
