/** What is looked at again: an answer that nobody saw, a request that nobody took, a customer who waits. Real mail, a clock that jumps. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { minute, openSupport, type Support } from '../helpers/support.ts';
import { everyLanguage } from '../helpers/talk.ts';
import { texts } from '../helpers/world.ts';

let support: Support;
beforeEach(async () => {
  support = await openSupport();
});
afterEach(() => support.close());

const toCustomer = () => support.box.mails.filter(({ to }) => to?.some(({ address }) => address === 'me@example.com'));
const toSupport = () =>
  support.box.mails.filter(({ to }) => to?.some(({ address }) => address === 'support@example.com'));
const deliveries = async (ticket: string) => (await support.ticket(ticket)).messages.map(({ delivery }) => delivery);

describe('an answer that was not seen', () => {
  test.each(everyLanguage)('goes to the given address, once, in the customer’s language (%s)', async (language) => {
    const customer = support.customer(language, { embedded: true });
    const ticket = await customer.ask();
    await support.act(ticket, { verb: 'claim' });
    await support.act(ticket, { verb: 'answer', text: 'Tere, *vaatan* <b>kohe</b>' });
    await support.later(9 * minute);
    expect(toCustomer()).toEqual([]);
    await support.later(2 * minute);
    await support.later(60 * minute);
    const [mail, ...more] = toCustomer();
    expect(more).toEqual([]);
    expect(mail?.subject).toBe(texts.label(language, 'mail:answer.subject').replace('{{ticket}}', ticket));
    expect(mail?.text).toContain('Mari: Tere, *vaatan* <b>kohe</b>');
    expect(mail?.html).toContain(`<html lang="${language}">`);
    expect(mail?.html).toContain('Tere, *vaatan* &lt;b&gt;kohe&lt;/b&gt;');
    expect(mail?.replyTo).toMatchObject([{ address: 'support@example.com' }]);
    expect(await deliveries(ticket)).toEqual(['mailed']);
  });

  test('in the language in which the talk goes on; the agent sees it, and mail about the request is in it', async () => {
    const customer = support.customer('lv', { embedded: true });
    const ticket = await customer.ask();
    await support.act(ticket, { verb: 'claim' });
    await customer.event('support/language', { language: 'et' });
    await support.act(ticket, { verb: 'ready', name: 'needTime' });
    expect((await customer.lines()).at(-1)?.text).toContain(texts.label('et', 'desk:ready.needTime.text'));
    await support.later(11 * minute);
    expect(toCustomer()[0]?.subject).toContain(texts.label('et', 'mail:answer.subject').split('{{')[0]);
    expect(toCustomer()[0]?.html).toContain('<html lang="et">');
    expect((await support.ticket(ticket)).request.language).toBe('et');
    await customer.say(texts.label('et', 'bot:handoff.commands.leave.label'));
    await customer.say('latviski');
    expect((await support.ticket(ticket)).request.language, 'by word of mouth too').toBe('lv');
    expect((await support.ticket(ticket)).log.filter(({ what }) => what === 'language')).toMatchObject([
      { by: 'customer', about: 'et' },
      { by: 'customer', about: 'lv' },
    ]);
  });

  test('to a customer who has gone back to the bot: the agent’s words, not what the bot says of them', async () => {
    const customer = support.customer('lv', { embedded: true });
    const ticket = await customer.ask();
    await support.act(ticket, { verb: 'claim' });
    await customer.say(texts.label('lv', 'bot:handoff.commands.leave.label'));
    await support.act(ticket, { verb: 'ready', name: 'needTime' });
    const last = (await customer.lines()).slice(-2).map(({ channelData }) => channelData?.support?.node);
    expect(last).toEqual(['handoff.takenBack', 'handoff.answer']);
    await support.later(11 * minute);
    expect(toCustomer()[0]?.text).toContain(`Mari: ${texts.label('lv', 'desk:ready.needTime.text')}`);
  });

  test('one that was seen does not', async () => {
    const customer = support.customer('en', { embedded: true });
    const ticket = await customer.ask();
    await support.act(ticket, { verb: 'claim' });
    await support.act(ticket, { verb: 'answer', text: 'Look at your spam folder' });
    const seq = (await customer.lines()).length;
    await customer.event('support/seen', { id: `${customer.conversation}|${String(seq).padStart(7, '0')}` });
    await support.later(60 * minute);
    expect(toCustomer()).toEqual([]);
    expect(await deliveries(ticket)).toEqual(['seen']);
  });

  test('several go together, a later one by itself; ready answers in the customer’s words', async () => {
    const customer = support.customer('lv', { embedded: true });
    const ticket = await customer.ask();
    await support.act(ticket, { verb: 'claim' });
    await support.act(ticket, { verb: 'answer', text: 'esimene' });
    await support.later(5 * minute);
    await support.act(ticket, { verb: 'ready', name: 'anythingElse' });
    await support.later(6 * minute);
    await support.later(6 * minute);
    expect(toCustomer()).toHaveLength(1);
    expect(toCustomer()[0]?.text).toContain('esimene');
    expect(toCustomer()[0]?.text).toContain(`Mari: ${texts.label('lv', 'desk:ready.anythingElse.text')}`);
    await support.act(ticket, { verb: 'answer', text: 'kolmas' });
    await support.later(11 * minute);
    expect(toCustomer()).toHaveLength(2);
    expect(toCustomer()[1]?.text).not.toContain('esimene');
    expect(new Set(toCustomer().map(({ messageId }) => messageId)).size).toBe(2);
  });

  test('without an address nothing is sent; with the one given afterwards what comes then', async () => {
    const customer = support.customer('en', { embedded: true });
    const ticket = await customer.ask({ email: '' });
    await support.act(ticket, { verb: 'claim' });
    await support.act(ticket, { verb: 'answer', text: 'first' });
    await support.later(11 * minute);
    expect(toCustomer()).toEqual([]);
    await customer.say('me@example.com');
    await support.act(ticket, { verb: 'answer', text: 'second' });
    await support.later(11 * minute);
    expect(toCustomer()).toHaveLength(1);
    expect(toCustomer()[0]?.text).toContain('second');
  });

  test('who wrote after it has seen it, also on a channel that does not tell', async () => {
    const customer = support.customer('en');
    const ticket = await customer.ask();
    await support.act(ticket, { verb: 'claim' });
    await support.act(ticket, { verb: 'answer', text: 'Which lens is it?' });
    await support.drain();
    await customer.say('The long one');
    await support.later(60 * minute);
    expect(toCustomer()).toEqual([]);
    expect(await deliveries(ticket)).toEqual(['seen', undefined]);
  });

  test.each([
    ['refused', { status: 403 }, 'failed'],
    ['left without an answer', 'hang' as const, 'uncertain'],
    ['put off', { status: 429 }, 'sending'],
  ])('one that the channel has %s goes by mail', async (_, answers, delivery) => {
    const customer = support.customer('en');
    const ticket = await customer.ask();
    await support.act(ticket, { verb: 'claim' });
    await support.drain();
    support.channel.answers = answers;
    await support.act(ticket, { verb: 'answer', text: 'Look at your spam folder' });
    await support.drain();
    expect(await deliveries(ticket)).toEqual([delivery]);
    await support.later(11 * minute);
    expect(toCustomer()).toHaveLength(1);
    expect(await deliveries(ticket)).toEqual(['mailed']);
  });

  test('in a talk of more than a thousand lines a ready answer has its words', async () => {
    const customer = support.customer('en', { embedded: true });
    const ticket = await customer.ask();
    await support.act(ticket, { verb: 'claim' });
    const key = `conversation/${customer.conversation}` as const;
    const [doc] = await support.store.read([key]);
    const value = doc!.value as { lines: number };
    const more = Array.from({ length: 1200 }, () => ({ conversation: customer.conversation, value: { text: 'x' } }));
    await support.store.commit({
      docs: [{ key, version: doc!.version, value: { ...value, lines: value.lines + more.length } }],
      lines: more,
    });
    await support.act(ticket, { verb: 'ready', name: 'anythingElse' });
    await support.later(11 * minute);
    expect(toCustomer()[0]?.text).toContain(texts.label('en', 'desk:ready.anythingElse.text'));
  });
});

describe('a question of the agent that was not seen', () => {
  const steps = (language: string) => ({
    ask: texts.label(language, 'flows:contactSupport.switchPosition.options.notSeen'),
    guide: texts.label(language, 'flows:greenTickMissing.which.text'),
    option: texts.label(language, 'flows:greenTickMissing.which.options.all'),
    leave: texts.label(language, 'bot:handoff.commands.leave.label'),
    human: texts.label(language, 'bot:commands.human.label'),
  });

  test.each(everyLanguage)('goes by mail like an answer, once, with what can be chosen (%s)', async (language) => {
    const customer = support.customer(language, { embedded: true });
    const ticket = await customer.ask();
    await support.act(ticket, { verb: 'claim' });
    await support.act(ticket, { verb: 'ask', field: 'switchPosition' });
    expect(await deliveries(ticket)).toEqual(['delivered']);
    await support.later(9 * minute);
    expect(toCustomer()).toEqual([]);
    await support.later(2 * minute);
    await support.later(60 * minute);
    const [mail, ...more] = toCustomer();
    expect(more).toEqual([]);
    expect(mail?.subject).toBe(texts.label(language, 'mail:asked.subject').replace('{{ticket}}', ticket));
    const [before = '', after = ''] = texts
      .label(language, 'flows:contactSupport.switchPosition.text')
      .split(/ ?\$t\([^)]*\) ?/);
    expect(mail?.text).toMatch(new RegExp(`Mari: ${RegExp.escape(before)}.*${RegExp.escape(after)}`));
    expect(mail?.text).toContain(`- ${steps(language).ask}`);
    expect(mail?.text, 'no button of the chat').not.toContain(steps(language).leave);
    expect(mail?.text).toContain(texts.label(language, 'mail:asked.outro'));
    expect(mail?.replyTo).toMatchObject([{ address: 'support@example.com' }]);
    expect(await deliveries(ticket)).toEqual(['mailed']);
  });

  test.each(everyLanguage)(
    'so does the first question of a flow into which the customer is sent (%s)',
    async (language) => {
      const customer = support.customer(language, { embedded: true });
      const ticket = await customer.ask();
      await support.act(ticket, { verb: 'claim' });
      await support.act(ticket, { verb: 'guide', flow: 'greenTickMissing', node: 'which' });
      await support.later(11 * minute);
      const [mail] = toCustomer();
      const { guide, option, human } = steps(language);
      const intro = texts.label(language, 'bot:handoff.guided').replace('{{name}}', 'Mari');
      expect(mail?.text, 'it is the bot that asks').toContain(`${texts.label(language, 'desk:lists.bot')}: ${intro}`);
      expect(mail?.text).toContain(guide);
      expect(mail?.text).toContain(`- ${option}`);
      expect(mail?.text).not.toContain(human);
      expect(await deliveries(ticket)).toEqual(['mailed']);
      await customer.say(option);
      expect(await deliveries(ticket), 'answered, so it was seen').toEqual(['seen']);
    },
  );

  test('one that was seen, or answered, does not', async () => {
    const customer = support.customer('en', { embedded: true });
    const ticket = await customer.ask();
    await support.act(ticket, { verb: 'claim' });
    await support.act(ticket, { verb: 'ask', field: 'pointsShown' });
    const seq = (await customer.lines()).length;
    await customer.event('support/seen', { id: `${customer.conversation}|${String(seq).padStart(7, '0')}` });
    await support.act(ticket, { verb: 'ask', field: 'invoiceNumber' });
    await customer.say('F-17');
    await support.later(60 * minute);
    expect(toCustomer()).toEqual([]);
    expect(await deliveries(ticket)).toEqual(['seen', 'seen', undefined]);
  });

  test('together with an answer it is one mail', async () => {
    const customer = support.customer('en', { embedded: true });
    const ticket = await customer.ask();
    await support.act(ticket, { verb: 'claim' });
    await support.act(ticket, { verb: 'answer', text: 'I have found it' });
    await support.act(ticket, { verb: 'ask', field: 'pointsShown' });
    await support.later(60 * minute);
    expect(toCustomer()).toHaveLength(1);
    expect(toCustomer()[0]?.text).toMatch(/Mari: I have found it[\s\S]*Mari: How many points/);
    expect(toCustomer()[0]?.text, 'nothing to choose from').not.toContain('- ');
    expect(await deliveries(ticket)).toEqual(['mailed', 'mailed']);
  });

  test.each([
    ['refused', { status: 403 }, 'failed'],
    ['left without an answer', 'hang' as const, 'uncertain'],
  ])('one that the channel has %s is shown so, and goes by mail', async (_, answers, delivery) => {
    const customer = support.customer('en');
    const ticket = await customer.ask();
    await support.act(ticket, { verb: 'claim' });
    await support.drain();
    support.channel.answers = answers;
    await support.act(ticket, { verb: 'ask', field: 'pointsShown' });
    await support.drain();
    expect(await deliveries(ticket)).toEqual([delivery]);
    expect((await support.ticket(ticket)).doubts).toMatchObject([{ message: expect.any(String) }]);
    await support.later(11 * minute);
    expect(toCustomer()).toHaveLength(1);
    expect(await deliveries(ticket)).toEqual(['mailed']);
  });
});

describe('somebody else’s mailbox', () => {
  const phishing = 'Your account is suspended, sign in at https://evil.example/login';
  const transcript = (language: string) => texts.label(language, 'bot:transcript.label');
  const toVictims = () =>
    support.box.mails.filter(({ to }) => to?.some(({ address }) => address?.endsWith('@bank.example')));
  const logged = async (ticket: string) => (await support.ticket(ticket)).log.map(({ what }) => what);

  test.each(everyLanguage)('gets nothing that nobody has answered, whatever is typed (%s)', async (language) => {
    const customer = support.customer(language, { embedded: true });
    const ticket = await customer.ask({ question: phishing });
    for (let i = 0; i < 20; i++) {
      await customer.say(`victim${i}@bank.example`);
      await customer.say(transcript(language));
    }
    await support.later(60 * minute);
    expect(support.box.mails.map(({ to }) => to?.map(({ address }) => address))).toEqual([
      ['support@example.com'],
      ['support@example.com'],
    ]);
    expect((await logged(ticket)).filter((what) => what === 'address')).toHaveLength(3);
    expect((await logged(ticket)).filter((what) => what === 'addressRefused')).toHaveLength(1);
  });

  test('after one answer, no more than the talk for the address that was answered', async () => {
    const customer = support.customer('en', { embedded: true });
    const ticket = await customer.ask({ question: phishing, email: 'first@bank.example' });
    await support.act(ticket, { verb: 'claim' });
    await support.act(ticket, { verb: 'answer', text: 'I look into it' });
    for (let i = 0; i < 20; i++) {
      await customer.say(transcript('en'));
      await customer.say(`victim${i}@bank.example`);
    }
    await support.later(60 * minute);
    expect(toVictims().map(({ to }) => to?.[0]?.address)).toEqual(['first@bank.example']);
  });

  test('the talk goes three times, also when it is asked for over and over', async () => {
    const customer = support.customer('en', { embedded: true });
    const ticket = await customer.ask();
    await support.act(ticket, { verb: 'claim' });
    await support.act(ticket, { verb: 'answer', text: 'I look into it' });
    for (let i = 0; i < 10; i++) await customer.say(transcript('en'));
    await support.drain();
    expect(toCustomer()).toHaveLength(3);
    expect((await logged(ticket)).filter((what) => what === 'transcriptRefused')).toHaveLength(1);
  });

  test.each(everyLanguage)(
    'ten a day about one request: what is more waits a day, and that is said (%s)',
    async (language) => {
      const customer = support.customer(language, { embedded: true });
      const ticket = await customer.ask();
      await support.act(ticket, { verb: 'claim' });
      for (let i = 1; i <= 14; i++) {
        await support.act(ticket, { verb: 'answer', text: `answer-${i}.` });
        await support.later(11 * minute);
      }
      expect(toCustomer()).toHaveLength(10);
      const said = (await customer.lines()).filter(
        ({ text }) => text === texts.label(language, 'bot:handoff.mailLater'),
      );
      expect(said, 'once').toHaveLength(1);
      expect((await logged(ticket)).filter((what) => what === 'mailLater')).toHaveLength(1);
      expect(support.cards.filter(({ payload }) => JSON.stringify(payload).includes('mailLater'))).toHaveLength(1);
      await support.later(24 * 60 * minute);
      expect(toCustomer(), 'all that waited, in one').toHaveLength(11);
      for (const i of [11, 12, 13, 14]) expect(toCustomer().at(-1)?.text).toContain(`answer-${i}.`);
      expect(await deliveries(ticket)).toEqual(Array(14).fill('mailed'));
      expect((await support.rows()).filter(({ kind }) => kind === 'remind')).toEqual([]);
    },
  );

  test('a talk that was asked for waits too', async () => {
    const customer = support.customer('en', { embedded: true });
    const ticket = await customer.ask();
    await support.act(ticket, { verb: 'claim' });
    for (let i = 1; i <= 10; i++) {
      await support.act(ticket, { verb: 'answer', text: `answer-${i}.` });
      await support.later(11 * minute);
    }
    await customer.say(transcript('en'));
    await support.drain();
    expect(toCustomer()).toHaveLength(10);
    expect(await customer.node()).toBe('handoff.mailLater');
    await support.later(24 * 60 * minute);
    expect(toCustomer().at(-1)?.subject).toContain('Our talk');
    expect(toCustomer()).toHaveLength(11);
  });

  test('twenty a day from all conversations', async () => {
    for (let i = 1; i <= 24; i++) {
      const ticket = await support.customer('en', { embedded: true }).ask({ email: 'Victim@bank.example' });
      await support.act(ticket, { verb: 'claim' });
      await support.act(ticket, { verb: 'answer', text: 'Hello' });
    }
    await support.later(11 * minute);
    expect(toVictims()).toHaveLength(20);
    await support.later(24 * 60 * minute);
    expect(toVictims()).toHaveLength(24);
  });
});

describe('a request that nobody takes', () => {
  test('is brought up once: in the chat, and to support as a mail that follows the first one', async () => {
    const customer = support.customer('et', { embedded: true });
    const ticket = await customer.ask();
    await support.drain();
    expect(toSupport().map(({ messageId }) => messageId)).toEqual([`<request.${ticket}@cps-support-bot>`]);
    await support.later(29 * minute);
    expect(await customer.node()).toBe('sent');
    await support.later(2 * minute);
    await support.later(10 * 60 * minute);
    expect(
      (await customer.lines()).filter((one) => one.channelData?.support?.node === 'handoff.unclaimed'),
    ).toHaveLength(1);
    const [first, second, ...more] = toSupport();
    expect(more).toEqual([]);
    expect(second?.inReplyTo).toBe(first?.messageId);
    expect(second?.references).toBe(first?.messageId);
    expect(second?.messageId).not.toBe(first?.messageId);
    expect(second?.subject).toContain(ticket);
    expect(second?.text).toContain(texts.label('en', 'mail:unclaimed.intro'));
    expect(second?.text).toContain('My words');
  });

  test('one that was taken in time is not; one that was given back is, by a mail of its own', async () => {
    const customer = support.customer('en', { embedded: true });
    const ticket = await customer.ask();
    await support.later(10 * minute);
    await support.act(ticket, { verb: 'claim' });
    await support.later(60 * minute);
    expect(toSupport()).toHaveLength(1);
    await support.act(ticket, { verb: 'release' });
    await support.later(31 * minute);
    expect(toSupport()).toHaveLength(2);
    await support.act(ticket, { verb: 'claim' });
    await support.act(ticket, { verb: 'release' });
    await support.later(31 * minute);
    expect(new Set(toSupport().map(({ messageId }) => messageId)).size).toBe(3);
  });
});

test('a customer who waits for an answer is brought up at the desk once, for each time they wait', async () => {
  const customer = support.customer('en', { embedded: true });
  const ticket = await customer.ask();
  await support.act(ticket, { verb: 'claim' });
  const times = async () => (await support.ticket(ticket)).log.filter(({ what }) => what === 'unanswered').length;
  await support.later(31 * minute);
  await support.later(31 * minute);
  expect(await times()).toBe(1);
  await support.act(ticket, { verb: 'answer', text: 'Here I am' });
  await customer.say('Good');
  await support.later(10 * minute);
  await customer.say('Are you there?');
  await support.later(21 * minute);
  expect(await times(), 'counted from the oldest message without an answer').toBe(2);
});
