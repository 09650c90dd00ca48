import { describe, expect, test } from 'vitest';
import { converseFromDesk } from '../../src/conversation/converse.ts';
import type { CustomerEffect, DeskEvent } from '../../src/conversation/state.ts';
import { everyLanguage, type Talk, talk } from '../helpers/talk.ts';
import { testWorld, texts } from '../helpers/world.ts';

const settings = { reachable: true, desk: true };

describe.each(everyLanguage)('a talk with an agent, in %s', (language) => {
  function atTheDesk() {
    const customer = talk(language, { settings });
    for (const step of ['@contactSupport', '@other', 'Küsimus?', '@skip', '@skip', '@byEmail', '@send'])
      customer.say(step);
    expect(customer.state.handoff).toEqual({ ticket: 'TEST-01', mode: 'waiting' });
    return customer;
  }
  const desk = (customer: Talk, event: DeskEvent) => {
    const outcome = converseFromDesk(customer.state, event, 'TEST-01', testWorld({ settings }));
    customer.state = structuredClone(outcome.state);
    return outcome.replies;
  };
  const join = (customer: Talk) => desk(customer, { what: 'joined', name: 'Mari', language: 'et' });
  const told = (customer: Talk): CustomerEffect['type'][] => customer.toDesk.map(({ type }) => type);
  const label = (key: string) => texts.label(language, key);

  test('what is typed goes to the agent as it is, and the bot keeps quiet', () => {
    const customer = atTheDesk();
    const [joined] = join(customer);
    const keys = joined?.parts.map(({ key }) => key);
    expect(keys?.includes('bot:handoff.writesIn')).toBe(language !== 'et');
    expect(customer.say('menu')).toEqual([]);
    expect(customer.toDesk).toEqual([{ type: 'relay', ticket: 'TEST-01', text: 'menu' }]);
  });

  test('a masked secret is passed on masked, and the customer is told', () => {
    const customer = atTheDesk();
    join(customer);
    const replies = customer.send({ type: 'message', text: 'salasõna on ***', secrets: ['password'] });
    expect(replies[0]?.parts[0]?.key).toBe('bot:secret.password');
    expect(told(customer)).toEqual(['relay']);
  });

  test('back to the bot, and to the agent again', () => {
    const customer = atTheDesk();
    join(customer);
    customer.say(label('bot:handoff.commands.leave.label'));
    expect(customer.state.handoff?.mode).toBe('waiting');
    expect(told(customer)).toEqual(['left']);
    customer.say(label('bot:commands.human.label'));
    customer.say('Kas keegi on?');
    expect(told(customer)).toEqual(['left', 'relay']);
  });

  test('an agent asks for a value: it comes back in its plain form', () => {
    const customer = atTheDesk();
    join(customer);
    desk(customer, { what: 'ask', name: 'Mari', field: 'pointsShown' });
    customer.say('1800');
    expect(customer.toDesk).toEqual([
      { type: 'relay', ticket: 'TEST-01', text: '1800', field: 'pointsShown', given: { value: 1800 } },
    ]);
    customer.say('2000');
    expect(customer.toDesk.at(-1)).toEqual({ type: 'relay', ticket: 'TEST-01', text: '2000' });
  });

  test('an agent sends the customer through a flow; its answers go to the agent, and its end leads back', () => {
    const customer = atTheDesk();
    join(customer);
    const [first] = desk(customer, { what: 'guide', name: 'Mari', flow: 'tiers' });
    expect(first?.node).toBe('points');
    customer.say('1800');
    expect(customer.state.handoff?.mode).toBe('talking');
    expect(customer.toDesk.at(-1)).toMatchObject({
      type: 'progress',
      steps: [{ node: 'points', given: { value: 1800 } }, {}],
    });
    customer.say('aitäh');
    expect(told(customer).at(-1)).toBe('relay');
  });

  test('after closing: good, or not and why', () => {
    const good = atTheDesk();
    join(good);
    desk(good, { what: 'closed', name: 'Mari' });
    good.say(label('bot:rating.options.good'));
    expect(good.toDesk).toEqual([{ type: 'rate', ticket: 'TEST-01', good: true }]);
    const bad = atTheDesk();
    join(bad);
    desk(bad, { what: 'closed', name: 'Mari' });
    bad.say(label('bot:rating.options.notGood'));
    bad.say('Liiga aeglane');
    expect(bad.toDesk.at(-1)).toEqual({ type: 'rate', ticket: 'TEST-01', good: false, why: 'Liiga aeglane' });
  });

  test('words after closing open the request again', () => {
    const customer = atTheDesk();
    join(customer);
    desk(customer, { what: 'closed', name: 'Mari' });
    customer.say('Tegelikult on veel üks mure');
    expect(told(customer)).toEqual(['reopen', 'relay']);
    expect(customer.state.handoff?.mode).toBe('talking');
  });

  test('an address alone is where unseen answers go', () => {
    const customer = atTheDesk();
    customer.say('mari@example.com');
    expect(customer.toDesk).toEqual([{ type: 'address', ticket: 'TEST-01', address: 'mari@example.com' }]);
  });

  test('the talk by mail: to the address given in it, not without one', () => {
    const customer = atTheDesk();
    customer.say(label('bot:transcript.label'));
    expect(customer.toDesk).toEqual([]);
    customer.say('mari@example.com');
    customer.say(label('bot:transcript.label'));
    expect(customer.toDesk.at(-1)).toEqual({ type: 'transcript', ticket: 'TEST-01', to: 'mari@example.com' });
  });

  test('without a desk nothing of this happens', () => {
    const customer = talk(language);
    for (const step of ['@contactSupport', '@other', 'x', '@skip', '@skip', '@skip', '@send']) customer.say(step);
    expect(customer.state.handoff).toBeUndefined();
  });
});
