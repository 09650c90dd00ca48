import { describe, expect, test } from 'vitest';
import { atTheDesk, keysOf, ticket } from '../../helpers/at-the-desk.ts';
import { everyLanguage } from '../../helpers/talk.ts';

describe.each(everyLanguage)('after the agent has closed the request, in %s', (language) => {
  function closed() {
    const at = atTheDesk(language);
    at.join();
    expect(at.desk({ what: 'closed', name: 'Mari' }).at(-1)?.node).toBe('rating');
    return at;
  }

  test('the help was good', () => {
    const { customer, label } = closed();
    const replies = customer.say(label('bot:rating.options.good'));
    expect(customer.toDesk).toEqual([{ type: 'rate', ticket, good: true }]);
    expect(keysOf(replies)).toContain('bot:rating.thanks');
    expect(customer.where()).toBe('null.menu');
  });

  test('it was not, and why; that is asked once', () => {
    const { customer, label, told } = closed();
    customer.say(label('bot:rating.options.notGood'));
    expect(customer.where()).toBe('null.ratingWhy');
    const thanks = customer.say('Liiga aeglane');
    expect(customer.toDesk.at(-1)).toEqual({ type: 'rate', ticket, good: false, why: 'Liiga aeglane' });
    expect(keysOf(thanks)[0]).toBe('bot:rating.thanks');
    expect(customer.where()).toBe('null.menu');
    customer.say('Veel midagi');
    expect(told()).toEqual(['rate', 'rate']);
  });

  test('it was not, and nothing to add', () => {
    const { customer, label, told } = closed();
    customer.say(label('bot:rating.options.notGood'));
    customer.say(label('bot:rating.options.skip'));
    expect(told()).toEqual(['rate']);
    expect(customer.where()).toBe('null.menu');
  });

  test.each(['rating', 'ratingWhy'])('more help is needed: the request is open again (%s)', (kind) => {
    const { customer, label, told } = closed();
    if (kind === 'ratingWhy') customer.say(label('bot:rating.options.notGood'));
    expect(keysOf(customer.say(label('bot:rating.options.reopen')))).toEqual(['bot:handoff.reopened']);
    expect(told().at(-1)).toBe('reopen');
    expect(customer.state.handoff?.mode).toBe('talking');
    expect(customer.state.aside).toBeUndefined();
  });

  test('other words open it again too, and go to the agent', () => {
    const { customer, told } = closed();
    customer.say('Tegelikult on veel üks mure');
    expect(told()).toEqual(['reopen', 'relay']);
    expect(customer.state.handoff?.mode).toBe('talking');
  });

  test('a command is one: the bot goes on, and a human is a new request', () => {
    const { customer, label, told } = closed();
    customer.say(label('bot:commands.menu.label'));
    expect(customer.where()).toBe('null.menu');
    customer.say(label('bot:commands.human.label'));
    expect(customer.where()).toBe('contactSupport.topic');
    expect(told()).toEqual([]);
  });

  test('the question that was open before the agent came is put again', () => {
    const { customer, desk, join, label } = atTheDesk(language);
    customer.say('@menu');
    customer.say('@tiers');
    join();
    desk({ what: 'closed', name: 'Mari' });
    customer.say(label('bot:rating.options.good'));
    expect(customer.where()).toBe('tiers.points');
  });
});
