import { describe, expect, test } from 'vitest';
import type { Understood } from '../../src/conversation/state.ts';
import { everyLanguage, type Talk, talk } from '../helpers/talk.ts';
import { texts } from '../helpers/world.ts';

const settings = { reachable: true, desk: true, retentionDays: 45, dataController: 'Foto OÜ' };
const address = 'Mari@Example.com';

describe.each(everyLanguage)('a customer’s own data, in %s', (language) => {
  const label = (key: string) => texts.label(language, key);
  const show = label('bot:data.commands.show.label');
  const erase = label('bot:data.commands.erase.label');
  const word = label('bot:data.proof.word');
  const nothing = label('bot:data.proof.nothingErased');
  const effects = (customer: Talk) => customer.effects.map(({ type }) => type);
  const asked = (customer: Talk, of: 'show' | 'erase') =>
    expect(customer.state.aside).toMatchObject({ kind: 'proof', of });

  /** Somebody whose request, with an address in it, was passed on. */
  function withRequest(desk = true) {
    const customer = talk(language, { settings: { ...settings, desk } });
    for (const step of ['@contactSupport', '@other', 'Küsimus?', '@skip', address, '@byEmail', '@send'])
      customer.say(step);
    customer.effects.length = 0;
    customer.toDesk.length = 0;
    return customer;
  }
  const withAgent = () => {
    const customer = withRequest();
    customer.state = { ...customer.state, handoff: { ticket: 'TEST-01', mode: 'talking' } };
    return customer;
  };

  test('what is kept: from the settings, with buttons to see it and to delete it', () => {
    const customer = talk(language, { settings });
    const [reply] = customer.say(label('bot:data.commands.kept.label'));
    expect(customer.words()).toContain('45');
    expect(customer.words()).toContain('Foto OÜ');
    const buttons = reply!.choices.filter(({ command }) => !command).map(({ part }) => label(part.key));
    expect(buttons).toEqual([show, erase]);
    customer.say(erase);
    asked(customer, 'erase');
  });

  test('to see it: at once where no address was given, and the talk goes on where it was', () => {
    const customer = talk(language);
    customer.say('@register');
    customer.say(show);
    expect(effects(customer)).toEqual(['showData']);
    expect(customer.where()).toBe('register.start');
  });

  test('to see a request: the address given in it is asked for once more', () => {
    const customer = withRequest();
    customer.say(show);
    asked(customer, 'show');
    customer.say('else@example.com');
    expect(effects(customer)).toEqual([]);
    customer.say('mari@example.com');
    expect(effects(customer)).toEqual(['showData']);
    expect(customer.state.aside).not.toMatchObject({ kind: 'proof' });
  });

  test('to delete it: what happens is said first; a word confirms it where no address was given', () => {
    const customer = talk(language);
    const [reply] = customer.say(erase);
    expect(reply?.parts.map(({ key }) => key)).toEqual([
      'bot:data.erase.text',
      'bot:data.erase.notReached',
      'bot:data.proof.eraseWord',
    ]);
    expect(customer.words()).toContain(word);
    expect(effects(customer)).toEqual([]);
    customer.say(word.toLowerCase());
    expect(effects(customer)).toEqual(['eraseData']);
  });

  test.each([true, false])('with a request (a desk: %s): its number is said, and its address confirms', (desk) => {
    const customer = withRequest(desk);
    const [reply] = customer.say(erase);
    expect(reply?.parts.map(({ key }) => key)).toContain('bot:data.erase.requests');
    expect(customer.words()).toContain('TEST-01');
    expect(customer.words().toLowerCase(), 'the address is not given away').not.toContain('mari@');
    customer.say(word);
    expect(effects(customer), 'the word alone is not enough').toEqual([]);
    customer.say('  mari@EXAMPLE.com. ');
    expect(effects(customer)).toEqual(['eraseData']);
  });

  test('the address still counts after a new beginning', () => {
    const customer = withRequest(false);
    customer.say(label('bot:commands.startOver.label'));
    customer.say(erase);
    customer.say(word);
    expect(effects(customer)).toEqual([]);
    customer.say(address);
    expect(effects(customer)).toEqual(['eraseData']);
  });

  test('a wrong answer deletes nothing and says so; the third ends the question', () => {
    const customer = talk(language);
    customer.say('@register');
    customer.say(erase);
    for (const wrong of ['jah?', 'a@b.ee']) {
      customer.say(wrong);
      expect(customer.words()).toContain(nothing);
      asked(customer, 'erase');
    }
    customer.say('xyz');
    expect(customer.words()).toContain(nothing);
    expect(customer.where()).toBe('register.start');
    customer.say(word);
    expect(effects(customer)).not.toContain('eraseData');
  });

  test.each(['@leave', '1', '@again', '@human', 'What is this about?'])('a way out: %s', (way) => {
    const customer = talk(language);
    customer.say('@register');
    customer.say(erase);
    customer.say(way);
    expect(customer.words()).toContain(nothing);
    customer.say(word);
    expect(effects(customer)).not.toContain('eraseData');
  });

  test('with an agent: the bot asks, the agent does not get the answer, and the talk with them goes on', () => {
    const customer = withAgent();
    const [question] = customer.say(erase);
    expect(question?.choices.map(({ part }) => part.key)).toEqual([
      'bot:data.proof.leave',
      'bot:handoff.commands.leave.label',
    ]);
    expect(customer.toDesk).toEqual([]);
    customer.say('else@example.com');
    expect(customer.words()).toContain(nothing);
    expect(customer.toDesk).toEqual([]);
    customer.say('Kas keegi on seal?');
    expect(customer.words()).toContain(nothing);
    expect(customer.toDesk.map(({ type }) => type)).toEqual(['relay']);
    expect(customer.state.handoff?.mode).toBe('talking');
    customer.say(erase);
    customer.say(address);
    expect(effects(customer)).toEqual(['eraseData']);
  });

  test('in any words: understood by rule, also at an agent’s, who gets them too', () => {
    const words = 'could you please get rid of it all';
    const read = (data: Understood['data']): Understood => ({
      ...{ intent: 'none', decision: 'none', ranking: [], language, languageSure: false },
      ...(data ? { route: 'privacy', data } : {}),
    });
    const understand = (text: string) => read(text === words ? 'erase' : undefined);
    const alone = talk(language, { understand });
    alone.say(words);
    asked(alone, 'erase');
    const customer = withAgent();
    const told = talk(language, { settings, understand });
    told.state = customer.state;
    told.say(words);
    asked(told, 'erase');
    expect(told.toDesk).toEqual([{ type: 'relay', ticket: 'TEST-01', text: words }]);
    told.toDesk.length = 0;
    told.say('muidu kõik hästi');
    expect(told.toDesk.map(({ type }) => type)).toEqual(['relay']);
  });

  test('a masked secret is no answer to the check', () => {
    const customer = talk(language);
    customer.say(erase);
    customer.send({ type: 'message', text: `${word} ***`, secrets: ['password'] });
    expect(effects(customer)).toEqual([]);
    expect(customer.words()).toContain(label('bot:secret.password'));
  });
});
