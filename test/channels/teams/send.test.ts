/** What goes to Teams, with a connector that answers as it is told. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type DeskHouse, openDesk } from '../../helpers/desk.ts';
import { channel, contentOf, juris, mari, startTeams, verbsOf, wordsOf } from '../../helpers/teams.ts';
import { texts } from '../../helpers/world.ts';

let house: DeskHouse;
beforeEach(async () => {
  house = await openDesk();
});
afterEach(() => house.close());

const isNew = (method: string, path: string) => method === 'POST' && path.endsWith('/v3/conversations');
const isPost = (method: string, path: string) => method === 'POST' && /;messageid=\d+\/activities/.test(path);
const isUpdate = (method: string) => method === 'PUT';
/** Answers so to the first of these requests only. */
function once(
  which: (method: string, path: string) => boolean,
  told: ReturnType<Parameters<typeof house.teams.answerWith>[0]>,
) {
  let first = true;
  house.teams.answerWith((method, path) => {
    if (!first || !which(method, path)) return undefined;
    first = false;
    return told;
  });
}
const cardRow = async () => (await house.rows()).find(({ id }) => id.startsWith('card:'));

test('429: waits as long as it is told, then posts the card once', async () => {
  once(isNew, { status: 429, headers: { 'retry-after': '30' } });
  const { ticket } = await house.customer();
  await house.drain();
  expect((await cardRow())?.dueAt).toBe(house.clock.now + 30_000);
  await house.later(29_000);
  expect(house.teams.cards(ticket)).toHaveLength(0);
  await house.later(2_000);
  expect(house.teams.cards(ticket)).toHaveLength(1);
});

test('429 in a thread: what comes later stays behind it, and other requests go on', async () => {
  const [one, other] = [await house.customer(), await house.customer()];
  await house.drain();
  for (const { ticket } of [one, other]) await house.press(mari, ticket, 'claim');
  await house.later(2000);
  const thread = house.card(one.ticket).conversation;
  house.teams.answerWith((method, path) =>
    isPost(method, path) && path.includes(thread) ? { status: 429, headers: { 'retry-after': '20' } } : undefined,
  );
  const words = ['first', 'second', 'third'];
  for (const text of words) await one.say(text);
  await other.say('elsewhere');
  await house.drain();
  const posts = (of: string) =>
    house.teams.thread(house.card(of).conversation).map(({ activity }) => wordsOf(activity));
  expect(
    posts(other.ticket).filter((text) => text.includes('elsewhere') && text.includes('customer writes')),
  ).toHaveLength(1);
  expect(posts(one.ticket).filter((text) => text.includes('customer writes'))).toEqual([]);
  house.teams.answerWith(() => undefined);
  await house.later(20_000);
  await house.later(2_000);
  const said = posts(one.ticket).filter((text) => text.includes('customer writes'));
  expect(said.map((text) => words.find((word) => text.includes(word)))).toEqual(words);
});

test.each([412, 429])('%i on an update: the card gets its newest state later', async (status) => {
  const { ticket } = await house.customer();
  await house.drain();
  once(isUpdate, { status });
  await house.press(mari, ticket, 'claim');
  await house.later(5000);
  expect(wordsOf(contentOf(house.card(ticket)))).toContain('Mari Maasikas has it');
});

test.each([502, 504])('%i on an update, which may be repeated: repeated', async (status) => {
  const { ticket } = await house.customer();
  await house.drain();
  // Taken all the same the one time, lost the other: nobody can know which.
  once(isUpdate, { status, ...(status === 502 ? { arrived: true } : {}) });
  await house.press(mari, ticket, 'claim');
  await house.later(5000);
  expect(wordsOf(contentOf(house.card(ticket)))).toContain('Mari Maasikas has it');
  expect((await house.ticket(ticket)).doubts).toEqual([]);
});

test.each([502, 504])(
  '%i on a message into the thread: not sent again by itself, but by one press of the owner',
  async (status) => {
    const { ticket, say } = await house.customer();
    await house.drain();
    await house.press(mari, ticket, 'claim');
    await house.later(2000);
    once(isPost, { status });
    await say('Are you there?');
    await house.later(3600_000);
    const copies = () =>
      house.teams
        .thread(house.card(ticket).conversation)
        .filter(({ activity }) => wordsOf(activity).includes('writes: Are you')).length;
    expect(copies()).toBe(0);
    const card = contentOf(house.card(ticket));
    expect(wordsOf(card)).toContain('May not have arrived');
    const { body } = await house.teams.refresh(house.url, juris, house.card(ticket));
    expect(verbsOf(body.value!).join(), 'not for a colleague to press').not.toContain('resend');
    await house.press(mari, ticket, 'resend');
    await house.later(2000);
    expect(copies()).toBe(1);
    expect(wordsOf(contentOf(house.card(ticket)))).not.toContain('May not have arrived');
  },
);

test('403: the desk stops and says so, and requests go by mail', async () => {
  house.teams.answerWith((method, path) =>
    isNew(method, path) ? { status: 403, body: { error: { code: 'BotNotInConversationRoster' } } } : undefined,
  );
  await house.customer();
  await house.drain();
  expect(house.places.known()?.stopped?.reason).toBe('403');
  expect(house.mails, 'of its opening, and that no desk has it').toHaveLength(2);
  const asked = house.teams.requests.length;
  await house.customer();
  await house.drain();
  expect(house.mails, 'later ones go by mail alone').toHaveLength(3);
  expect(house.teams.requests.length, 'and Teams is left alone').toBe(asked);
  house.teams.answerWith(() => undefined);
  await house.command(mari, 'set up desk');
  expect(house.places.known()?.stopped).toBeUndefined();
  expect(house.teams.posts().filter((post) => verbsOf(contentOf(post)).includes('claim'))).toHaveLength(2);
});

test('an agent’s answer that may not have reached the customer’s channel: said so, and one press sends it again', async () => {
  const { ticket, conversation } = await house.customer('en', true);
  await house.drain();
  await house.press(mari, ticket, 'claim');
  const answers = () =>
    house.teams.thread(conversation).filter(({ activity }) => activity.text === 'Mari Maasikas: Hello').length;
  once((method, path) => method === 'POST' && path.includes(`/${conversation}/`), { status: 504 });
  await house.press(mari, ticket, 'answer', { text: 'Hello' });
  await house.later(1000);
  expect(answers()).toBe(0);
  expect((await house.ticket(ticket)).messages.at(-1)).toMatchObject({ delivery: 'uncertain', reason: '504' });
  expect(wordsOf(contentOf(house.card(ticket)))).toContain('uncertain whether it arrived');
  await house.press(mari, ticket, 'resend');
  await house.later(2000);
  expect(answers()).toBe(1);
  expect(await house.ticket(ticket)).toMatchObject({ doubts: [] });
  expect((await house.ticket(ticket)).messages.at(-1)).toMatchObject({ text: 'Hello', delivery: 'delivered' });
  expect((await house.rows()).filter(({ state }) => state === 'uncertain')).toEqual([]);
});

describe.each(texts.languages)('an agent who reads in %s', (language) => {
  test.each([
    [403, 'failed', 'refused'],
    [404, 'failed', 'gone'],
    [502, 'uncertain', 'fault'],
  ])('sees why an answer did not arrive: %i', async (status, delivery, reason) => {
    await house.places.setLanguage(mari.id, language);
    const { ticket, conversation } = await house.customer('en', true);
    await house.drain();
    await house.press(mari, ticket, 'claim');
    once((method, path) => method === 'POST' && path.includes(`/${conversation}/`), { status });
    await house.press(mari, ticket, 'answer', { text: 'Hello' });
    await house.later(1000);
    const label = (key: string) => texts.label(language, `desk:card.${key}`);
    const why = `${label(`reasons.${reason}`)} (${status})`;
    const words = wordsOf(contentOf(house.card(ticket)));
    expect(words).toContain(`Hello  (${label(`delivery.${delivery}`)}: ${why})`);
    expect(words, 'and beside the button that sends it again').toContain(`Hello (${why})`);
    await house.press(mari, ticket, 'resend');
    await house.later(2000);
    expect(wordsOf(contentOf(house.card(ticket)))).not.toContain(why);
  });
});

test('a service address that Teams has changed is taken over, and only from somebody of the team', async () => {
  const { ticket } = await house.customer();
  await house.drain();
  const moved = await startTeams();
  await house.teams.write(house.url, { id: '29:stranger', name: 'Stranger' }, channel, 'hi', { serviceUrl: moved.url });
  expect(house.places.known()?.serviceUrl).toBe(house.teams.url);
  await house.press(mari, ticket, 'claim', {}, { serviceUrl: moved.url });
  expect(house.places.known()?.serviceUrl).toBe(moved.url);
  expect((await house.places.read())?.serviceUrl).toBe(moved.url);
  const sent = moved.requests.flatMap(({ method }) => (method === 'GET' ? [] : [method]));
  expect(sent, 'what is said in the thread, and the card').toEqual(['POST', 'PUT']);
  await moved.close();
});

test('Teams hangs: given up after a while, in doubt, and the desk goes on', async () => {
  await house.close();
  house = await openDesk({ patience: 100 });
  once(isNew, 'hang');
  const { ticket } = await house.customer();
  await house.drain();
  expect(await cardRow()).toMatchObject({ state: 'uncertain', reason: 'TimeoutError' });
  const other = await house.customer();
  await house.drain();
  expect(house.teams.cards(ticket)).toHaveLength(0);
  expect(house.teams.cards(other.ticket)).toHaveLength(1);
});

test('a connector that hangs holds up its own ticket only', async () => {
  once(isNew, 'hang');
  await house.customer();
  const { ticket } = await house.customer();
  await expect.poll(() => house.teams.cards(ticket).length, { timeout: 5000 }).toBe(1);
});

test('a burst: never more than 7 in a second nor 60 in 30 seconds into one thread, in order, and none is lost', async () => {
  const { ticket, say } = await house.customer();
  await house.drain();
  await house.press(mari, ticket, 'claim');
  await house.later(60_000);
  const at: number[] = [];
  house.teams.answerWith((method, path) => {
    if (isPost(method, path) || isUpdate(method)) at.push(house.clock.now);
    return undefined;
  });
  const words = Array.from({ length: 70 }, (_, i) => `word-${i}-`);
  for (const text of words) await say(text);
  for (let step = 0; step < 800 && (await house.rows()).some(({ kind }) => kind.startsWith('teams')); step++)
    await house.later(200);
  const within = (ms: number) =>
    Math.max(...at.map((first) => at.filter((one) => one >= first && one < first + ms).length));
  expect(within(1000)).toBeLessThanOrEqual(7);
  expect(within(30_000)).toBeLessThanOrEqual(60);
  const said = house.teams.thread(house.card(ticket).conversation).map(({ activity }) => wordsOf(activity));
  const posts = said.filter((text) => text.includes('customer writes'));
  expect(posts.map((text) => /word-\d+-/.exec(text)?.[0])).toEqual(words);
  expect(wordsOf(contentOf(house.card(ticket)))).toContain('word-69-');
});

test('nobody takes it: said once in the thread, in the chat, and to support by mail', async () => {
  const { ticket, lines } = await house.customer();
  await house.drain();
  await house.later(61_000);
  expect(house.mails, 'of its opening, and that it waits').toHaveLength(2);
  expect((await lines()).filter(({ channelData }) => channelData?.support?.node === 'handoff.unclaimed')).toHaveLength(
    1,
  );
  await house.later(3600_000);
  expect(house.mails).toHaveLength(2);
  const said = house.teams.thread(house.card(ticket).conversation).map(({ activity }) => wordsOf(activity));
  expect(said.filter((text) => text.includes('Nobody has taken'))).toHaveLength(1);
});

test('the talk by mail is sent once, up to where it was asked for', async () => {
  const { ticket, say } = await house.customer();
  await house.drain();
  await house.press(mari, ticket, 'claim');
  await house.press(mari, ticket, 'answer', { text: 'Hello' });
  await say('Send me the transcript');
  await house.drain();
  expect(house.mails.map(({ subject }) => subject)).toEqual([
    expect.stringMatching(/^CPS request /),
    expect.stringMatching(/^Our talk about request /),
  ]);
});
