/** A customer on a channel behind which an agent hub stands: the hand-off events of the Bot Framework, over HTTP both ways. */
import { EventFactory, type TurnContext } from 'botbuilder';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { openSupport, type Shown, type Support } from '../helpers/support.ts';
import { everyLanguage } from '../helpers/talk.ts';
import { texts } from '../helpers/world.ts';

type Customer = ReturnType<Support['customer']>;
let support: Support;
beforeAll(async () => {
  support = await openSupport();
});
beforeEach(() => {
  support.settings.desk = false;
  support.channel.answers = undefined;
});
afterAll(() => support.close());

const initiations = (customer: Customer) => customer.got().filter(({ name }) => name === 'handoff.initiate');
const hub = (customer: Customer, state: unknown, more: object = {}) =>
  customer.event('handoff.status', { state }, more);
const messages = async (customer: Customer) => (await customer.lines()).filter(({ type }) => type === 'message').length;

describe('without a desk of our own', () => {
  test('a request asks the hub to take the talk over, once, after the customer was told its number', async () => {
    const customer = support.customer('lv');
    const ticket = await customer.ask();
    const [event, ...more] = initiations(customer);
    expect(more).toEqual([]);
    expect(
      customer
        .got()
        .map(({ type }) => type)
        .slice(-2),
    ).toEqual(['message', 'event']);
    expect(event?.value).toMatchObject({
      ...{ ticket, language: 'lv', topic: 'other', stage: '', ledger: [] },
      fields: expect.arrayContaining([{ field: 'company', given: { value: 'Photo Ltd' } }]),
    });
    const [transcript] = event?.attachments ?? [];
    expect(transcript).toMatchObject({ name: 'Transcript', contentType: 'application/json' });
    const said = transcript?.content?.activities ?? [];
    expect(said.filter(({ from }) => from?.role === 'user').map(({ text }) => text)).toContain('My words');
    expect(said.every(({ type, text }) => type === 'message' && text)).toBe(true);
  });

  test('the event is one that the SDK itself would make', async () => {
    const customer = support.customer('en');
    await customer.ask();
    const [event] = initiations(customer);
    const activity = { conversation: { id: 'c' }, from: { id: 'x' }, serviceUrl: 'http://x', channelId: 'emulator' };
    const made = EventFactory.createHandoffInitiation({ activity } as TurnContext, {}, { activities: [] });
    expect([event?.type, event?.name]).toEqual([made.type, made.name]);
    expect(event?.attachments?.map(({ name, contentType }) => [name, contentType])).toEqual(
      made.attachments?.map(({ name, contentType }) => [name, contentType]),
    );
    expect(event).toMatchObject({ conversation: { id: customer.conversation }, relatesTo: { channelId: 'emulator' } });
  });

  test('what the customer left out of the request does not come in through the talk', async () => {
    const customer = support.customer('en');
    for (const text of [
      'Talk to a human',
      '10',
      'My words',
      'Secret Ltd',
      'me@example.com',
      '1',
      'Leave something out',
    ])
      await customer.say(text);
    await customer.say(texts.label('en', 'flows:contactSupport.company.short'));
    await customer.say('1');
    const [event] = initiations(customer);
    expect(JSON.stringify(event)).toContain('My words');
    expect(JSON.stringify(event)).not.toContain('Secret Ltd');
    expect(support.box.mails.at(-1)?.text).toContain('My words');
    expect(support.box.mails.at(-1)?.text).not.toContain('Secret Ltd');
  });

  test('of a long talk the end goes along', async () => {
    const customer = support.customer('en');
    for (let i = 0; i < 10; i++) await customer.say(`${i} ${'x'.repeat(15_000)}`);
    await customer.ask();
    const said = initiations(customer)[0]?.attachments?.[0]?.content?.activities ?? [];
    expect(JSON.stringify(said).length).toBeLessThan(105_000);
    expect(said.length).toBeGreaterThan(10);
    expect(said.at(-1)?.text).toBe('1');
  });

  test('a channel that takes no events loses nothing: the request goes by mail', async () => {
    const customer = support.customer('en');
    support.channel.answers = { status: 400 };
    const ticket = await customer.ask();
    expect((await support.rows()).filter(({ kind }) => kind === 'handoff')).toEqual([]);
    expect(support.box.mails.at(-1)?.messageId).toBe(`<request.${ticket}@cps-support-bot>`);
  });
});

describe.each(everyLanguage)('the hub says how it goes, in %s', (language) => {
  let customer: Customer;
  let ticket: string;
  beforeEach(async () => {
    customer = support.customer(language);
    ticket = await customer.ask();
  });

  test('accepted: said once, then the bot is quiet; completed: it is back and asks how it was', async () => {
    expect((await hub(customer, 'accepted')).status).toBe(200);
    expect(await customer.node()).toBe('handoff.joined');
    const before = await messages(customer);
    await hub(customer, 'accepted');
    for (const text of ['menu', 'Kur ir mana kamera?', texts.label(language, 'bot:commands.human.label')])
      await customer.say(text);
    expect(await messages(customer), 'the customer’s own words alone').toBe(before + 3);
    expect(await support.ticket(ticket)).toMatchObject({ status: 'claimed', hub: true });

    await hub(customer, 'completed');
    expect(await customer.node()).toBe('rating');
    expect((await support.ticket(ticket)).status).toBe('closed');
    await customer.say(texts.label(language, 'bot:rating.options.good'));
    expect((await support.ticket(ticket)).rating).toEqual({ good: true });
    await customer.say(texts.label(language, 'bot:menu.options.tiers'));
    expect(await customer.node()).toBe('points');
    expect(support.cards, 'no desk of ours has to do with it').toEqual([]);
  });

  const askForTiers = async () => {
    await customer.say(texts.label(language, 'bot:commands.menu.label'));
    await customer.say(texts.label(language, 'bot:menu.options.tiers'));
  };

  test('failed: said plainly, with where the request is, and the open question again', async () => {
    await askForTiers();
    await hub(customer, 'failed');
    expect(await customer.node()).toBe('points');
    const words = (await customer.lines()).at(-1)?.text ?? '';
    expect(words).toContain(texts.label(language, 'bot:handoff.hub.failed'));
    expect(words).toContain(ticket);
    expect(support.box.mails.filter(({ subject }) => subject?.includes(ticket))).toHaveLength(1);
    await customer.say('700');
    expect(await customer.node()).toBe('someLevels');
  });

  test('more help after the end is a new request, and the hub is asked again', async () => {
    await hub(customer, 'accepted');
    await hub(customer, 'completed');
    await customer.say(texts.label(language, 'bot:rating.options.reopen'));
    expect(await customer.node()).toBe('topic');
    for (const text of ['10', 'More words', 'Photo Ltd', 'me@example.com', '1', '1']) await customer.say(text);
    expect(initiations(customer)).toHaveLength(2);
    await hub(customer, 'accepted');
    expect(await customer.node()).toBe('handoff.joined');
  });

  test('the way back to the bot', async () => {
    await hub(customer, 'accepted');
    await customer.say(texts.label(language, 'bot:handoff.commands.leave.label'));
    expect(await support.ticket(ticket)).toMatchObject({ status: 'waiting' });
    expect((await support.ticket(ticket)).hub).toBeUndefined();
    await askForTiers();
    expect(await customer.node()).toBe('points');
  });
});

describe('what changes nothing, and is not refused', () => {
  test.each([
    ['a state nobody knows', { state: 'dancing' }],
    ['no state', {}],
    ['words', 'accepted'],
    ['nothing', undefined],
  ])('%s', async (_, value) => {
    const customer = support.customer();
    await customer.ask();
    const before = await messages(customer);
    expect((await customer.event('handoff.status', value)).status).toBe(200);
    expect(await messages(customer)).toBe(before);
  });

  test('a status without a request', async () => {
    const customer = support.customer();
    await customer.say('menu');
    const before = await messages(customer);
    for (const state of ['accepted', 'completed', 'failed']) expect((await hub(customer, state)).status).toBe(200);
    expect(await messages(customer)).toBe(before);
  });

  test('the same status delivered twice', async () => {
    const customer = support.customer();
    await customer.ask();
    await hub(customer, 'failed', { id: 'same' });
    const before = await messages(customer);
    await hub(customer, 'failed', { id: 'same' });
    expect(await messages(customer)).toBe(before);
  });

  test('a page of the embedded Direct Line that speaks as a hub; and none is asked there', async () => {
    const customer = support.customer('en', { embedded: true });
    const ticket = await customer.ask();
    const before = await messages(customer);
    for (const state of ['accepted', 'completed', 'failed']) await hub(customer, state);
    expect(await messages(customer)).toBe(before);
    expect((await support.ticket(ticket)).status).toBe('waiting');
    expect((await support.rows()).filter(({ kind }) => kind === 'handoff')).toEqual([]);
  });

  test('a hub, while the agents’ own desk has the talk', async () => {
    support.settings.desk = true;
    const customer = support.customer();
    const ticket = await customer.ask();
    expect(initiations(customer)).toEqual([]);
    await support.act(ticket, { verb: 'claim' });
    await hub(customer, 'completed');
    expect(await support.ticket(ticket)).toMatchObject({ status: 'claimed', owner: { name: 'Mari' } });
    const shown: Shown[] = await customer.lines();
    expect(shown.at(-1)?.channelData?.support?.node).toBe('handoff.joined');
  });
});
