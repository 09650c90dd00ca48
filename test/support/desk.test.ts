import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { allowed } from '../../src/support/allowed.ts';
import { happened } from '../../src/support/customer-side.ts';
import { type Command, type Decision, decide } from '../../src/support/desk.ts';
import { deskRows } from '../../src/support/desk-rows.ts';
import { openTicket, type Person, readTicket, type Ticket, ticketSchema } from '../../src/support/ticket.ts';

const mari: Person = { id: '29:mari', name: 'Mari', language: 'et' };
const juris: Person = { id: '29:juris', name: 'Juris', language: 'lv' };
const anna: Person = { id: '29:anna', name: 'Anna', language: 'en' };
const now = 1_000_000;
const awayAfter = 60_000;
const times = { unclaimedAfter: 60_000, unreadAfter: 10_000 };
const fresh = (): Ticket =>
  openTicket(
    { id: 'T1', openedAt: now, language: 'lv', topic: 'tickMissing', stage: '', fields: [], ledger: [] },
    'c1',
    'directline',
  );
let made = 0;
const act = (ticket: Ticket, command: Command, actor = mari, at = now, id = `press-${++made}`): Decision =>
  decide(ticket, command, actor, { now: at, awayAfter }, id);
function done(ticket: Ticket, command: Command, actor = mari, at = now) {
  const decision = act(ticket, command, actor, at);
  if (!('ticket' in decision)) throw new Error(JSON.stringify(decision));
  return decision;
}
const claimed = () => done(fresh(), { verb: 'claim' }).ticket;

describe('a ticket at the desk', () => {
  test('the second who claims is told who has it', () => {
    const decision = act(claimed(), { verb: 'claim' }, juris);
    expect(decision).toEqual({ refused: { why: 'taken', by: 'Mari' } });
  });

  test('a repeated press changes nothing', () => {
    const first = act(fresh(), { verb: 'claim' }, mari, now, 'same');
    expect('ticket' in first && act(first.ticket, { verb: 'release' }, mari, now, 'same')).toEqual({ repeated: true });
  });

  test.each<Command>([
    { verb: 'answer', text: 'x' },
    { verb: 'close', cause: 'other', verdict: 'right' },
    { verb: 'handOver', to: juris },
    { verb: 'release' },
    { verb: 'guide', flow: 'tiers' },
    { verb: 'takeOver' },
  ])('a colleague may not: %j', (command) => {
    expect(act(claimed(), command, juris)).toHaveProperty('refused');
  });

  test('a colleague may take over once the customer has waited too long', () => {
    const waiting = claimed();
    const overdue: Ticket = { ...waiting, reminded: { unanswered: waiting.waitingSince } };
    const { ticket, tells } = done(overdue, { verb: 'takeOver' }, juris);
    expect(ticket.owner).toEqual(juris);
    expect(tells).toEqual([
      { what: 'left', name: 'Mari' },
      { what: 'joined', name: 'Juris', language: 'lv' },
    ]);
  });

  test.each<[string, Command]>([
    ['taken over', { verb: 'takeOver' }],
    ['handed over', { verb: 'handOver', to: juris }],
  ])('%s, the new owner has all the time to answer, and is reminded of their own', (_, command) => {
    const waiting = claimed();
    const overdue: Ticket = { ...waiting, reminded: { unanswered: waiting.waitingSince, unclaimed: 7 } };
    const actor = command.verb === 'takeOver' ? juris : mari;
    const { ticket } = done(overdue, command, actor, now + 5);
    expect(ticket.reminded).toEqual({ unclaimed: 7 });
    expect(act(ticket, { verb: 'takeOver' }, anna, now + 6)).toEqual({ refused: { why: 'notOverdue', by: 'Juris' } });
    const rows = deskRows('T1', overdue, ticket, [], times, now + 5).filter(({ kind }) => kind === 'remind');
    expect(rows).toMatchObject([
      { dueAt: now + 5 + times.unclaimedAfter, payload: { what: 'unanswered', since: now + 5 } },
    ]);
    const reminded: Ticket = { ...ticket, reminded: { unanswered: now + 5 } };
    expect(act(reminded, { verb: 'takeOver' }, anna, now + 6)).toHaveProperty('ticket');
    // What the first owner was reminded of is no word about the second.
    const old: Ticket = { ...ticket, reminded: { unanswered: waiting.waitingSince } };
    expect(act(old, { verb: 'takeOver' }, anna, now + 6)).toHaveProperty('refused');
  });

  test('a colleague may take over from an owner who has done nothing for a while, although nobody waits', () => {
    const { ticket } = done(claimed(), { verb: 'answer', text: 'one moment' }, mari, now + 5);
    const later = (ms: number) => act(ticket, { verb: 'takeOver' }, juris, now + 5 + ms);
    expect(later(awayAfter - 1)).toHaveProperty('refused');
    expect(later(awayAfter)).toHaveProperty('ticket');
    const noted = done(ticket, { verb: 'note', text: 'asked the warehouse' }, mari, now + 50_000).ticket;
    expect(act(noted, { verb: 'takeOver' }, juris, now + 5 + awayAfter)).toHaveProperty('refused');
    const byJuris = done(ticket, { verb: 'note', text: 'still here?' }, juris, now + 50_000).ticket;
    expect(act(byJuris, { verb: 'takeOver' }, juris, now + 5 + awayAfter)).toHaveProperty('ticket');
  });

  test('a colleague may take over from somebody who has left the team', () => {
    expect(act(claimed(), { verb: 'takeOver', ownerLeft: true }, juris)).toHaveProperty('ticket');
    expect(allowed(claimed(), juris.id, { now, awayAfter, ownerLeft: true })).toContain('takeOver');
    expect(allowed(claimed(), juris.id, { now, awayAfter })).not.toContain('takeOver');
  });

  test('an owner whose request the customer opens again has their time too', () => {
    const { ticket } = done(claimed(), { verb: 'close', cause: 'other', verdict: 'right' });
    const again = happened(ticket, { type: 'reopen', ticket: 'T1' }, now + 9 * awayAfter, { id: 'm' }).ticket;
    expect(act(again, { verb: 'takeOver' }, juris, now + 9 * awayAfter + 1)).toHaveProperty('refused');
  });

  test('one request of a talk at a time: another is not opened again, nor taken while an agent talks about the first', () => {
    const { ticket: closed } = done(claimed(), { verb: 'close', cause: 'other', verdict: 'right' });
    const other = (status: Ticket['status']): Ticket => {
      const { request, ...rest } = claimed();
      return { ...rest, status, request: { ...request, id: 'T2' } };
    };
    const decided = (ticket: Ticket, verb: 'claim' | 'reopen', status: Ticket['status']) =>
      decide(ticket, { verb }, juris, { now, awayAfter }, 'press', other(status));
    const refused = { refused: { why: 'otherOpen', other: 'T2' } };
    expect(decided(closed, 'reopen', 'claimed')).toEqual(refused);
    expect(decided(closed, 'reopen', 'waiting')).toEqual(refused);
    expect(decided(fresh(), 'claim', 'claimed')).toEqual(refused);
    expect(decided(fresh(), 'claim', 'waiting')).toHaveProperty('ticket');
  });

  test('a note tells the customer nothing', () => {
    const { ticket, tells } = done(claimed(), { verb: 'note', text: 'check the serial number' });
    expect(tells).toEqual([]);
    expect(ticket.messages).toMatchObject([{ from: 'note', text: 'check the serial number' }]);
  });

  test('an answer ends the wait, and its not being seen is looked at later', () => {
    const before = claimed();
    const { ticket } = done(before, { verb: 'answer', text: ' Tere ' }, mari, now + 5);
    expect(ticket.waitingSince).toBeUndefined();
    const rows = deskRows('T1', before, ticket, [], times, now + 5);
    expect(rows.map(({ kind, dueAt }) => [kind, dueAt])).toEqual([
      ['teams-update', now + 5],
      ['remind', now + 5 + times.unreadAfter],
    ]);
  });

  test.each<[Command, object]>([
    [{ verb: 'ask', field: 'company' }, { ask: 'company' }],
    [{ verb: 'guide', flow: 'tiers' }, { guide: 'tiers' }],
    [{ verb: 'guide', flow: 'tiers', node: 'points' }, { guide: 'tiers.points' }],
  ])('so does a question, and its not being seen is looked at in the same way: %j', (command, what) => {
    const before = claimed();
    const { ticket, tells } = done(before, command, mari, now + 5);
    const [said] = ticket.messages;
    expect(said).toMatchObject({ from: 'agent', name: 'Mari', text: '', ...what });
    expect(tells).toMatchObject([{ what: command.verb, id: said?.id }]);
    expect(ticket.waitingSince).toBeUndefined();
    const rows = deskRows('T1', before, ticket, [], times, now + 5);
    expect(rows.map(({ payload }) => payload)).toContainEqual({ ticket: 'T1', what: 'unread', message: said?.id });
  });

  test('a request that was stored when questions were no messages can be read, and goes on', () => {
    const { guided: _, doubts: __, ...stored } = claimed();
    const log = [...stored.log, { at: now, by: 'Mari', what: 'ask', about: 'company' }];
    const ticket = readTicket(JSON.parse(JSON.stringify({ ...stored, log })));
    expect(done(ticket, { verb: 'ask', field: 'email' }).ticket.messages).toMatchObject([{ ask: 'email' }]);
  });

  test('closing wants a cause of this topic', () => {
    expect(act(claimed(), { verb: 'close', cause: 'cardRefused', verdict: 'right' })).toHaveProperty('refused');
    const { ticket } = done(claimed(), { verb: 'close', cause: 'detailWrong', verdict: 'wrong' });
    expect(ticket).toMatchObject({ status: 'closed', closing: { cause: 'detailWrong', verdict: 'wrong' } });
  });

  test('a customer who writes after closing opens it again, for the same agent', () => {
    const { ticket } = done(claimed(), { verb: 'close', cause: 'other', verdict: 'right' });
    const again = happened(ticket, { type: 'reopen', ticket: 'T1' }, now + 9, { id: 'm' });
    expect(again.ticket).toMatchObject({ status: 'claimed', owner: mari, waitingSince: now + 9 });
    expect(again.ticket.closing).toBeUndefined();
    expect(again.posts).toMatchObject([{ key: 'reopenedByCustomer', mention: mari }]);
  });

  test('a customer’s message mentions the owner', () => {
    const { ticket, posts } = happened(claimed(), { type: 'relay', ticket: 'T1', text: 'Sveiki' }, now, {
      id: 'm',
      seq: 4,
    });
    expect(posts).toEqual([{ key: 'customer', words: 'Sveiki', mention: mari }]);
    expect(ticket.messages).toMatchObject([{ from: 'customer', text: 'Sveiki', seq: 4 }]);
  });

  test('however much the customer writes: notes, the log and the agents’ words stay, and so do the newest of theirs', () => {
    let ticket = claimed();
    ticket = done(ticket, { verb: 'note', text: 'careful' }).ticket;
    ticket = done(ticket, { verb: 'answer', text: 'first answer' }).ticket;
    for (let n = 1; n <= 400; n++) {
      ticket = happened(ticket, { type: 'relay', ticket: 'T1', text: `m${n}` }, now + n, { id: `m${n}` }).ticket;
      if (n % 2) ticket = happened(ticket, { type: 'left', ticket: 'T1' }, now + n, { id: `l${n}` }).ticket;
    }
    const words = ticket.messages.map(({ text }) => text);
    expect(words.slice(0, 2)).toEqual(['careful', 'first answer']);
    expect(words.slice(2)).toEqual(Array.from({ length: 150 }, (_, i) => `m${251 + i}`));
    expect(ticket.log.map(({ what }) => what).filter((what) => what !== 'left')).toEqual(['claim', 'note', 'answer']);
    expect(ticket.revision, 'every message changes the card').toBeGreaterThanOrEqual(400);
    for (let n = 0; n < 300; n++) ticket = done(ticket, { verb: 'answer', text: `a${n}` }).ticket;
    expect(ticket.messages.filter(({ from }) => from === 'agent')).toHaveLength(301);
    expect(ticket.messages.filter(({ from }) => from === 'customer')).toHaveLength(150);
    expect(ticket.log.filter(({ what }) => what === 'answer')).toHaveLength(301);
  });

  test('a new ticket is a card and a reminder; each row has a name of its own', () => {
    const rows = deskRows('T1', undefined, fresh(), [], times, now);
    expect(rows.map(({ id, kind }) => [id, kind])).toEqual([
      ['card:T1:new:0', 'teams-new'],
      ['remind:T1:unclaimed:0', 'remind'],
    ]);
  });

  const people = fc.constantFrom(mari, juris);
  const commands: fc.Arbitrary<Command> = fc.oneof(
    fc.constantFrom<Command>(
      { verb: 'claim' },
      { verb: 'release' },
      { verb: 'takeOver' },
      { verb: 'reopen' },
      { verb: 'answer', text: 'a' },
      { verb: 'note', text: 'n' },
      { verb: 'ready', name: 'received' },
      { verb: 'ask', field: 'company' },
      { verb: 'guide', flow: 'tiers' },
      { verb: 'handOver', to: juris },
      { verb: 'close', cause: 'other', verdict: 'right' },
    ),
  );
  test('whatever is pressed: only what is allowed happens, an owned ticket has an owner, it can be stored', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(commands, people), { maxLength: 30 }), (presses) => {
        let ticket = fresh();
        for (const [command, person] of presses) {
          const may = allowed(ticket, person.id, { now, awayAfter }).includes(command.verb);
          const decision = act(ticket, command, person);
          if ('ticket' in decision) {
            expect(may).toBe(true);
            expect(decision.ticket.revision).toBe(ticket.revision + 1);
            expect(decision.ticket.log.at(-1)?.by).toBe(person.name);
            ticket = decision.ticket;
          }
          if (ticket.status === 'claimed') expect(ticket.owner).toBeDefined();
          if (ticket.status === 'waiting') expect(ticket.owner).toBeUndefined();
          expect(ticketSchema.parse(JSON.parse(JSON.stringify(ticket)))).toEqual(JSON.parse(JSON.stringify(ticket)));
        }
      }),
      { numRuns: 200 },
    );
  });
});
