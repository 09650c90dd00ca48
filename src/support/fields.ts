/** What CPS Priority support needs to know, per topic (decision table F, "Field / Always / When"). */
import type { NodeOf, Topic } from '../flow/define-flow.ts';

export type Field = Exclude<
  NodeOf<'contactSupport'>,
  | 'noAddress'
  | 'already'
  | 'same'
  | 'atDesk'
  | 'enough'
  | 'topic'
  | 'summary'
  | 'change'
  | 'leaveOut'
  | 'sent'
  | 'kept'
  | 'notSent'
>;

const forTopic: Record<Topic, readonly Field[]> = {
  noPasswordMail: ['sentOn', 'foldersChecked'],
  passwordFails: [],
  migrateMissing: ['oldEmail', 'oldNumber', 'oldEmailGiven', 'productCount', 'sentOn'],
  tickMissing: ['products', 'refusedField'],
  pointsWrong: ['products', 'refusedField', 'pointsShown'],
  noInvitation: ['pointsShown', 'levelsShown', 'switchPosition'],
  tierQuestion: ['question', 'pointsShown', 'levelsShown', 'switchPosition'],
  payment: ['question', 'method', 'invoiceNumber', 'invoiceDueDate'],
  documentQuestion: ['question', 'vatRegistered', 'documentKind'],
  other: ['question'],
};

/** In the order in which they are asked. */
export function fieldsOf(topic: Topic): readonly Field[] {
  return [...forTopic[topic], 'company', 'email', 'reply'];
}
