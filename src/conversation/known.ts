/** What an earlier part of the talk has told already, so that the hand-off need not ask it again. */
import type { FlowName } from '../flow/define-flow.ts';
import type { Field } from '../support/fields.ts';
import type { Given, State } from './state.ts';

interface Source {
  flow: FlowName;
  node: string;
  /** Which of its options answer the field, and as which option; absent: its value does. */
  as?: Record<string, string>;
}
const same = (...options: string[]) => Object.fromEntries(options.map((option) => [option, option]));

/** Fields that another flow asks under a name of its own. */
const sources: { [F in Field]?: Source } = {
  sentOn: { flow: 'register', node: 'sentOn' },
  vatRegistered: { flow: 'register', node: 'vat', as: same('yes', 'no') },
  foldersChecked: { flow: 'register', node: 'lookedEverywhere', as: { nothing: 'all' } },
  oldEmailGiven: { flow: 'migrateButtonMissing', node: 'oldEmailGiven', as: same('yes', 'no', 'unsure') },
  pointsShown: { flow: 'tiers', node: 'points' },
  method: { flow: 'payment', node: 'method', as: same('card', 'transfer') },
};

export function known(state: State, field: Field): Given | undefined {
  const own = state.answers.contactSupport?.[field];
  if (own) return own;
  const source = sources[field];
  const given = source && state.answers[source.flow]?.[source.node];
  if (!given) return undefined;
  if (!source.as) return given.value === undefined ? undefined : { value: given.value };
  const option = source.as[given.option ?? ''];
  return option ? { option } : undefined;
}

/** The question of another flow that answers the field. */
export const sourceOf = (field: string): { flow: FlowName; node: string } | undefined => sources[field as Field];

/** Is this answer one that the customer has left out of the request? */
export function isLeftOut(state: State, place: { flow: FlowName; node: string }): boolean {
  const fields = Object.entries(sources).filter(([, from]) => from.flow === place.flow && from.node === place.node);
  return fields.some(([field]) => state.answers.contactSupport?.[field]?.leftOut);
}
