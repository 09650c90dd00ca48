/** The closed requests as a table, by the command itself. */
import { spawnSync } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ticketCsv } from '../../scripts/lib/ticket-csv.ts';
import { openLowdbStore } from '../../src/store/lowdb/index.ts';
import { openTicket, type Ticket } from '../../src/support/ticket.ts';
import { friday } from '../helpers/world.ts';

const minute = 60_000;
const request = (id: string, at = friday) =>
  openTicket(
    {
      ...{ id, openedAt: at, language: 'lv', country: 'LV', topic: 'tickMissing', stage: 'products' },
      fields: [{ field: 'question', given: { value: 'secret words' } }],
      ledger: [],
    },
    'c1',
    'directline',
  );
const closed = (ticket: Ticket, owner: string): Ticket => ({
  ...ticket,
  ...{ status: 'closed', claimedAt: friday + minute, answeredAt: friday + 2 * minute, closedAt: friday + 3 * minute },
  owner: { id: '29:x', name: owner, language: 'et' },
  closing: { cause: 'detailWrong', verdict: 'partly' },
  rating: { good: false, why: 'secret reason' },
  messages: [
    { id: '1', at: friday, from: 'customer', text: 'secret question' },
    { id: '2', at: friday, from: 'customer', text: 'secret question' },
    { id: '3', at: friday, from: 'agent', text: 'secret answer', name: owner },
    { id: '4', at: friday, from: 'note', text: 'secret note', name: owner },
  ],
  log: [...ticket.log, { at: friday, by: 'customer', what: 'reopen' }],
});

/** RFC 4180. */
function parse(csv: string, separator = ','): string[][] {
  const rows: string[][] = [[]];
  const cells = new RegExp(`(?:"((?:[^"]|"")*)"|([^"${separator}\\r\\n]*))(${separator}|\\r\\n)`, 'y');
  for (let found = cells.exec(csv); found; found = cells.exec(csv)) {
    rows.at(-1)!.push(found[1]?.replace(/""/g, '"') ?? found[2] ?? '');
    if (found[3] === '\r\n') rows.push([]);
    if (cells.lastIndex === csv.length) break;
  }
  return rows.slice(0, -1);
}

test('npm run tickets -- --csv: the closed ones, oldest first, and nothing that somebody wrote', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'cps-tickets-'));
  const store = await openLowdbStore({ folder: join(folder, 'store') });
  const tickets = [
    closed(request('BBBB-22', friday + 1), '=HYPERLINK("http://evil.example","x")'),
    closed(request('AAAA-22'), 'Mäger, "Mari"'),
    request('CCCC-22'),
  ];
  await store.commit({
    docs: tickets.map((ticket) => ({
      ...{ key: `ticket/${ticket.request.id}` as const, version: 0 },
      value: JSON.parse(JSON.stringify(ticket)) as object as never,
    })),
  });
  await store.close();
  const file = join(folder, 'closed.csv');
  const run = (...words: string[]) =>
    spawnSync(process.execPath, [join(import.meta.dirname, '../../scripts/tickets.ts'), ...words], {
      env: { PATH: process.env.PATH ?? '', DATA_DIR: folder },
      encoding: 'utf8',
    });
  const { status, stderr } = run('--csv', file);
  expect(status, stderr).toBe(0);
  const csv = await readFile(file, 'utf8');
  expect(run('--csv').stdout, 'without a file: to the terminal').toBe(csv);
  const [head = [], ...rows] = parse(csv);
  const row = (i: number) => Object.fromEntries(head.map((name, n) => [name, rows[i]?.[n]]));
  expect(rows).toHaveLength(2);
  expect(row(0)).toEqual({
    ...{ ticket: 'AAAA-22', topic: 'tickMissing', language: 'lv', country: 'LV', step: 'products' },
    ...{ opened: '2026-11-20T10:00:00.000Z', claimed: '2026-11-20T10:01:00.000Z' },
    ...{ answered: '2026-11-20T10:02:00.000Z', closed: '2026-11-20T10:03:00.000Z' },
    ...{ owner: 'Mäger, "Mari"', cause: 'detailWrong', bot: 'partly', rating: 'notGood' },
    ...{ fromCustomer: '2', fromAgents: '1', reopened: '1' },
  });
  expect(row(1).owner).toBe('\'=HYPERLINK("http://evil.example","x")');
  expect(csv).not.toContain('secret');
  const wrong = run('all');
  expect([wrong.status, wrong.stderr]).toEqual([1, expect.stringContaining('--csv')]);
  await rm(folder, { recursive: true, force: true });
});

test('whatever somebody is called: every row has every cell, and none is a formula, with comma or semicolon', () => {
  const signs = fc.constantFrom('=', '+', '-', '@', '"', ',', ';', '\t', '\r', '\n', ' ', 'a', 'õ');
  fc.assert(
    fc.property(fc.array(fc.string({ unit: signs, maxLength: 8 }), { maxLength: 4 }), (names) => {
      const csv = ticketCsv(names.map((name, i) => closed(request(`AAAA-2${i}`), name)));
      const [head = [], ...rows] = parse(csv);
      expect(rows).toHaveLength(names.length);
      for (const cells of rows) expect(cells).toHaveLength(head.length);
      const owners = rows.map((cells) => cells[head.indexOf('owner')]!);
      expect(owners.map((name) => name.replace(/'/g, ''))).toEqual(names);
      const read = [...rows.flat(), ...csv.split(/[;\t\r\n]/)];
      expect(read.filter((cell) => /^\s*[=+\-@]/.test(cell))).toEqual([]);
    }),
    { numRuns: 300 },
  );
});
