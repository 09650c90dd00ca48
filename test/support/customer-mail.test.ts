import { describe, expect, test } from 'vitest';
import { createMailLimit } from '../../src/support/customer-mail.ts';
import { openTicket, type Ticket } from '../../src/support/ticket.ts';
import { friday } from '../helpers/world.ts';

const hour = 3600_000;
const request = { openedAt: friday, language: 'en', topic: 'other' as const, stage: '', fields: [], ledger: [] };
const ticketOf = (conversation: string): Ticket => openTicket({ ...request, id: conversation }, conversation, 'test');
let made = 0;
const mail = (to = 'me@example.com', messageId = `<${++made}>`) => ({ to, messageId });

/** Sends so many. @returns the ticket after them, or when the next can go */
function send(limit: ReturnType<typeof createMailLimit>, ticket: Ticket, count: number, now = friday) {
  let last: Ticket = ticket;
  for (let i = 0; i < count; i++) {
    const taken = limit.take(last, mail(), now);
    if ('later' in taken) return taken.later;
    last = taken.ticket;
  }
  return last;
}

describe('mail to an address that a customer has typed', () => {
  test('ten a day about one request, also after a restart; the next when the oldest is a day old', () => {
    const ticket = send(createMailLimit(), ticketOf('a'), 10);
    if (typeof ticket === 'number') throw new Error('too few');
    const restarted = createMailLimit();
    expect(restarted.take(ticket, mail(), friday + hour)).toEqual({ later: friday + 24 * hour });
    expect(restarted.take(ticket, mail(), friday + 24 * hour)).toHaveProperty('ticket');
  });

  test('ten a day in one conversation, also about several requests', () => {
    const limit = createMailLimit();
    send(limit, ticketOf('a'), 6);
    expect(send(limit, ticketOf('a'), 5, friday + hour)).toBe(friday + 24 * hour);
  });

  test('twenty a day to one address, however it is written', () => {
    const limit = createMailLimit();
    send(limit, ticketOf('a'), 10);
    send(limit, ticketOf('b'), 10);
    expect(limit.take(ticketOf('c'), mail('Me@Example.com'), friday)).toEqual({ later: friday + 24 * hour });
    expect(limit.take(ticketOf('c'), mail('you@example.com'), friday)).toHaveProperty('ticket');
  });

  test('one that is decided again counts once', () => {
    const limit = createMailLimit();
    for (let i = 0; i < 30; i++)
      expect(limit.take(ticketOf('a'), mail('me@example.com', '<same>'), friday)).toHaveProperty('ticket');
  });

  test('of many addresses the one that was written to longest ago is forgotten first', () => {
    const limit = createMailLimit(4);
    send(limit, ticketOf('a'), 10);
    limit.take(ticketOf('b'), mail('b@example.com'), friday);
    expect(limit.take(ticketOf('a'), mail(), friday)).toHaveProperty('later');
    limit.take(ticketOf('c'), mail('c@example.com'), friday);
    expect(limit.take(ticketOf('a'), mail(), friday)).toHaveProperty('ticket');
  });
});
