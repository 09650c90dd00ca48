/** What the bot has shown to agents who asked for it: when its customer wants to be forgotten, it goes with the cards. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { keepShown, requestsOn } from '../../../src/channels/teams/shown.ts';
import { type DeskHouse, openDesk, type Talk } from '../../helpers/desk.ts';
import { contentOf, mari, type Posted, tenant, wordsOf } from '../../helpers/teams.ts';
import { texts } from '../../helpers/world.ts';

let house: DeskHouse;
beforeEach(async () => {
  house = await openDesk();
});
afterEach(() => house.close());

const inPerson = { conversation: { id: 'a:mari', conversationType: 'personal', tenantId: tenant } };
const words = (post: Posted) => wordsOf(contentOf(house.teams.posts().find(({ id }) => id === post.id)!));
const isEmptied = (post: Posted) => words(post) === texts.label('en', 'desk:emptied');
const notes = async () => (await Array.fromAsync(house.store.scan('shown'))).map(({ value }) => value);
async function forget({ say, conversation }: Talk) {
  await say('Delete my data');
  await say('me@example.com');
  await house.later(20_000);
  expect((await house.store.read([`conversation/${conversation}`]))[0]?.value).toHaveProperty('erased');
}

describe.each(texts.languages)('an agent who reads in %s has asked for', (language) => {
  const label = (name: string) => texts.label(language, `desk:commands.${name}.label`);
  let talk: Talk;
  beforeEach(async () => {
    await house.places.setLanguage(mari.id, language);
    talk = await house.customer();
    await house.drain();
  });

  test.each([
    ['in the channel', {}],
    ['in person', inPerson],
  ])('lists, a history and a request %s: nothing of them is left', async (_, where) => {
    const waiting = await house.command(mari, label('waiting'), where);
    await house.press(mari, talk.ticket, 'claim');
    const asked = [label('mine'), `${label('search')} photo`, `${label('history')} ${talk.ticket}`, talk.ticket];
    const answers = [waiting!];
    for (const text of asked) answers.push((await house.command(mari, text, where))!);
    for (const one of answers) expect(words(one)).toContain('Photo Ltd');
    const help = (await house.command(mari, label('help'), where))!;
    await forget(talk);
    expect(answers.filter((one) => !isEmptied(one)).map(words)).toEqual([]);
    expect(isEmptied(help), 'in which nothing stood').toBe(false);
    const left = JSON.stringify(house.teams.posts().filter(({ id }) => id !== help.id));
    for (const own of ['Photo Ltd', 'me@example.com', talk.ticket]) expect(left).not.toContain(own);
    expect(await notes()).toEqual([]);
  });
});

test('in the request’s own thread too; what was said about others stays, but for lists in which both stood', async () => {
  const [one, other] = [await house.customer(), await house.customer()];
  await house.drain();
  const { conversation } = house.card(one.ticket);
  await house.teams.toBot(house.url, mari, conversation, 'history');
  const inThread = house.teams.thread(conversation).at(-1)!;
  const both = (await house.command(mari, 'waiting'))!;
  const own = (await house.command(mari, `history ${other.ticket}`))!;
  await forget(one);
  expect([inThread, both, own].map(isEmptied)).toEqual([true, true, false]);
  expect(await notes()).toMatchObject([{ tickets: [other.ticket], activity: own.id }]);
  await forget(other);
  expect(isEmptied(own)).toBe(true);
});

test('by a button: where lists were shown in place of help, it goes; a press on a request’s card notes nothing', async () => {
  const talk = await house.customer();
  await house.drain();
  await house.press(mari, talk.ticket, 'claim');
  await house.press(mari, talk.ticket, 'history');
  expect(await notes()).toEqual([]);
  const help = (await house.command(mari, 'help'))!;
  await house.teams.press(house.url, mari, help, 'search', { words: 'photo' });
  await house.teams.press(house.url, mari, help, 'mine');
  expect(await notes()).toMatchObject([{ tickets: [talk.ticket], activity: help.id }]);
  await forget(talk);
  expect(isEmptied(help)).toBe(true);
});

test('a client without buttons of the newer kind gets what it presses as a message, which goes too', async () => {
  const talk = await house.customer();
  await house.drain();
  const value = { desk: house.seal.put({ verb: 'history', ticket: talk.ticket, revision: 0 }) };
  const history = (await house.command(mari, '', { text: undefined, entities: [], value }))!;
  expect(words(history)).toContain('Photo Ltd');
  await forget(talk);
  expect(isEmptied(history)).toBe(true);
});

test('an answer that reaches Teams when its customer is forgotten already is emptied at once', async () => {
  const talk = await house.customer();
  await house.drain();
  const list = (await house.command(mari, 'waiting'))!;
  expect(requestsOn(contentOf(list) as never)).toEqual([talk.ticket]);
  await forget(talk);
  const late = { serviceUrl: house.teams.url, conversation: list.conversation, activity: list.id };
  const updates = () => house.teams.posts().find(({ id }) => id === list.id)!.updates;
  const before = updates();
  await Promise.all([1, 2].map(() => keepShown(late, [talk.ticket], house.store)));
  await house.drain();
  expect(updates()).toBeGreaterThan(before);
});

test('what is noted of one message has an end: the requests that were shown there last', async () => {
  const post = { serviceUrl: house.teams.url, conversation: 'a:mari', activity: '1' };
  const numbers = Array.from({ length: 130 }, (_, i) => `K7F3-${100 + i}`);
  await house.store.commit({ docs: numbers.map((id) => ({ key: `ticket/${id}`, version: 0, value: {} })) });
  for (let at = 0; at < numbers.length; at += 10) await keepShown(post, numbers.slice(at, at + 10), house.store);
  const [note, ...more] = (await notes()) as { tickets: string[] }[];
  expect(more).toEqual([]);
  expect(note?.tickets.toSorted()).toEqual(numbers.slice(30));
});
