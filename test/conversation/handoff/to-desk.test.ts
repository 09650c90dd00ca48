import { describe, expect, test } from 'vitest';
import { atTheDesk, buttonsOf, keysOf, ticket } from '../../helpers/at-the-desk.ts';
import { everyLanguage, talk } from '../../helpers/talk.ts';

describe.each(everyLanguage)('what the customer types while the request is at the desk, in %s', (language) => {
  test('goes to the agent as it is, and the bot keeps quiet', () => {
    const { customer, join } = atTheDesk(language);
    join();
    expect(customer.say('menu')).toEqual([]);
    expect(customer.toDesk).toEqual([{ type: 'relay', ticket, text: 'menu' }]);
  });

  test('before an agent has come it is for the bot', () => {
    const { customer, told } = atTheDesk(language);
    expect(customer.state.handoff).toEqual({ ticket, mode: 'waiting' });
    customer.say('@menu');
    customer.say('@tiers');
    expect(customer.where()).toBe('tiers.points');
    expect(told()).toEqual([]);
  });

  describe('what the bot does not understand is for the people behind the request', () => {
    const lost = 'zorblat frumious xyzzy';

    test('while nobody has come: it is added, and the customer is told', () => {
      const { customer } = atTheDesk(language);
      const replies = customer.say(lost);
      expect(keysOf(replies)[0]).toBe('bot:handoff.added');
      expect(customer.toDesk).toEqual([{ type: 'relay', ticket, text: lost }]);
      expect(customer.state.handoff, 'and the bot goes on').toEqual({ ticket, mode: 'waiting' });
      expect(
        customer.effects.map(({ type }) => type),
        'not for the bot to learn',
      ).not.toContain('unknown');
    });

    test('at an open question of a flow; however often, no human is offered: they have them', () => {
      const { customer, told } = atTheDesk(language);
      customer.say('@menu');
      customer.say('@migrateButtonMissing');
      const open = customer.where();
      for (let n = 0; n < 3; n++)
        expect(keysOf(customer.say(`${lost} ${'a'.repeat(n + 1)}`))[0]).toBe('bot:handoff.added');
      expect(told()).toEqual(['relay', 'relay', 'relay']);
      expect(customer.where()).toBe(open);
    });

    test('on the way through a flow for the agent', () => {
      const { customer, desk, join } = atTheDesk(language);
      join();
      desk({ what: 'guide', id: 'g1', name: 'Mari', flow: 'migrateButtonMissing', node: 'hadCps' });
      expect(keysOf(customer.say(lost))[0]).toBe('bot:handoff.added');
      expect(customer.toDesk.map((effect) => effect.type).sort()).toEqual(['progress', 'relay']);
      expect(customer.where()).toBe('migrateButtonMissing.hadCps');
      expect(customer.state.handoff?.mode).toBe('guided');
    });

    test('what it understands stays between the two', () => {
      const { customer, told } = atTheDesk(language);
      customer.say('@menu');
      customer.say('@tiers');
      customer.say('1800');
      expect(told()).toEqual([]);
    });
  });

  test('a masked secret is passed on masked, and the customer is told', () => {
    const { customer, join, told } = atTheDesk(language);
    join();
    const password = customer.send({ type: 'message', text: 'salasõna on ***', secrets: ['password'] });
    expect(keysOf(password)).toEqual(['bot:secret.password']);
    const card = customer.send({ type: 'message', text: 'kaart ***', secrets: ['card'] });
    expect(keysOf(card)).toEqual(['bot:secret.card']);
    expect(told()).toEqual(['relay', 'relay']);
  });

  test('back to the bot, with the open question again; and to the agent again', () => {
    const { customer, join, told, label } = atTheDesk(language);
    customer.say('@menu');
    customer.say('@tiers');
    join();
    const back = customer.say(label('bot:handoff.commands.leave.label'));
    expect(keysOf(back)[0]).toBe('bot:handoff.youLeft');
    expect(customer.where()).toBe('tiers.points');
    expect(customer.state.handoff?.mode).toBe('waiting');
    expect(told()).toEqual(['left']);
    expect(keysOf(customer.say(label('bot:commands.human.label')))).toEqual(['bot:handoff.passing']);
    customer.say('Kas keegi on?');
    expect(told()).toEqual(['left', 'relay']);
  });

  test('a file is refused, nothing of it goes to the agent', () => {
    const { customer, join, told } = atTheDesk(language);
    join();
    expect(keysOf(customer.send({ type: 'upload' }))).toEqual(['bot:upload']);
    expect(told()).toEqual([]);
  });

  test('words that no card can hold are not passed on, and the customer is told', () => {
    const { customer, join, told } = atTheDesk(language);
    join();
    expect(keysOf(customer.say('x'.repeat(4001)))).toEqual(['bot:tooLong']);
    expect(told()).toEqual([]);
    customer.say('x'.repeat(4000));
    expect(told()).toEqual(['relay']);
  });

  test('another language, chosen beside the talk: confirmed in it, and the agent keeps the talk', () => {
    const { customer, join, told } = atTheDesk(language);
    join();
    const other = everyLanguage.find((one) => one !== language)!;
    expect(keysOf(customer.send({ type: 'language', language: other }))).toEqual(['bot:language.switched']);
    expect(customer.state).toMatchObject({ language: other, handoff: { mode: 'talking' } });
    expect(customer.toDesk, 'the request is in that language too').toEqual([
      { type: 'language', ticket, language: other },
    ]);
    customer.send({ type: 'language', language: other });
    expect(told()).toEqual(['language']);
  });

  describe('an e-mail address alone', () => {
    test('is where unseen answers go, before and after an agent has come', () => {
      const waiting = atTheDesk(language);
      expect(keysOf(waiting.customer.say(' mari@example.com '))).toEqual(['bot:handoff.addressKept']);
      expect(waiting.customer.toDesk).toEqual([{ type: 'address', ticket, address: 'mari@example.com' }]);
      const talking = atTheDesk(language);
      talking.join();
      talking.customer.say('mari@example.com');
      expect(talking.customer.state).toMatchObject({ address: 'mari@example.com', handoff: { mode: 'talking' } });
      expect(talking.told()).toEqual(['address']);
    });

    test('leaves the buttons of an open question where they are', () => {
      const { customer } = atTheDesk(language);
      customer.say('@menu');
      const buttons = buttonsOf(customer.say('@migrateButtonMissing'));
      expect(buttons.length).toBeGreaterThan(0);
      expect(buttonsOf(customer.say('mari@example.com'))).toEqual(buttons);
    });

    test.each(['email', 'oldEmail'])('answers the agent who has asked for it (%s)', (field) => {
      const { customer, desk, join } = atTheDesk(language);
      join();
      desk({ what: 'ask', id: 'q1', name: 'Mari', field });
      customer.say('mari@example.com');
      const given = { value: 'mari@example.com' };
      expect(customer.toDesk).toEqual([{ type: 'relay', ticket, text: 'mari@example.com', field, given }]);
      expect(customer.state.address, 'an old address is not one to write to').toBe(
        field === 'email' ? 'mari@example.com' : undefined,
      );
    });
  });

  describe('an agent has asked for a value', () => {
    test('it comes back in its plain form, once', () => {
      const { customer, desk, join } = atTheDesk(language);
      join();
      desk({ what: 'ask', id: 'q1', name: 'Mari', field: 'pointsShown' });
      customer.say('1800');
      const field = 'pointsShown';
      expect(customer.toDesk).toEqual([{ type: 'relay', ticket, text: '1800', field, given: { value: 1800 } }]);
      customer.say('2000');
      expect(customer.toDesk.at(-1)).toEqual({ type: 'relay', ticket, text: '2000' });
    });

    test('a button comes back by its name, words that are no value as they are', () => {
      const { customer, desk, join, label } = atTheDesk(language);
      join();
      desk({ what: 'ask', id: 'q1', name: 'Mari', field: 'switchPosition' });
      const text = label('flows:contactSupport.switchPosition.options.off');
      customer.say(text);
      expect(customer.toDesk.at(-1)).toMatchObject({ field: 'switchPosition', given: { option: 'off' } });
      desk({ what: 'ask', id: 'q1', name: 'Mari', field: 'pointsShown' });
      customer.say('palju');
      expect(customer.toDesk.at(-1)).toEqual({ type: 'relay', ticket, text: 'palju', field: 'pointsShown' });
    });
  });

  test('the talk by mail: to the address given in it, not without one', () => {
    const { customer, desk, join, label } = atTheDesk(language);
    expect(keysOf(customer.say(label('bot:transcript.label')))).toEqual(['bot:transcript.noAddress']);
    expect(customer.toDesk).toEqual([]);
    customer.say('mari@example.com');
    join();
    desk({ what: 'answer', id: 'a1', name: 'Mari', text: 'Tere' });
    expect(keysOf(customer.say(label('bot:transcript.label')))).toEqual(['bot:transcript.sent']);
    expect(customer.toDesk.at(-1)).toEqual({ type: 'transcript', ticket, to: 'mari@example.com' });
  });

  describe('the talk by mail, in somebody else’s mailbox', () => {
    test('not before an agent has answered; it can be had in the chat', () => {
      const { customer, join, told, label } = atTheDesk(language, 'klient@example.com');
      expect(keysOf(customer.say(label('bot:transcript.label')))).toEqual(['bot:transcript.notYet']);
      expect(customer.words()).toContain(label('bot:data.commands.show.label'));
      expect(customer.words().replaceAll('\\', '')).toContain('klient@example.com');
      join();
      expect(keysOf(customer.say(label('bot:transcript.label'))), 'taken is not answered').toEqual([
        'bot:transcript.notYet',
      ]);
      expect(told()).toEqual([]);
    });

    test('not to an address that came after the agent’s last words', () => {
      const { customer, desk, join, told, label } = atTheDesk(language, 'klient@example.com');
      join();
      desk({ what: 'answer', id: 'a1', name: 'Mari', text: 'Tere' });
      customer.say('victim@bank.example');
      expect(keysOf(customer.say(label('bot:transcript.label')))).toEqual(['bot:transcript.notYet']);
      expect(told()).toEqual(['address']);
      customer.say('klient@example.com');
      expect(keysOf(customer.say(label('bot:transcript.label'))), 'that one was answered').toEqual([
        'bot:transcript.sent',
      ]);
      customer.say('new@example.com');
      desk({ what: 'answer', id: 'a2', name: 'Mari', text: 'Tere' });
      expect(keysOf(customer.say(label('bot:transcript.label')))).toEqual(['bot:transcript.sent']);
    });

    test('three times for a request, then no more; that is noted once', () => {
      const { customer, desk, join, told, label } = atTheDesk(language, 'klient@example.com');
      join();
      desk({ what: 'answer', id: 'a1', name: 'Mari', text: 'Tere' });
      const said = Array.from({ length: 6 }, () => keysOf(customer.say(label('bot:transcript.label'))));
      const [sent, enough] = [['bot:transcript.sent'], ['bot:transcript.enough']];
      expect(said).toEqual([sent, sent, sent, enough, enough, enough]);
      expect(told()).toEqual(['transcript', 'transcript', 'transcript', 'refused']);
      expect(customer.ticket?.log.at(-1)).toMatchObject({ by: 'customer', what: 'transcriptRefused' });
    });
  });

  test('the address is changed three times, then stays; the same one again is no change', () => {
    const { customer, told } = atTheDesk(language, 'klient@example.com');
    expect(keysOf(customer.say('klient@example.com'))).toEqual(['bot:handoff.addressKept']);
    expect(told()).toEqual([]);
    const said = Array.from({ length: 6 }, (_, i) => keysOf(customer.say(`victim${i}@bank.example`)));
    const [kept, limit] = [['bot:handoff.addressKept'], ['bot:handoff.addressLimit']];
    expect(said).toEqual([kept, kept, kept, limit, limit, limit]);
    expect(customer.words().replaceAll('\\', ''), 'the one that stays is named').toContain('victim2@bank.example');
    expect(customer.state.address, 'the first proves who one is').toBe('klient@example.com');
    expect(told()).toEqual(['address', 'address', 'address', 'refused']);
    expect(customer.ticket?.log.at(-1)).toMatchObject({ by: 'customer', what: 'addressRefused' });
  });

  test('without a desk nothing of this happens', () => {
    const customer = talk(language);
    for (const step of ['@contactSupport', '@other', 'x', '@skip', '@skip', '@skip', '@send']) customer.say(step);
    expect(customer.state.handoff).toBeUndefined();
  });
});
