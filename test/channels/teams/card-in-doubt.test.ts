/** A request's card of which it is not known whether it has arrived: never brought again by itself, and said to be missing. */
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type DeskHouse, openDesk } from '../../helpers/desk.ts';
import { channel, contentOf, juris, mari, type Posted, verbsOf, wordsOf } from '../../helpers/teams.ts';

let house: DeskHouse;
beforeEach(async () => {
  house = await openDesk();
});
afterEach(() => house.close());

/** The next thread that is begun in the channel gets this answer. */
function nextThread(told: { status: number; arrived?: true }) {
  let first = true;
  house.teams.answerWith((method, path) => {
    if (!first || method !== 'POST' || !path.endsWith('/v3/conversations')) return undefined;
    first = false;
    return told;
  });
}
const claimable = () => house.teams.posts().filter((post) => verbsOf(contentOf(post)).includes('claim'));
const notes = () =>
  house.teams.posts().filter((post) => wordsOf(contentOf(post)).includes('not known whether the card'));
const pressOn = async (post: Posted, verb: string) => {
  const { body } = await house.teams.press(house.url, mari, post, verb);
  await house.drain();
  return body.value!;
};
const cardRows = async () => (await house.rows()).filter(({ id }) => id.startsWith('card:'));

test.each([502, 503, 504])(
  '%i: uncertain, not sent again by itself, and after a minute the channel is told',
  async (status) => {
    nextThread({ status });
    const { ticket } = await house.customer();
    await house.drain();
    expect(await cardRows()).toMatchObject([{ state: 'uncertain', reason: String(status) }]);
    expect((await house.ticket(ticket)).doubts).toHaveLength(1);
    expect(notes()).toHaveLength(0);
    await house.later(60_000);
    expect(notes()).toHaveLength(1);
    await house.later(24 * 3600_000);
    expect(notes()).toHaveLength(1);
    expect(claimable(), 'no second card').toHaveLength(0);
  },
);

test('one press brings it, whoever presses; then all is in its place', async () => {
  nextThread({ status: 502 });
  const { ticket, say } = await house.customer();
  await house.later(60_000);
  await pressOn(notes()[0]!, 'resend');
  expect(claimable()).toHaveLength(1);
  expect(await house.ticket(ticket)).toMatchObject({ doubts: [], card: { activity: house.card(ticket).id } });
  expect(await cardRows()).toEqual([]);
  const again = await pressOn(notes()[0]!, 'resend');
  expect(wordsOf(again)).toContain('That choice is not there any more');
  await house.press(juris, ticket, 'claim');
  await say('Hello?');
  await house.drain();
  const thread = house.teams.thread(house.card(ticket).conversation).map(({ activity }) => wordsOf(activity));
  expect(thread.filter((text) => text.includes('customer writes'))).toHaveLength(1);
});

test('from the note and from the list it can be looked at, taken and answered before its card is there', async () => {
  nextThread({ status: 502 });
  const { ticket, say, lines } = await house.customer();
  await house.later(60_000);
  const list = await house.command(juris, 'waiting');
  expect(wordsOf(contentOf(list!))).toContain('May not have arrived');
  const shown = await pressOn(notes()[0]!, 'open');
  expect(verbsOf(shown)).toEqual(expect.arrayContaining(['claim', expect.stringMatching(/^resend card:/)]));
  const claim = { ...notes()[0]!, activity: { type: 'message', attachments: [{ content: shown }] } };
  await pressOn(claim, 'claim');
  expect((await house.ticket(ticket)).owner?.name).toBe('Mari Maasikas');
  await say('Vai te kāds ir?');
  await house.drain();
  const alert = house.teams.posts().at(-1)!;
  expect(wordsOf(contentOf(alert))).toContain('Vai te kāds ir?');
  expect(verbsOf(contentOf(alert))).toEqual(['open']);
  await house.teams.write(house.url, mari, alert.conversation, 'Yes, I am here');
  expect((await lines()).at(-1)?.text).toBe('Mari Maasikas: Yes, I am here');
});

test('it had arrived: looking at it is enough to know, and nothing is said', async () => {
  nextThread({ status: 502, arrived: true });
  const { ticket } = await house.customer();
  await house.drain();
  await house.teams.refresh(house.url, juris, claimable()[0]!);
  await house.later(60_000);
  expect(notes()).toHaveLength(0);
  expect(await cardRows()).toEqual([]);
  expect(await house.ticket(ticket)).toMatchObject({ doubts: [], card: { activity: claimable()[0]!.id } });
  await house.press(mari, ticket, 'claim');
  expect(wordsOf(contentOf(house.card(ticket)))).toContain('Mari Maasikas has it');
});

test('somebody looks at the card before Teams has answered for it: no doubt arises', async () => {
  nextThread({ status: 504, arrived: true });
  const { ticket } = await house.customer();
  const looking = expect
    .poll(() => claimable().length)
    .toBe(1)
    .then(() => house.teams.refresh(house.url, juris, claimable()[0]!));
  await looking;
  await house.later(60_000);
  expect(await house.ticket(ticket)).toMatchObject({ doubts: [], card: { activity: claimable()[0]!.id } });
  expect(await cardRows()).toEqual([]);
  expect(notes()).toHaveLength(0);
});

test('a list is not taken for the card of a request that was opened from it', async () => {
  nextThread({ status: 502 });
  const one = await house.customer();
  const list = { ...(await house.command(mari, 'waiting'))!, conversation: `${channel};messageid=1` };
  const shown = await pressOn(list, 'open');
  await pressOn({ ...list, activity: { type: 'message', attachments: [{ content: shown }] } }, 'claim');
  expect(await house.ticket(one.ticket)).toMatchObject({ status: 'claimed' });
  expect((await house.ticket(one.ticket)).card).toBeUndefined();
});

test('somebody has deleted the card: it comes again, and the old thread is still about the request', async () => {
  const { ticket, lines } = await house.customer();
  await house.drain();
  const old = house.card(ticket);
  let gone = true;
  house.teams.answerWith((method, path) =>
    gone && method === 'PUT' && path.endsWith(old.id) ? { status: 404 } : undefined,
  );
  await house.teams.press(house.url, mari, old, 'claim');
  await house.later(1000);
  gone = false;
  expect(house.teams.cards(ticket)).toHaveLength(2);
  expect((await house.ticket(ticket)).card?.activity).toBe(house.card(ticket).id);
  expect(wordsOf(contentOf(house.card(ticket)))).toContain('Mari Maasikas has it');
  await house.teams.write(house.url, mari, old.conversation, 'From the old thread');
  expect((await lines()).at(-1)?.text).toBe('Mari Maasikas: From the old thread');
});

test('nobody takes a request whose card is missing: the channel is told once more, and support by mail', async () => {
  nextThread({ status: 502 });
  const { ticket } = await house.customer();
  await house.later(61_000);
  await house.later(5000);
  const unclaimed = house.teams.posts().filter((post) => wordsOf(contentOf(post)).includes('Nobody has taken'));
  expect(unclaimed.map((post) => verbsOf(contentOf(post)))).toEqual([['open']]);
  expect(house.mails.map(({ subject }) => subject).join()).toContain(ticket);
});
