/** The request to CPS Priority support, put together from what the talk has told (decision table F). */
import { isLeftOut, known } from '../conversation/known.ts';
import type { Step as LedgerStep, Request, State, World } from '../conversation/state.ts';
import type { Step, Topic } from '../flow/define-flow.ts';
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
    stage: stageOf(state) || stageByTopic[topic],
    fields: fieldsOf(topic).flatMap((field) => {
      const given = known(state, field);
      return given ? [{ field, given }] : [];
    }),
    ledger: ledgerOf(state),
  };
}

/** Where somebody stands who never entered the walk-through; a step's name, or empty. */
const stageByTopic: Record<Topic, Step | ''> = {
  noPasswordMail: 'waiting',
  passwordFails: 'password',
  migrateMissing: 'products',
  tickMissing: 'points',
  pointsWrong: 'points',
  noInvitation: 'join',
  tierQuestion: 'join',
  payment: 'payment',
  documentQuestion: 'documents',
  other: '',
};

/** The course of the talk; what somebody left out must not come in through it, and the hand-off's own answers stand in the fields. */
function ledgerOf(state: State): LedgerStep[] {
  return state.ledger
    .filter((step) => step.flow !== 'contactSupport')
    .map(({ given, ...step }) => (given && !isLeftOut(state, step) ? { ...step, given } : step));
}

/** The last step of the walk-through that was reached; empty when it was never entered. */
export function stageOf(state: State): string {
  const inWalkThrough = state.ledger.filter((step) => step.flow === 'register');
  return inWalkThrough.map((step) => findNode(step.flow, step.node)?.step ?? '').findLast(Boolean) ?? '';
}

/** The address that the customer has given in this conversation for being answered. */
export function addressIn({ fields }: Request): string | undefined {
  const value = fields.find(({ field }) => field === 'email')?.given.value;
  return typeof value === 'string' ? value : undefined;
}
