/** What is written into a request's thread: what goes to the customer, what stays in the team, and that the writer knows which. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type DeskHouse, openDesk, type Talk } from '../../helpers/desk.ts';
import { contentOf, juris, mari, team, tenant, type User, wordsOf } from '../../helpers/teams.ts';
import { texts } from '../../helpers/world.ts';

const bot: User = { id: '28:bot', name: 'CPS' };
const at = ({ name }: User) => `<at>${name}</at>`;
const mentioning = (...users: User[]) => ({
  entities: users.map((user) => ({ type: 'mention', mentioned: user, text: at(user) })),
});
const html = (content: string) => ({ attachments: [{ contentType: 'text/html', content }] });
/** As Teams tells of what people add to their words. */
const files = {
  'a picture': { attachments: [{ contentType: 'image/png', contentUrl: 'https://files.example/a.png' }] },
  'a file': {
    attachments: [{ contentType: 'application/vnd.microsoft.teams.file.download.info', name: 'guide.pdf' }],
  },
  'a file of the channel': html('<p>see</p><attachment id="8d1b"></attachment>'),
  'a picture among the words': html('<p>see <img src="https://files.example/a.png" width="20"></p>'),
};
const noFiles = {
  'formatted words': html('<p>see <b>this</b></p>'),
  'an emoji': html('<p>see <img itemtype="http://schema.skype.com/Emoji" src="https://emoji.example/1"></p>'),
  'a link that Teams shows': {
    attachments: [{ contentType: 'application/vnd.microsoft.card.thumbnail', content: {} }],
  },
};

let house: DeskHouse;
let talk: Talk;
let thread: string;
beforeEach(async () => {
  house = await openDesk();
  talk = await house.customer();
  await house.drain();
  thread = house.card(talk.ticket).conversation;
});
afterEach(() => house.close());

/** @returns what the bot has said to it, and what the customer got */
async function write(user: User, text: string, more: object = {}) {
  const [posts, lines] = [house.teams.posts().length, (await talk.lines()).length];
  await house.teams.write(house.url, user, thread, text, more);
  await house.later(2000);
  const customer = (await talk.lines()).slice(lines).map((line) => line.text);
  return {
    said: house.teams
      .posts()
      .slice(posts)
      .map((post) => wordsOf(contentOf(post))),
    customer,
  };
}
const notes = async () =>
  (await house.ticket(talk.ticket)).messages.filter(({ from }) => from === 'note').map(({ text }) => text);

describe.each(texts.languages)('an owner who reads in %s', (language) => {
  const line = (key: string) => texts.label(language, `desk:inThread.${key}`);
  beforeEach(async () => {
    await house.places.setLanguage(mari.id, language);
    await house.press(mari, talk.ticket, 'claim');
  });

  test('asks the bot and a colleague: it stays in the team, and that is said', async () => {
    const words = `${at(bot)} ${at(juris)} this customer is a crook, what do you think?`;
    expect(await write(mari, words, mentioning(bot, juris))).toEqual({ said: [line('kept')], customer: [] });
    const onlyColleague = `${at(juris)} what do you think?`;
    expect(await write(mari, onlyColleague, mentioning(juris))).toEqual({ said: [], customer: [] });
    const toBot = await write(mari, `${at(bot)} Hello`, mentioning(bot));
    expect(toBot).toEqual({ said: [], customer: ['Mari Maasikas: Hello'] });
  });

  test('leaves a note in whatever spelling: it is noted, and that is said', async () => {
    const heading = (texts.file(language, 'desk').prefixes as { note: string[] }).note[0]!;
    for (const form of ['%: he is rude', '%：he is rude', '% - he is rude', '**%:** he is rude'])
      expect(await write(mari, form.replace('%', heading.toUpperCase())), form).toEqual({
        said: [line('noted')],
        customer: [],
      });
    expect(await notes()).toEqual(Array(4).fill('he is rude'));
    expect(await write(mari, `${heading}:`)).toEqual({
      said: [texts.label(language, 'desk:refused.empty')],
      customer: [],
    });
  });

  test('adds a picture to the words, or sends nothing but that', async () => {
    const picture = files['a picture'];
    expect(await write(mari, 'see', picture)).toEqual({
      said: [line('withoutFile')],
      customer: ['Mari Maasikas: see'],
    });
    expect(await write(mari, '', picture)).toEqual({ said: [line('onlyFile')], customer: [] });
  });

  test('changes or deletes what was sent: the customer keeps it, and that is said', async () => {
    await write(mari, 'The button is blue', { id: 'one' });
    for (const type of ['messageUpdate', 'messageDelete'])
      expect(await write(mari, 'The button is green', { type, id: 'one' })).toEqual({
        said: [line('changed')],
        customer: [],
      });
    expect((await house.ticket(talk.ticket)).messages.at(-1)?.text).toBe('The button is blue');
  });
});

describe('what else Teams tells of', () => {
  beforeEach(() => house.press(mari, talk.ticket, 'claim'));

  test.each(Object.entries(files))('%s: that it was not sent is said', async (_, file) => {
    const { said, customer } = await write(mari, 'see', file);
    expect([said, customer]).toEqual([[texts.label('en', 'desk:inThread.withoutFile')], ['Mari Maasikas: see']]);
  });

  test.each(Object.entries(noFiles))('%s: nothing is missing, nothing is said', async (_, more) => {
    expect(await write(mari, 'see', more)).toEqual({ said: [], customer: ['Mari Maasikas: see'] });
  });
});

test('a colleague’s note that is changed stays as it was; what was said among colleagues is nobody’s matter', async () => {
  await house.press(mari, talk.ticket, 'claim');
  await write(juris, 'note: seen before', { id: 'note' });
  await write(juris, 'I would tell them …', { id: 'words' });
  const change = { type: 'messageUpdate' };
  expect((await write(juris, 'note: never seen', { ...change, id: 'note' })).said).toHaveLength(1);
  expect(await notes()).toEqual(['seen before']);
  expect(await write(juris, 'I would not', { ...change, id: 'words' })).toEqual({ said: [], customer: [] });
  const toColleague = { ...change, ...mentioning(juris), id: 'asked' };
  expect(await write(mari, `${at(juris)} hm`, toColleague)).toEqual({ said: [], customer: [] });
  const inPerson = { conversation: { id: 'a:1', conversationType: 'personal' }, channelData: {} };
  expect((await write(mari, 'waiting', { ...change, ...inPerson })).said).toEqual([]);
});

test.each(texts.languages)(
  'nobody has taken it: whoever writes in %s there hears that it must be taken first',
  async (language) => {
    await house.places.setLanguage(juris.id, language);
    const why = texts.label(language, 'desk:refused.notTaken');
    expect(await write(juris, 'Dear customer, press the blue button')).toEqual({ said: [why], customer: [] });
    expect(await write(juris, '', files['a picture'])).toEqual({ said: [why], customer: [] });
    expect(await write(juris, `${at(mari)} yours?`, mentioning(mari))).toEqual({ said: [], customer: [] });
    await house.press(juris, talk.ticket, 'claim');
    await house.press(juris, talk.ticket, 'close', { cause: 'answered', verdict: 'right' });
    expect((await write(juris, 'One more thing')).said).toEqual([texts.label(language, 'desk:refused.closed')]);
    expect((await write(mari, 'Well done')).said).toEqual([]);
  },
);

test('an owner whose team the desk is no longer hears that nothing goes out from the old thread', async () => {
  await house.press(mari, talk.ticket, 'claim');
  const { channelData } = {
    channelData: { tenant: { id: tenant }, team: { id: `${team}-old` }, channel: { id: 'old' } },
  };
  expect(await write(mari, 'Hello?', { channelData })).toEqual({
    said: [texts.label('en', 'desk:refused.elsewhere')],
    customer: [],
  });
});
