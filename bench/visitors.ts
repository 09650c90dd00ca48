/** Who speaks to our bot, in Estonian: customers who go through the registration, and customers who ask in their own words. */
import { randomUUID } from 'node:crypto';
import { loadTexts } from '../src/language/texts.ts';
import { messagesInVisit } from './customers.ts';
import { type Answered, expect, send, whereIn } from './lib/activity.ts';
import type { Connection } from './lib/connection.ts';
import type { Say } from './lib/measure.ts';

/** Which of so many customers at a time; no two of them take up the same stored conversation. */
export interface Seat {
  at: number;
  of: number;
}

const texts = loadTexts();
const label = (key: string) => texts.label('et', key);
const option = (node: string, name: string) => label(`flows:register.${node}.options.${name}`);
export const startOver = label('bot:commands.startOver.label');

/** Round and round through the registration: where one is, what one says there, where that leads. */
export const round: Readonly<Record<string, readonly [text: string, next: string]>> = {
  'null.menu': [label('bot:menu.options.register'), 'register.start'],
  'register.start': [option('start', 'newAccount'), 'register.authorised'],
  'register.authorised': [option('authorised', 'yes'), 'register.vat'],
  'register.vat': ['jah', 'register.documentsVat'],
  'register.documentsVat': [option('documentsVat', 'ready'), 'register.hadCps'],
  'register.hadCps': [option('hadCps', 'no'), 'register.noOldEmail'],
  'register.noOldEmail': [option('noOldEmail', 'next'), 'register.apply'],
  'register.apply': [option('apply', 'sent'), 'register.sentOn'],
  'register.sentOn': ['eile', 'register.country'],
  'register.country': [option('country', 'skip'), 'register.wait'],
  'register.wait': [startOver, 'null.menu'],
};

/** Questions in a customer's own words, and what each must be understood as. */
const questions: readonly (readonly [text: string, intent: string])[] = [
  ['millised dokumendid mul vaja on?', 'documents'],
  ['kaua kontrollimine aega võtab?', 'validation-wait'],
  ['kas minu liikmenumber muutub?', 'member-number-changed'],
  ['kuidas ma tooteid registreerin?', 'register-products'],
];

export const storedId = (number: number) => `stored-${number}`;

/** The conversations that one seat visits: mostly new ones; every fourth is one of the `stored`. */
function visits(stored: number, { at, of }: Seat): () => { id: string; isNew: boolean } {
  const mine = Math.ceil((stored - at) / of);
  let count = 0;
  return () => {
    if (++count % 4 !== 0 || mine <= 0) return { id: randomUUID(), isNew: true };
    return { id: storedId(at + of * Math.floor(Math.random() * mine)), isNew: false };
  };
}

/** Brings the customer to the menu: a new one is greeted, one who comes back starts over. */
async function arrive(connection: Connection, { id, isNew }: { id: string; isNew: boolean }): Promise<void> {
  const joined = { type: 'conversationUpdate', membersAdded: [{ id: `user-${id}` }] };
  const replies = await send(connection, id, isNew ? joined : { text: startOver });
  expect('arriving', 'null.menu', whereIn(replies));
}

/** @param talk begins a visit; its function says one thing of it */
function visitor(stored: number, seat: Seat, talk: () => (connection: Connection, id: string) => Promise<void>): Say {
  const nextVisit = visits(stored, seat);
  let visit = nextVisit();
  let say = talk();
  let left = -1;
  return async (connection) => {
    if (left-- > 0) return say(connection, visit.id);
    visit = nextVisit();
    say = talk();
    left = messagesInVisit;
    await arrive(connection, visit);
  };
}

export function flowCustomer(stored: number, seat: Seat): Say {
  return visitor(stored, seat, () => {
    let where = 'null.menu';
    return async (connection, id) => {
      const [text, next] = round[where]!;
      const replies = await send(connection, id, { text });
      expect(text, next, whereIn(replies));
      where = next;
    };
  });
}

export function freeTextCustomer(stored: number, seat: Seat): Say {
  return visitor(stored, seat, () => {
    let count = seat.at;
    return async (connection, id) => {
      const [text, intent] = questions[count++ % questions.length]!;
      const replies: Answered[] = await send(connection, id, { text });
      expect(text, intent, replies[0]?.channelData?.support?.intent);
    };
  });
}
