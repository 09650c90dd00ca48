/** A customer whose request is at the agents' desk, on the core alone. */
import { converseFromDesk } from '../../src/conversation/converse.ts';
import type { CustomerEffect, DeskEvent, Reply, World } from '../../src/conversation/state.ts';
import { addressOf } from '../../src/support/ticket.ts';
import { type Talk, talk } from './talk.ts';
import { testWorld, texts } from './world.ts';

export interface AtTheDesk {
  customer: Talk;
  /** What an agent does. */
  desk(event: DeskEvent, changes?: Partial<World>): Reply[];
  join(): Reply[];
  /** What the desk was told, oldest first. */
  told(): CustomerEffect['type'][];
  label(key: string): string;
}

export const ticket = 'TEST-01';
const settings = { reachable: true, desk: true };

/** @param email what the customer answers when an address is asked for; left out by default */
export function atTheDesk(language: string, email = '@skip'): AtTheDesk {
  const customer = talk(language, { settings });
  for (const step of ['@contactSupport', '@other', 'Küsimus?', '@skip', email, '@byEmail', '@send']) customer.say(step);
  const desk: AtTheDesk['desk'] = (event, changes = {}) => {
    const outcome = converseFromDesk(customer.state, event, ticket, testWorld({ settings, ...changes }));
    customer.state = structuredClone(outcome.state);
    if (customer.ticket && event.what === 'answer')
      customer.ticket = { ...customer.ticket, answeredTo: addressOf(customer.ticket) };
    if (customer.ticket && event.what === 'closed') customer.ticket = { ...customer.ticket, status: 'closed' };
    return outcome.replies;
  };
  return {
    ...{ customer, desk },
    join: () => desk({ what: 'joined', name: 'Mari', language: 'et' }),
    told: () => customer.toDesk.map(({ type }) => type),
    label: (key) => texts.label(language, key),
  };
}

export const keysOf = (replies: readonly Reply[]) => replies.flatMap(({ parts }) => parts.map(({ key }) => key));
/** The buttons of the last message, without those that stand with every question. */
export const buttonsOf = (replies: readonly Reply[]) =>
  (replies.at(-1)?.choices ?? []).filter(({ command }) => !command).map(({ part }) => part.key);
