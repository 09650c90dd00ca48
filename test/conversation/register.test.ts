import { describe, expect, test } from 'vitest';
import { formLink } from '../../src/conversation/node-reply.ts';
import { everyLanguage, talk } from '../helpers/talk.ts';

describe.each(everyLanguage)('the walk-through, in %s', (language) => {
  const start = () => {
    const customer = talk(language);
    customer.say('@register');
    return customer;
  };

  test('from the papers to the wait, one step at a time', () => {
    const customer = start();
    customer.say('@newAccount');
    expect(customer.where()).toBe('register.authorised');
    customer.say('@yes');
    customer.say('@yes');
    expect(customer.where()).toBe('register.documentsVat');
    customer.say('@ready');
    expect(customer.where()).toBe('register.hadCps');
    customer.say('@yes');
    expect(customer.where()).toBe('register.enterOldEmail');
    customer.say('@next');
    expect(customer.where()).toBe('register.apply');
    expect(customer.words()).toContain(formLink);
    customer.say('@sent');
    customer.say('@yesterday');
    expect(customer.state.answers.register?.sentOn).toEqual({ value: '2026-11-19' });
    expect(customer.where()).toBe('register.country');
    customer.say('@latvia');
    expect(customer.where()).toBe('register.wait');
    expect(customer.words()).toMatch(/23\.11\.2026|23 November 2026/);
  });

  test('the old CPS e-mail is asked about before the link is given (order trap of A4)', () => {
    const customer = start();
    const seen: string[] = [];
    for (const option of ['newAccount', 'yes', 'no', 'ready', 'yes', 'next']) {
      const replies = customer.say(`@${option}`);
      seen.push(...replies.map((reply) => reply.node));
      if (seen.at(-1) !== 'apply') expect(customer.words()).not.toContain(formLink);
    }
    expect(seen.indexOf('hadCps')).toBeGreaterThan(-1);
    expect(seen.at(-1)).toBe('apply');
  });

  test('entered in the middle: waiting, or with the account', () => {
    const waiting = start();
    waiting.say('@applied');
    expect(waiting.where()).toBe('register.mailArrived');
    const ready = start();
    ready.say('@haveAccount');
    expect(ready.where()).toBe('register.login');
  });

  test('the wait is overdue only from the working day after the later of the two due days', () => {
    // Applied on Tuesday 17 November in Latvia (holiday on the 18th): due on Friday 20th, in the Netherlands on Thursday 19th.
    const waiting = (hoursLater: number) => {
      const customer = start();
      customer.say('@applied');
      customer.say('@no');
      customer.say('17.11.');
      customer.later(hoursLater);
      customer.say('@latvia');
      return customer.where();
    };
    expect(waiting(0)).toBe('register.wait');
    expect(waiting(48)).toBe('register.wait');
    expect(waiting(72)).toBe('register.lookedEverywhere');
  });

  test('through the second part: levels and payment bring the customer back', () => {
    const customer = start();
    for (const step of ['@haveAccount', '@yes', '@both', '@done', '@yes']) customer.say(step);
    expect(customer.where()).toBe('tiers.points');
    customer.say('1800');
    expect(customer.where()).toBe('register.invitation');
    customer.say('@yes');
    customer.say('@next');
    expect(customer.where()).toBe('payment.method');
    customer.say('@card');
    const replies = customer.say('@enough');
    expect(replies.map((reply) => reply.node)).toEqual(['finished', 'done']);
    expect(replies.at(-1)?.outcome).toBe('done');
  });

  test('below 500 points there is no invitation to ask about', () => {
    const customer = start();
    for (const step of ['@haveAccount', '@yes', '@both', '@done', '@yes', '499', '@fine']) customer.say(step);
    expect(customer.where()).toBe('register.notYetInvited');
  });

  test('a missing button in the middle: its diagnosis, and back to the ticks', () => {
    const customer = start();
    for (const step of ['@haveAccount', '@yes', '@both', '@missing']) customer.say(step);
    expect(customer.where(), 'that they are logged in is known').toBe('migrateButtonMissing.rightTab');
    for (const step of ['@yes', '@no']) customer.say(step);
    expect(customer.where(), 'that there was a CPS account is known').toBe('migrateButtonMissing.oldEmailGiven');
    for (const step of ['@no', '@registerAgain']) customer.say(step);
    expect(customer.where()).toBe('register.ticks');
  });

  test('back goes one question back, over other flows too; answers can be changed', () => {
    const customer = start();
    for (const step of ['@newAccount', '@yes', '@no']) customer.say(step);
    expect(customer.where()).toBe('register.documentsOther');
    customer.say('@back');
    expect(customer.where()).toBe('register.vat');
    customer.say('@yes');
    expect(customer.where()).toBe('register.documentsVat');
    for (let i = 0; i < 9; i++) customer.say('@back');
    expect(customer.where()).toBe('register.start');
    customer.say('@back');
    expect(customer.where()).toBe('register.start');
  });

  test('back over the country asks for it again', () => {
    const customer = start();
    for (const step of ['@applied', '@no', '@yesterday', '@estonia', '@back']) customer.say(step);
    expect(customer.where()).toBe('register.country');
  });

  test('somebody who comes back days later is offered to go on', () => {
    const customer = start();
    for (const step of ['@applied', '@no', '@yesterday', '@estonia']) customer.say(step);
    customer.later(24 * 6);
    const replies = customer.send({ type: 'join', language });
    expect(customer.where()).toBe('null.resume');
    expect(replies[0]?.parts.map(({ key }) => key)).toContain('bot:reminder');
    customer.say('@continue');
    expect(customer.where(), 'the day has passed: the wait is judged anew').toBe('register.lookedEverywhere');
  });

  test('a reload minutes later says nothing new', () => {
    const customer = start();
    customer.later(0.1);
    expect(customer.send({ type: 'join', language })).toEqual([]);
  });

  test('a greeting after days meets the offer to go on, an answer is simply taken', () => {
    const customer = start();
    customer.say('@newAccount');
    customer.later(50);
    customer.say({ et: 'Tere', lv: 'Sveiki', en: 'Hello' }[language]!);
    expect(customer.where()).toBe('null.resume');
    const other = start();
    other.say('@newAccount');
    const yes = { et: 'jah', lv: 'jā', en: 'yes' }[language]!;
    other.later(50);
    other.say(yes);
    expect(other.where()).toBe('register.vat');
  });
});
