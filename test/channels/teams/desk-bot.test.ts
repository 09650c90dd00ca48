/** To what the bot says something at all, and where: it hears every word in every channel of its team. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type DeskHouse, openDesk, type Talk } from '../../helpers/desk.ts';
import { channel, contentOf, juris, mari, type Posted, team, tenant, type User, wordsOf } from '../../helpers/teams.ts';
import { texts } from '../../helpers/world.ts';

const guest: User = { id: '29:guest', name: 'Guest', userRole: 'guest' };
const stranger: User = { id: '29:stranger', name: 'Stranger' };
const general = '19:general@thread.tacv2;messageid=1';
const inGeneral = { channelData: { tenant: { id: tenant }, team: { id: team }, channel: { id: '19:general' } } };
const inPerson = {
  conversation: { id: 'a:1', conversationType: 'personal', tenantId: tenant },
  channelData: { tenant: { id: tenant } },
};
/** Where everybody may read along who is not of the team. */
const elsewhere = {
  'a channel of another team': {
    channelData: { tenant: { id: tenant }, team: { id: '19:marketing' }, channel: { id: '19:marketing' } },
  },
  'a group chat': {
    conversation: { id: '19:chat@thread.v2', conversationType: 'groupChat', isGroup: true, tenantId: tenant },
    channelData: { tenant: { id: tenant } },
  },
};

let house: DeskHouse;
let talk: Talk;
beforeEach(async () => {
  house = await openDesk({ members: [mari, juris, guest] });
  talk = await house.customer();
  await house.drain();
});
afterEach(() => house.close());

/** @returns what the bot has said to it */
async function answers(send: () => Promise<unknown>): Promise<string[]> {
  const before = new Set(house.teams.posts().map(({ id }) => id));
  await send();
  await house.drain();
  return house.teams
    .posts()
    .filter(({ id }) => !before.has(id))
    .map((post) => wordsOf(contentOf(post)));
}
const write = (user: User, text: string, where: object = inGeneral) =>
  answers(() => house.teams.write(house.url, user, general, text, where));
const toBot = (user: User, text: string, where: object = inGeneral) =>
  answers(() => house.teams.toBot(house.url, user, general, text, where));
const say = (language: string, key: string) => texts.label(language, `desk:${key}`);

describe.each(texts.languages)('an agent who reads in %s', (language) => {
  beforeEach(() => house.places.setLanguage(mari.id, language));
  const names = Object.keys(texts.file('en', 'desk').commands as object);
  const forms = () =>
    names.flatMap((name) => [
      say(language, `commands.${name}.label`),
      ...texts.accept(language, `desk:commands.${name}.accept`),
    ]);

  test('writes to colleagues, and the words begin like a command: it is none', async () => {
    for (const form of forms()) {
      expect(await write(mari, form), form).toEqual([]);
      expect(await write(mari, `${form} ${talk.ticket}`), form).toEqual([]);
    }
    expect(await write(mari, talk.ticket)).toEqual([]);
    expect(house.places.known()?.channel).toBe(channel);
  });

  test('sets the desk up by just these words, not by a sentence that begins so', async () => {
    const label = say(language, 'commands.setup.label');
    for (const form of [label, ...texts.accept(language, 'desk:commands.setup.accept')]) {
      expect((await toBot(mari, `${form} Canon 12`)).join(), form).toContain(say(language, 'lists.help'));
      expect(house.places.known()?.channel, form).toBe(channel);
    }
    expect((await toBot(mari, `${label}!`)).join()).toContain(say(language, 'setup.done'));
    expect(house.places.known()?.channel).toBe('19:general');
  });

  test.each(Object.entries(elsewhere))('gets no list, no talk and no request in %s', async (_, where) => {
    const commands = ['waiting', 'mine', 'help', 'setup'].map((name) => say(language, `commands.${name}.label`));
    const history = `${say(language, 'commands.history.label')} ${talk.ticket}`;
    for (const text of [...commands, history, `${say(language, 'commands.search.label')} photo`, talk.ticket]) {
      const [said = '', ...more] = await toBot(mari, text, where);
      expect(said, text).toBe(texts.label('en', 'desk:refused.elsewhere'));
      expect(more).toEqual([]);
      expect(await write(mari, text, where), `${text}, not to the bot`).toEqual([]);
    }
    expect(house.places.known()?.channel).toBe(channel);
  });
});

test.each(Object.entries(elsewhere))('a button in %s shows nothing, and does nothing', async (_, where) => {
  const press = async (post: Posted, verb: string, inputs: object = {}) =>
    wordsOf((await house.teams.press(house.url, juris, post, verb, inputs, where)).body.value);
  const help = (await house.command(mari, 'help'))!;
  for (const verb of ['waiting', 'mine']) expect(await press(help, verb)).toBe(say('en', 'refused.elsewhere'));
  expect(await press(help, 'search', { words: 'photo' })).toBe(say('en', 'refused.elsewhere'));
  for (const verb of ['claim', 'history'])
    expect(await press(house.card(talk.ticket), verb)).toBe(say('en', 'refused.elsewhere'));
  const value = { desk: house.seal.put({ verb: 'history', ticket: talk.ticket, revision: 0 }) };
  expect(await write(juris, '', { ...where, text: undefined, value })).toEqual([say('en', 'refused.elsewhere')]);
  expect(await house.ticket(talk.ticket)).toMatchObject({ status: 'waiting', revision: 0 });
});

test('in person everything is shown that is shown in the channel', async () => {
  expect((await write(juris, 'waiting', inPerson)).join()).toContain('Photo Ltd');
  expect((await write(juris, `history ${talk.ticket}`, inPerson)).join()).toContain('Photo Ltd');
});

test.each([guest, stranger])('$name is not answered who talks to others, only who turns to the bot', async (user) => {
  const asked = house.teams.requests.length;
  expect(await write(user, 'hi all')).toEqual([]);
  expect(await write(user, 'waiting', {})).toEqual([]);
  expect(house.teams.requests.slice(asked), 'nobody is asked about them').toEqual([]);
  expect(house.logged).toEqual([]);
  expect(await toBot(user, 'waiting')).toEqual([say('en', 'refused.notMember')]);
  expect(await write(user, 'hello', inPerson)).toEqual([say('en', 'refused.notHere')]);
});

describe('with the roster away', () => {
  beforeEach(async () => {
    await house.press(mari, talk.ticket, 'claim');
    await house.later(6 * 60_000);
    house.teams.answerWith((_, path) => (/members/.test(path) ? { status: 500 } : undefined));
  });

  test('who talks to others is not disturbed', async () => {
    for (const user of [mari, juris, stranger]) expect(await write(user, 'good morning')).toEqual([]);
    expect(await toBot(juris, 'waiting')).toEqual([say('en', 'refused.failed')]);
  });

  test('an owner hears that the answer in the thread did not go out', async () => {
    const { conversation } = house.card(talk.ticket);
    const inThread = (user: User) =>
      answers(() => house.teams.write(house.url, user, conversation, 'Please press the blue button'));
    expect(await inThread(mari)).toEqual([say('en', 'refused.failed')]);
    expect(await inThread(juris)).toEqual([]);
    expect((await talk.lines()).at(-1)?.text).not.toContain('blue button');
  });
});
