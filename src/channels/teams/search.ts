/** Requests of the store, the longest waiting first. */
import type { DeskTurns } from '../../bot/desk-turns.ts';
import { fold } from '../../language/fold.ts';
import type { Store } from '../../store/port.ts';
import { readTicket, type Ticket } from '../../support/ticket.ts';
import { numbersIn } from './commands.ts';

/** @param which a test, or words of which every one stands in the number, the customer's answers or the messages */
export async function findTickets(
  store: Pick<Store, 'scan'>,
  which: string | ((ticket: Ticket) => boolean),
): Promise<Ticket[]> {
  const test = typeof which === 'string' ? hasWords(which) : which;
  const found: Ticket[] = [];
  for await (const { value } of store.scan('ticket')) {
    const ticket = readTicket(value);
    if (test(ticket)) found.push(ticket);
  }
  const since = ({ waitingSince, request }: Ticket) => waitingSince ?? request.openedAt;
  return found.sort((a, b) => since(a) - since(b));
}

/** A sentence may hold words that look like a number. */
const mostNumbers = 20;

/** The first request whose number stands in the words. */
export async function ticketNamed(turns: Pick<DeskTurns, 'read'>, words: string): Promise<Ticket | undefined> {
  for (const id of numbersIn(words).slice(0, mostNumbers)) {
    const ticket = await turns.read(id);
    if (ticket) return ticket;
  }
  return undefined;
}

function hasWords(words: string): (ticket: Ticket) => boolean {
  const wanted = fold(words).split(' ').filter(Boolean);
  return ({ request, messages }) => {
    if (wanted.length === 0) return false;
    const values = request.fields.map(({ given }) => String(given.value ?? ''));
    const all = fold([request.id, ...values, ...messages.map(({ text }) => text)].join(' '));
    return wanted.every((word) => all.includes(word));
  };
}
