import { describe, expect, test } from 'vitest';
import { render } from '../../../src/language/render.ts';
import { atTheDesk, buttonsOf, keysOf, ticket } from '../../helpers/at-the-desk.ts';
import { everyLanguage } from '../../helpers/talk.ts';
import { texts } from '../../helpers/world.ts';

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

  describe('words that are for nobody', () => {
    const goodbyes = {
      en: ['thanks, bye', 'ok thank you', 'all good', 'thank you very much for your help', 'goodbye!', 'no, thanks'],
      et: ['aitäh, head aega', 'ok aitäh', 'suur tänu ja kõike head!', 'selge', 'kõik korras', 'ei, aitäh'],
      lv: ['paldies, visu labu', 'paldies, viss', 'viss kārtībā', 'ok paldies', 'uz redzēšanos', 'nē, paldies'],
    }[language as 'en' | 'et' | 'lv'];
    test.each([...goodbyes, 'ok', '👍', '.'])('“%s” does not open it again, and rates nothing', (words) => {
      const { customer, told } = closed();
      customer.say(words);
      expect(told()).toEqual([]);
      expect(customer.where(), 'how it was is still asked').toBe('null.rating');
      expect(customer.state.handoff?.mode).toBe('closed');
    });

    test.each(goodbyes)('“%s” after the rating is answered, and offers nothing', (words) => {
      const { customer, label, told } = closed();
      customer.say(label('bot:rating.options.good'));
      const replies = customer.say(words);
      expect(keysOf(replies)).not.toContain('bot:handoff.closedHint');
      expect(told()).toEqual(['rate']);
    });

    test('they say nothing of what was not good', () => {
      const { customer, label, told } = closed();
      customer.say(label('bot:rating.options.notGood'));
      customer.say(goodbyes[1]!);
      expect(told()).toEqual(['rate']);
      expect(customer.where()).toBe('null.menu');
    });

    test('with praise they are a rating', () => {
      const { customer } = closed();
      customer.say({ en: 'yes, thank you', et: 'jah, aitäh', lv: 'jā, paldies' }[language]!);
      expect(customer.toDesk).toEqual([{ type: 'rate', ticket, good: true }]);
    });

    test.each(['ok but it still fails', 'thanks for nothing', 'ok help', '???'])('“%s” is none', (words) => {
      const { customer, told } = closed();
      customer.say(words);
      expect(told()).toEqual(['reopen', 'relay']);
    });
  });

  describe('after the rating', () => {
    const complaint = {
      en: 'Still nothing, that advice was wrong',
      et: 'Ikka pole midagi, see nõu oli vale',
      lv: 'Joprojām nekā, tas padoms bija nepareizs',
    }[language]!;
    function rated() {
      const at = closed();
      at.customer.say(at.label('bot:rating.options.good'));
      return at;
    }

    test('what the bot does not understand can go to the request: offered with its number, and nothing is lost', () => {
      const { customer, told } = rated();
      const replies = customer.say(complaint);
      expect(keysOf(replies)[0]).toBe('bot:handoff.closedHint');
      expect(buttonsOf(replies)[0]).toBe('bot:handoff.commands.reopen.label');
      expect(told()).toEqual(['rate']);
      customer.say(`${complaint}!`);
      const button = render(replies.at(-1)!.choices[0]!.part, language, texts, 'plain');
      expect(button).toContain(ticket);
      const opened = customer.say(button);
      expect(keysOf(opened)).toEqual(['bot:handoff.reopened', 'bot:handoff.alsoPassed']);
      expect(customer.toDesk.slice(1)).toEqual([
        { type: 'reopen', ticket },
        { type: 'relay', ticket, text: `${complaint}\n${complaint}!` },
      ]);
      expect(customer.state.handoff).toEqual({ ticket, mode: 'talking' });
    });

    test('the words on the rating’s button count too, long after it; with nothing unsaid nothing is passed on', () => {
      const { customer, label, told } = rated();
      customer.later(72);
      expect(keysOf(customer.say(label('bot:rating.options.reopen')))).toEqual(['bot:handoff.reopened']);
      expect(told()).toEqual(['rate', 'reopen']);
    });

    test('what is typed into a new request is for that one', () => {
      const { customer, label } = rated();
      customer.say(label('bot:commands.human.label'));
      expect(customer.where()).toBe('contactSupport.topic');
      expect(keysOf(customer.say('zorblat frumious'))).not.toContain('bot:handoff.closedHint');
    });

    test('what it understands it answers', () => {
      const { customer, told } = rated();
      expect(keysOf(customer.say('@tiers'))).not.toContain('bot:handoff.closedHint');
      expect(customer.where()).toBe('tiers.points');
      expect(told()).toEqual(['rate']);
    });
  });
});
