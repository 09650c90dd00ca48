/** What an agent does with a request, and what the customer and the colleagues see of it. */

import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { handleOf } from '../../../src/channels/teams/offered.ts';
import { type DeskHouse, openDesk, type Talk } from '../../helpers/desk.ts';
import { channel, contentOf, juris, mari, type User, verbsOf, wordsOf } from '../../helpers/teams.ts';
import { texts } from '../../helpers/world.ts';

const anna: User = { id: '29:anna', name: 'Anna', userRole: 'user' };
let house: DeskHouse;
let talk: Talk;
async function open(language = 'en') {
  talk = await house.customer(language);
  await house.drain();
}
beforeEach(async () => {
  house = await openDesk();
});
afterEach(() => house.close());

const press = (user: User, verb: string, inputs: object = {}) => house.press(user, talk.ticket, verb, inputs);
const speaks = (user: User, language: string) => house.places.setLanguage(user.id, language);
const cardWords = () => wordsOf(contentOf(house.card(talk.ticket)));
/** The card as this agent's client fetches it. */
async function cardOf(user: User) {
  const { body } = await house.teams.refresh(house.url, user, house.card(talk.ticket));
  return body.value!;
}
const thread = () => house.teams.thread(house.card(talk.ticket).conversation).slice(1);
const inThread = (user: User, text: string, more: object = {}) =>
  house.teams.write(house.url, user, house.card(talk.ticket).conversation, text, more).then(house.drain);
/** What the customer was shown last, by node of the hand-off. */
async function shown(count = 1) {
  const lines = await talk.lines();
  return lines.slice(-count).map(({ channelData }) => channelData?.support?.node);
}
const lastWords = async () => (await talk.lines()).at(-1)?.text ?? '';
const alerts = (user: User) =>
  thread().filter(({ activity }) => JSON.stringify(activity).includes(`"mentioned":{"id":"${user.id}"`)).length;

test('two claim at once: one has it, the other is told who, the customer is told of one', async () => {
  await open();
  const card = house.card(talk.ticket);
  const said = await Promise.all(
    [mari, juris].map(async (user) => wordsOf((await house.teams.press(house.url, user, card, 'claim')).body.value)),
  );
  const { owner } = await house.ticket(talk.ticket);
  expect(said.filter((words) => words.startsWith(`${owner!.name} has it already`))).toHaveLength(1);
  expect(
    (await talk.lines()).filter(({ channelData }) => channelData?.support?.node === 'handoff.joined'),
  ).toHaveLength(1);
});

test('the owner is away: once the customer has waited too long a colleague takes over, and all are told', async () => {
  await house.close();
  house = await openDesk({ members: [mari, juris, anna] });
  await open();
  await press(mari, 'claim');
  await talk.say('Are you there?');
  await house.drain();
  expect(verbsOf(await cardOf(juris))).not.toContain('takeOver');
  await house.later(61_000);
  expect(
    thread()
      .map(({ activity }) => wordsOf(activity))
      .at(-1),
  ).toContain('A colleague may take it over');
  const card = await cardOf(juris);
  const post = { ...house.card(talk.ticket), activity: { type: 'message', attachments: [{ content: card }] } };
  await house.teams.press(house.url, juris, post, 'takeOver');
  await house.drain();
  expect(await house.ticket(talk.ticket)).toMatchObject({ status: 'claimed', owner: { id: juris.id } });
  expect(await lastWords()).toContain('Juris Ozols');
  expect(alerts(mari), 'reminded, and told that it is taken over').toBeGreaterThanOrEqual(2);
  expect(cardWords()).toContain('Juris Ozols has it');
  await inThread(mari, 'Too late?');
  expect(await lastWords()).not.toContain('Too late?');
  await inThread(juris, 'I am here');
  expect(await lastWords()).toBe('Juris Ozols: I am here');
  const said = (await talk.lines()).map(({ channelData }) => channelData?.support?.node);
  expect(said.slice(-3), 'the customer knows who has left').toEqual([
    'handoff.left',
    'handoff.joined',
    'handoff.answer',
  ]);
  await talk.say('Are you there too?');
  await house.drain();
  expect(verbsOf(await cardOf(anna)), 'the new owner has their time').not.toContain('takeOver');
  await house.later(61_000);
  expect(verbsOf(await cardOf(anna)), 'and is reminded').toContain('takeOver');
});

test('an owner who has answered and is not there any more keeps nothing for ever', async () => {
  await open();
  await press(juris, 'claim');
  await press(juris, 'answer', { text: 'one moment' });
  await house.later(50_000);
  expect(verbsOf(await cardOf(mari))).not.toContain('takeOver');
  await house.later(24 * 3600_000);
  expect(verbsOf(await cardOf(mari))).toContain('takeOver');
});

test('whoever has left the team can be taken over from at once', async () => {
  await house.close();
  const members = [mari, juris];
  house = await openDesk({ members, settings: { unclaimedAfter: 24 * 3600_000 } });
  await open();
  await press(juris, 'claim');
  // The roster is asked again after a while.
  await house.later(6 * 60_000);
  expect(verbsOf(await cardOf(mari))).not.toContain('takeOver');
  house.teams.members.splice(house.teams.members.indexOf(juris), 1);
  await house.later(6 * 60_000);
  const card = await cardOf(mari);
  const post = { ...house.card(talk.ticket), activity: { type: 'message', attachments: [{ content: card }] } };
  await house.teams.press(house.url, mari, post, 'takeOver');
  expect((await house.ticket(talk.ticket)).owner?.id).toBe(mari.id);
});

test('one request of a customer at a time: an earlier one is not opened again meanwhile', async () => {
  await open();
  await press(mari, 'claim');
  await press(mari, 'close', { cause: 'answered', verdict: 'right' });
  await talk.say('It was good');
  for (const text of ['Talk to a human', '10', 'another thing', 'Photo Ltd', 'me@example.com', '1', '1'])
    await talk.say(text);
  const first = talk.ticket;
  const numbers = [...JSON.stringify(await talk.lines()).matchAll(/"ticket":"([^"]+)"/g)].map(([, id]) => id!);
  const second = numbers.find((id) => id !== first)!;
  await house.drain();
  await house.press(juris, second, 'claim');
  expect(await house.press(mari, first, 'reopen')).toContain(`The customer has another request open, ${second}.`);
  await talk.say('for Juris');
  await house.drain();
  expect(await house.ticket(first)).toMatchObject({ status: 'closed', messages: [] });
  expect((await house.ticket(second)).messages.map(({ text }) => text)).toEqual(['for Juris']);
  await house.press(juris, second, 'close', { cause: 'answered', verdict: 'right' });
  expect(await house.press(mari, first, 'reopen'), 'now it can be').not.toContain('request open');
  expect((await house.ticket(first)).status).toBe('claimed');
});

test('handed over: the colleague is alerted, the card is in their language, the customer knows who is there', async () => {
  await speaks(juris, 'lv');
  await open('en');
  await press(mari, 'claim');
  expect(cardWords()).toContain('Mari Maasikas has it');
  await press(mari, 'handOver', { to: handleOf(juris) });
  expect(await house.ticket(talk.ticket)).toMatchObject({ owner: { id: juris.id, language: 'lv' } });
  expect(cardWords()).toContain('Atbild Juris Ozols');
  expect(alerts(juris)).toBe(1);
  expect(await shown(2)).toEqual(['handoff.left', 'handoff.joined']);
  expect(await lastWords()).toContain(texts.label('en', 'bot:handoff.writesIn').split('{{')[0]);
  await talk.say('And now?');
  await house.drain();
  expect(alerts(juris)).toBe(2);
});

test('given back: it waits again, for anybody, and nobody’s words reach the customer meanwhile', async () => {
  await open();
  await press(mari, 'claim');
  await press(mari, 'release');
  expect(await house.ticket(talk.ticket)).toMatchObject({ status: 'waiting' });
  expect(await shown()).toEqual(['handoff.left']);
  expect(verbsOf(contentOf(house.card(talk.ticket)))).toEqual(['claim', 'note', 'history']);
  await inThread(mari, 'still here');
  expect(await shown()).toEqual(['handoff.left']);
  await house.later(61_000);
  expect(await shown()).toEqual(['handoff.unclaimed']);
  await press(juris, 'claim');
  expect(await shown()).toEqual(['handoff.joined']);
});

test('words in the thread: the owner’s go to the customer, others’ and those to a colleague do not', async () => {
  await open();
  await press(mari, 'claim');
  await inThread(mari, '<at>CPS</at>&nbsp;Is 2 &lt; 3?');
  expect(await lastWords()).toBe('Mari Maasikas: Is 2 < 3?');
  const before = (await talk.lines()).length;
  await inThread(juris, 'I would tell them …');
  const mention = [{ type: 'mention', mentioned: juris, text: '<at>Juris Ozols</at>' }];
  await inThread(mari, '<at>Juris Ozols</at> what do you think?', { entities: mention });
  await inThread(juris, 'note: seen this before');
  expect((await talk.lines()).length).toBe(before);
  expect(cardWords()).toContain('seen this before');
  expect(cardWords()).toContain('not shown to the customer');
});

test('an answer to the bot’s name that begins like a command is an answer; the bare command is one', async () => {
  await open();
  await press(mari, 'claim');
  const { conversation } = house.card(talk.ticket);
  await house.teams.toBot(house.url, mari, conversation, 'Help is on its way.');
  expect(await lastWords()).toBe('Mari Maasikas: Help is on its way.');
  await house.teams.toBot(house.url, mari, conversation, 'history');
  await house.drain();
  expect(await lastWords()).toBe('Mari Maasikas: Help is on its way.');
  expect(wordsOf(contentOf(thread().at(-1)!))).toContain(`Conversation of request ${talk.ticket}`);
});

test('somebody edits the roster: who has left the team can do nothing after a few minutes', async () => {
  await open();
  await press(juris, 'claim');
  house.teams.members.splice(1, 1);
  await house.later(5 * 60_000 + 1);
  expect(await press(juris, 'answer', { text: 'still me' })).toContain('Only members');
  expect(await lastWords()).not.toContain('still me');
});

describe.each(texts.languages)('a customer in %s, an agent in another language', (language) => {
  const other = language === 'et' ? 'lv' : 'et';
  beforeEach(async () => {
    await speaks(mari, other);
    await open(language);
    await press(mari, 'claim');
  });
  const say = (key: string) => texts.label(other, `desk:${key}`);
  const toCustomer = (key: string) => texts.label(language, key);

  test('a ready answer is chosen in the one and arrives in the other', async () => {
    expect(cardWords()).toContain(`${say('ready.needTime.title')}  ${say('ready.needTime.text')}`);
    await press(mari, 'ready', { ready: 'needTime' });
    expect(await lastWords()).toContain(toCustomer('desk:ready.needTime.text'));
    expect((await house.ticket(talk.ticket)).messages.at(-1)).toMatchObject({
      ready: 'needTime',
      delivery: 'delivered',
    });
    expect(cardWords()).toContain(say('card.delivery.delivered'));
    await press(mari, 'ready', { ready: 'documents' });
    expect(await lastWords()).not.toContain('{{');
    expect(await shown()).toEqual(['handoff.answer']);
  });

  test('asked for a value, and a point in a flow: shown in the agent’s language, then the talk is the agent’s again', async () => {
    await press(mari, 'ask', { field: 'pointsShown' });
    expect(await shown()).toEqual(['handoff.ask']);
    const label = texts.label(other, 'flows:contactSupport.pointsShown.short');
    expect(cardWords()).toContain(`${say('log.ask')}: ${label}  (${say('card.delivery.delivered')})`);
    await house.later(11_000);
    expect(cardWords()).toContain(`${say('log.ask')}: ${label}  (${say('card.delivery.mailed')})`);
    expect(house.mails.at(-1)).toMatchObject({
      to: 'me@example.com',
      text: expect.stringContaining(`Mari Maasikas: ${toCustomer('flows:contactSupport.pointsShown.text')}`),
    });
    await talk.say('1800');
    await house.drain();
    expect(cardWords()).toContain(`${say('log.ask')}: ${label}  (${say('card.delivery.seen')})`);
    const { request } = await house.ticket(talk.ticket);
    expect(request.fields.find(({ field }) => field === 'pointsShown')?.given).toEqual({ value: 1800 });
    expect(cardWords()).toContain(`${label}: 1`);

    await press(mari, 'guide', { place: 'greenTickMissing.which' });
    const { channelData } = (await talk.lines()).at(-1)!;
    expect(channelData?.support).toMatchObject({ flow: 'greenTickMissing', node: 'which' });
    await talk.say('1');
    await house.drain();
    const { guided } = await house.ticket(talk.ticket);
    expect(guided[0]).toMatchObject({ flow: 'greenTickMissing', node: 'which', given: expect.anything() });
    expect(cardWords()).toContain(say('card.sections.guided'));
    expect(cardWords()).toContain(texts.label(other, 'flows:greenTickMissing.which.short'));
    await inThread(mari, 'Aitäh');
    expect(await lastWords()).toBe('Mari Maasikas: Aitäh');
  });

  test('closed with the real cause, rated; written again, it is open again for the same agent', async () => {
    await press(mari, 'close', { cause: 'canonSide', verdict: 'partly' });
    expect(cardWords()).toContain(say('causes.canonSide'));
    expect(cardWords()).toContain(say('verdicts.partly'));
    await talk.say(toCustomer('bot:rating.options.good'));
    await house.drain();
    expect(cardWords()).toContain(say('rating.good'));
    expect(verbsOf(contentOf(house.card(talk.ticket)))).toEqual(['reopen', 'note', 'history']);
    await press(mari, 'reopen');
    expect(await shown()).toEqual(['handoff.joined']);
    await press(mari, 'close', { cause: 'answered', verdict: 'right' });
    await talk.say('Vēl kas. One more thing.');
    await house.drain();
    expect(await house.ticket(talk.ticket)).toMatchObject({ status: 'claimed', owner: { id: mari.id } });
    expect(alerts(mari)).toBeGreaterThan(0);
    expect(cardWords()).toContain('One more thing.');
  });

  test('commands: lists, search, history, my language, help', async () => {
    const label = (name: string) => texts.label(other, `desk:commands.${name}.label`);
    const command = async (text: string) => wordsOf(contentOf((await house.command(mari, text))!));
    const waiting = await house.customer(language);
    await house.drain();
    expect(await command(label('mine'))).toContain(talk.ticket);
    expect(await command(label('mine'))).not.toContain(waiting.ticket);
    expect(await command(label('waiting'))).toContain(waiting.ticket);
    expect(await command(`${label('search')} PHOTO ltd`)).toContain(talk.ticket);
    expect(await command(`${label('search')} xyzzy`)).toContain(say('lists.none'));
    expect(await command(`${label('search')}`)).toContain(say('lists.none'));
    expect(await command(`${label('history')} ${talk.ticket.replace('-', '').toLowerCase()}`)).toContain('Photo Ltd');
    expect(await command(waiting.ticket)).toContain(say('actions.claim'));
    expect(await command(label('help'))).toContain(texts.label(other, 'desk:commands.search.about'));
    expect(await command('mis mis mis')).toContain(texts.label(other, 'desk:commands.search.about'));
    const name = texts.label(language, 'bot:language.name');
    expect(await command(`${label('language')} ${name}`)).toContain(
      texts.label(language, 'desk:setup.language').split('{{')[0],
    );
    expect(await command(texts.label(language, 'desk:commands.mine.label'))).toContain(
      texts.label(language, 'desk:lists.mine'),
    );
    expect(house.places.known()?.channel).toBe(channel);
  });

  test('the same by buttons: the lists, and each request from them', async () => {
    const help = (await house.command(mari, texts.label(other, 'desk:commands.help.label')))!;
    const pressed = async (verb: string, inputs: object = {}) =>
      (await house.teams.press(house.url, mari, help, verb, inputs)).body.value!;
    expect(wordsOf(await pressed('mine'))).toContain(talk.ticket);
    expect(wordsOf(await pressed('search', { words: 'photo' }))).toContain(talk.ticket);
    expect(wordsOf(await pressed('language', { language }))).toContain(
      texts.label(language, 'desk:setup.language').split('{{')[0],
    );
    const mine = { ...help, activity: { type: 'message', attachments: [{ content: await pressed('mine') }] } };
    const opened = (await house.teams.press(house.url, mari, mine, 'open')).body.value!;
    expect(verbsOf(opened)).toContain('close');
    const from = { ...help, activity: { type: 'message', attachments: [{ content: opened }] } };
    expect(wordsOf((await house.teams.press(house.url, mari, from, 'history')).body.value)).toContain('Photo Ltd');
  });
});
