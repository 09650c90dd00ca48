/** Requests of the store, the longest waiting first. */
import { fold } from '../../language/fold.ts';
import type { Store } from '../../store/port.ts';
import { readTicket, type Ticket } from '../../support/ticket.ts';

/** @param which a test, or words of which every one stands in the number, the customer's answers or the messages */
export async function findTickets(
  store: Pick<Store, 'scan'>,
  which: string | ((ticket: Ticket) => boolean),
  most = 15,
): Promise<Ticket[]> {
  const test = typeof which === 'string' ? hasWords(which) : which;
  const found: Ticket[] = [];
  for await (const { value } of store.scan('ticket')) {
    const ticket = readTicket(value);
    if (test(ticket)) found.push(ticket);
  }
  const since = ({ waitingSince, request }: Ticket) => waitingSince ?? request.openedAt;
  return found.sort((a, b) => since(a) - since(b)).slice(0, most);
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
