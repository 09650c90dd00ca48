/** `npm run tickets -- --csv [FILE]`: the closed requests as CSV, without anything that somebody wrote. */
import { writeFileSync } from 'node:fs';
import { loadConfig } from '../src/config.ts';
import { openStore } from '../src/store/open.ts';
import { StoreUnavailable } from '../src/store/port.ts';
import { readTicket, type Ticket } from '../src/support/ticket.ts';
import { ticketCsv } from './lib/ticket-csv.ts';

const words = process.argv.slice(2);
if (words[0] !== '--csv') {
  console.error('Say what is wanted: npm run tickets -- --csv [FILE]');
  process.exit(1);
}
try {
  const store = await openStore(await loadConfig());
  const tickets: Ticket[] = [];
  for await (const { value } of store.scan('ticket')) tickets.push(readTicket(value));
  await store.close();
  const csv = ticketCsv(tickets);
  const [, file] = words;
  if (file) writeFileSync(file, csv);
  else process.stdout.write(csv);
} catch (error) {
  if (!(error instanceof StoreUnavailable)) throw error;
  // The embedded store has one user at a time.
  console.error(`${error.message}\nIs the bot running? With STORE=lowdb stop it first.`);
  process.exit(1);
}
