/** Teams puts the bot out of the team in the middle of talks, and lets it in again. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type DeskHouse, openDesk, type Talk } from '../../helpers/desk.ts';
import { everyLanguage } from '../../helpers/talk.ts';
import { contentOf, mari, wordsOf } from '../../helpers/teams.ts';
import { texts } from '../../helpers/world.ts';

let house: DeskHouse;
beforeEach(async () => {
  house = await openDesk();
});
afterEach(() => house.close());

const putOut = () => house.teams.answerWith((method) => (method === 'GET' ? undefined : { status: 403 }));
const letIn = () => house.teams.answerWith(() => undefined);
const nodes = async ({ lines }: Talk) => (await lines()).map(({ channelData }) => channelData?.support?.node);
const told = async (talk: Talk) => (await nodes(talk)).filter((node) => node === 'handoff.stopped').length;
const human = (language: string) => texts.label(language, 'bot:commands.human.label');
/** The beginning of a text, up to what is put into it. */
const begins = (language: string, key: string) => texts.label(language, key).split('{{')[0]!;

async function inTalk(language = 'en'): Promise<Talk> {
  const customer = await house.customer(language);
  await house.drain();
  await house.press(mari, customer.ticket, 'claim');
  house.mails.length = 0;
  return customer;
}

describe.each(everyLanguage)('in the middle of a talk, in %s', (language) => {
  test('the customer is told once and has the bot back; support gets one mail, and one more with what came since', async () => {
    const customer = await inTalk(language);
    putOut();
    await customer.say('Vai jūs tur? 1');
    await house.drain();
    const last = (await customer.lines()).at(-1);
    expect(last?.text).toContain(begins(language, 'bot:handoff.stopped'));
    expect(last?.text).toContain(texts.label(language, 'bot:handoff.stoppedMail'));
    expect(house.mails).toHaveLength(1);
    expect(house.mails[0]?.subject).toContain(`Teams cannot be reached: CPS request ${customer.ticket}`);
    expect(house.mails[0]?.text).toContain(`The agent of this request is ${mari.name}.`);
    expect(house.mails[0]?.text, 'the talk').toContain('Vai jūs tur? 1');
    expect(house.mails[0]?.text).not.toContain(texts.label('en', 'mail:unclaimed.intro'));

    await customer.say('menu');
    expect((await nodes(customer)).at(-1), 'the bot answers').toBe('menu');
    await customer.say(human(language));
    expect((await customer.lines()).at(-1)?.text).toContain(begins(language, 'bot:handoff.keeping'));
    for (let n = 2; n <= 6; n++) {
      await customer.say(`Vai jūs tur? ${n}`);
      await house.later(5000);
    }
    await house.later(3600_000);
    await customer.say('Vai jūs tur? 7');
    await house.later(3600_000);
    expect(house.mails.map(({ subject }) => subject)).toEqual([
      expect.stringContaining('Teams cannot be reached'),
      expect.stringContaining('Written since'),
    ]);
    expect(house.mails[1]?.text).toContain('Vai jūs tur? 6');
    expect(new Set(house.mails.map((mail) => (mail as { messageId?: string }).messageId)).size).toBe(2);
    expect(await told(customer)).toBe(1);
    const { log, messages } = await house.ticket(customer.ticket);
    expect(log.filter(({ what }) => what === 'stopped')).toHaveLength(1);
    expect(messages.filter(({ from }) => from === 'customer')).toHaveLength(7);
  });
});

test('all who have an open request are told at once, also those who wait; closed ones are left alone', async () => {
  const [talking, closed] = [await inTalk(), await inTalk()];
  await house.press(mari, closed.ticket, 'close', { cause: 'answered', verdict: 'right' });
  const waiting = await house.customer();
  await house.drain();
  house.mails.length = 0;
  putOut();
  await talking.say('Are you there?');
  await house.later(3600_000);
  expect([await told(talking), await told(waiting), await told(closed)]).toEqual([1, 1, 0]);
  const mailed = house.mails.map(({ subject }) => /cannot be reached: CPS request (\S+):/.exec(subject)?.[1]);
  expect(mailed.sort()).toEqual([talking.ticket, waiting.ticket].sort());
  const ofWaiting = house.mails.find(({ subject }) => subject.includes(waiting.ticket));
  expect(ofWaiting?.text).toContain(texts.label('en', 'mail:stopped.free'));
  expect(
    (await nodes(waiting)).filter((node) => node === 'handoff.unclaimed'),
    'said already',
  ).toEqual([]);
  expect((await house.ticket(talking.ticket)).log.map(({ what }) => what)).not.toContain('unanswered');
});

test('without an address of the support no mail is promised', async () => {
  await house.close();
  house = await openDesk({ settings: { supportEmail: undefined } });
  const customer = await inTalk();
  putOut();
  await customer.say('Are you there?');
  await house.later(3600_000);
  const said = (await customer.lines()).at(-1)?.text;
  expect(said).toContain(begins('en', 'bot:handoff.stopped'));
  expect(said).not.toContain(texts.label('en', 'bot:handoff.stoppedMail'));
  expect(house.mails).toEqual([]);
});

test('set up again: what was written meanwhile stands on the cards, the owner is alerted, and the talk goes on', async () => {
  const [customer, quiet] = [await inTalk(), await inTalk()];
  const thread = house.card(customer.ticket).conversation;
  putOut();
  await customer.say('the first word');
  await house.drain();
  await customer.say(human('en'));
  await customer.say('the second word');
  await house.drain();
  const before = house.teams.thread(thread).length;
  letIn();
  await house.command(mari, 'set up desk');
  await house.later(2000);
  const card = wordsOf(contentOf(house.card(customer.ticket)));
  expect(card).toContain('the first word');
  expect(card).toContain('the second word');
  const posts = house.teams.thread(thread).slice(before);
  expect(posts.map(({ activity }) => wordsOf(activity))).toEqual([
    expect.stringContaining(texts.label('en', 'desk:thread.deskBack')),
  ]);
  expect(JSON.stringify(posts[0]?.activity)).toContain(`<at>${mari.name}</at>`);
  expect((await house.ticket(quiet.ticket)).stopped).toBeUndefined();
  await house.press(mari, customer.ticket, 'answer', { text: 'Here again' });
  await customer.say('good');
  await house.drain();
  expect((await house.ticket(customer.ticket)).messages.at(-1)).toMatchObject({ from: 'customer', text: 'good' });
  expect(await told(customer)).toBe(1);
});

test('the clocks begin anew, and a second stop is told and mailed of its own', async () => {
  const [waiting, claimed] = [await house.customer(), await inTalk()];
  await house.drain();
  putOut();
  await claimed.say('hello?');
  await house.later(3600_000);
  letIn();
  await house.command(mari, 'set up desk');
  house.mails.length = 0;
  await house.later(61_000);
  await house.later(1000);
  expect((await nodes(waiting)).filter((node) => node === 'handoff.unclaimed')).toHaveLength(1);
  expect((await house.ticket(claimed.ticket)).log.filter(({ what }) => what === 'unanswered')).toHaveLength(1);
  expect(house.mails.map(({ subject }) => subject)).toEqual([expect.stringContaining('Still waiting')]);
  putOut();
  await claimed.say(human('en'));
  await claimed.say('again');
  await house.drain();
  expect([await told(waiting), await told(claimed)]).toEqual([2, 2]);
});
