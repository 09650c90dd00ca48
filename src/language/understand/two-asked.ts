import { clausesOf } from './clauses.ts';
import type { IntentName } from './intents.ts';

/** What a clause would be answered with on its own, and whether it asks (or a rule takes it) rather than tells. */
export type Asked = { intent: IntentName | undefined; asks: boolean };

export type Clauses = { isAnd(word: string): boolean; asked(clause: string): Asked };

const SOCIAL = new Set<IntentName>(['greeting', 'thanks', 'cancel', 'start-over']);

/**
 * Two things asked in one message, each of which would be answered alone; undefined when it asks one. A message that is
 * answered as a whole keeps its intent (`whole`), unless every clause asks: then they stand in the order of the message.
 */
export function twoAsked(
  text: string,
  whole: IntentName | undefined,
  { isAnd, asked }: Clauses,
): [IntentName, IntentName] | undefined {
  const askedIn = (atCommas: boolean): Asked[] => {
    const parts = clausesOf(text, isAnd, atCommas);
    if (parts.length < 2) return [];
    return parts.map(asked).filter(({ intent }) => !intent || !SOCIAL.has(intent));
  };
  const clauses = askedIn(false);
  const [first, ...rest] = clauses.map(({ intent }) => intent);
  const second = rest.find((intent) => intent && intent !== first);
  if (first && second && clauses.every(({ intent, asks }) => intent && (asks || !whole))) return [first, second];
  if (!whole) return undefined;
  const parts = askedIn(true).map(({ intent }) => intent);
  const other = parts.includes(whole) ? parts.find((intent) => intent && intent !== whole) : undefined;
  return other && [whole, other];
}
