/** When a stored document was last changed, read from the document itself: the store keeps no dates. */
import type { Doc } from '../store/port.ts';

type Fields = Readonly<Record<string, unknown>>;

const fieldsOf = (value: unknown): Fields => (typeof value === 'object' && value !== null ? (value as Fields) : {});
const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);
const datesIn = (list: unknown) => listOf(list).map((one) => fieldsOf(one).at);

function newest(dates: readonly unknown[]): number | undefined {
  const known = dates.filter((date): date is number => typeof date === 'number' && Number.isFinite(date));
  return known.length === 0 ? undefined : known.reduce((a, b) => Math.max(a, b));
}

/** @returns milliseconds since 1970; undefined when no date stands in it */
export function lastChange(doc: Doc): number | undefined {
  const fields = fieldsOf(doc.value);
  if (doc.key.startsWith('conversation/')) return ageOf(doc);
  if (doc.key.startsWith('ticket/')) {
    const { openedAt } = fieldsOf(fields.request);
    const { claimedAt, answeredAt, closedAt } = fields;
    return newest([openedAt, claimedAt, answeredAt, closedAt, ...datesIn(fields.log), ...datesIn(fields.messages)]);
  }
  return newest([fields.at]);
}

/** When a conversation last had something to do with its customer. */
export function ageOf({ value }: Pick<Doc, 'value'>): number | undefined {
  const { openedAt, state, erased, at } = fieldsOf(value);
  return newest([openedAt, fieldsOf(state).seenAt, erased, at]);
}

/** Of a ticket. */
export const isClosed = ({ value }: Pick<Doc, 'value'>): boolean => fieldsOf(value).status === 'closed';

/** Of a ticket: the id of the customer's conversation. */
export function conversationOf({ value }: Pick<Doc, 'value'>): string | undefined {
  const { conversation } = fieldsOf(value);
  return typeof conversation === 'string' ? conversation : undefined;
}
