/** Closed requests as a table: figures and names only, never what somebody wrote. */
import type { Ticket } from '../../src/support/ticket.ts';

const columns = [
  'ticket',
  'topic',
  'language',
  'country',
  'step',
  'opened',
  'claimed',
  'answered',
  'closed',
  'owner',
  'cause',
  'bot',
  'rating',
  'fromCustomer',
  'fromAgents',
  'reopened',
] as const;

export function ticketCsv(tickets: readonly Ticket[]): string {
  const closed = tickets.filter(({ status }) => status === 'closed');
  const rows = closed.sort((a, b) => a.request.openedAt - b.request.openedAt).map(row);
  return [columns.join(','), ...rows.map((cells) => columns.map((name) => cell(cells[name])).join(','))]
    .join('\r\n')
    .concat('\r\n');
}

function row({
  request,
  messages,
  log,
  closing,
  rating,
  owner,
  ...ticket
}: Ticket): Record<(typeof columns)[number], string> {
  const time = (at: number | undefined) => (at === undefined ? '' : new Date(at).toISOString());
  const count = (from: string) => String(messages.filter((one) => one.from === from).length);
  return {
    ticket: request.id,
    topic: request.topic,
    language: request.language,
    country: request.country ?? '',
    step: request.stage,
    opened: time(request.openedAt),
    claimed: time(ticket.claimedAt),
    answered: time(ticket.answeredAt),
    closed: time(ticket.closedAt),
    owner: owner?.name ?? '',
    cause: closing?.cause ?? '',
    bot: closing?.verdict ?? '',
    rating: rating ? (rating.good ? 'good' : 'notGood') : '',
    fromCustomer: count('customer'),
    fromAgents: count('agent'),
    reopened: String(log.filter(({ what }) => what === 'reopen').length),
  };
}

/** RFC 4180; what begins like a formula would be one in a spreadsheet, also where that takes a semicolon for the comma. */
function cell(value: string): string {
  const safe = value.replace(/(?<=(?:^|[;\t\r\n])\s*)(?=[=+\-@])/g, "'");
  return /[",;\t\r\n]/.test(safe) ? `"${safe.replace(/"/g, '""')}"` : safe;
}
