/** What became of a row, on a request that has changed while the row was being sent. */
import { afterEach, beforeEach, expect, test } from 'vitest';
import { settle } from '../../../src/channels/teams/settle.ts';
import { cardRow } from '../../../src/support/desk-rows.ts';
import { openSupport, type Support } from '../../helpers/support.ts';

let support: Support;
beforeEach(async () => {
  support = await openSupport();
});
afterEach(() => support.close());

test.each(['uncertain', 'park'] as const)(
  'a card that somebody has seen meanwhile is there, whatever its sending came to: %s',
  async (result) => {
    const { desk, store, clock } = support;
    const id = await support.customer().ask();
    const row = { ...cardRow(id, clock.now, 1), state: 'uncertain' as const, reason: '502' };
    await store.commit({ outbox: { add: [row] } });
    const card = { serviceUrl: 'https://teams.example', conversation: '19:c;messageid=1', activity: '1' };
    await desk.change(id, (ticket) => ({ ticket: { ...ticket, card } }));
    const before = await support.ticket(id);
    await settle(row, { result, reason: '502' }, { turns: desk, store, now: () => clock.now });
    expect(await support.ticket(id)).toEqual({ ...before, doubts: [] });
    expect((await support.rows()).map((one) => one.id)).not.toContain(row.id);
    expect((await support.rows()).filter((one) => one.id.startsWith('doubt:'))).toEqual([]);
  },
);

test('one that nobody has seen is in doubt, and the channel will be told', async () => {
  const { desk, store, clock } = support;
  const id = await support.customer().ask();
  const row = { ...cardRow(id, clock.now, 1), state: 'uncertain' as const, reason: '502' };
  await settle(row, { result: 'uncertain', reason: '502' }, { turns: desk, store, now: () => clock.now });
  expect((await support.ticket(id)).doubts).toEqual([{ row: row.id, reason: '502' }]);
  expect((await support.rows()).filter((one) => one.id.startsWith('doubt:'))).toHaveLength(1);
});
