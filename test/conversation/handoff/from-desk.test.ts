import { describe, expect, test } from 'vitest';
import { readOpenHours } from '../../../src/config/values.ts';
import { converseFromDesk } from '../../../src/conversation/converse.ts';
import type { DeskEvent } from '../../../src/conversation/state.ts';
import { atTheDesk, buttonsOf, keysOf, ticket } from '../../helpers/at-the-desk.ts';
import { everyLanguage } from '../../helpers/talk.ts';
import { friday, testWorld } from '../../helpers/world.ts';

describe.each(everyLanguage)('what an agent does to a talk in %s', (language) => {
  test('joins: said with the language in which they write, where it is another', () => {
    const { customer, join } = atTheDesk(language);
    const keys = keysOf(join());
    expect(keys.includes('bot:handoff.writesIn')).toBe(language !== 'et');
    expect(customer.state.handoff).toEqual({ ticket, mode: 'talking' });
  });

  test('leaves: the bot is back, with the buttons of the question that was open, or of the menu', () => {
    const { customer, desk, join } = atTheDesk(language);
    customer.say('@menu');
    const buttons = buttonsOf(customer.say('@migrateButtonMissing'));
    join();
    const left = desk({ what: 'left', name: 'Mari' });
    expect(keysOf(left)[0]).toBe('bot:handoff.agentLeft');
    expect(buttonsOf(left)).toEqual(buttons);
    expect(customer.state.handoff).toEqual({ ticket, mode: 'waiting' });
    join();
    desk({ what: 'guide', id: 'g1', name: 'Mari', flow: 'tiers' });
    customer.say('1800');
    expect(buttonsOf(desk({ what: 'left', name: 'Mari' }))).toContain('bot:menu.options.tiers');
  });

  test('answers: as typed, also to somebody who went back to the bot', () => {
    const { customer, desk, join, label } = atTheDesk(language);
    join();
    customer.say(label('bot:handoff.commands.leave.label'));
    const [told, answer] = desk({ what: 'answer', id: 'a1', name: 'Mari', text: '*Tere*' });
    expect(keysOf(told ? [told] : []), 'whom the next words reach').toEqual(['bot:handoff.takenBack']);
    expect(answer).toMatchObject({ from: 'Mari', typed: '*Tere*' });
    expect(desk({ what: 'answer', id: 'a2', name: 'Mari', text: 'Veel' }), 'said once').toHaveLength(1);
    customer.say('Aitäh');
    expect(customer.toDesk.at(-1)).toEqual({ type: 'relay', ticket, text: 'Aitäh' });
  });

  test.each<DeskEvent>([
    { what: 'answer', id: 'a1', name: 'Mari', text: 'Tere' },
    { what: 'ready', id: 'a1', name: 'Mari', ready: 'received' },
    { what: 'ask', id: 'a1', name: 'Mari', field: 'company' },
  ])(
    'a word of the agent’s takes the talk from an open question of the bot, says so, and the way back leads to it: $what',
    (event) => {
      const { customer, desk, join, label } = atTheDesk(language);
      join();
      customer.say(label('bot:handoff.commands.leave.label'));
      customer.say('@menu');
      customer.say('@migrateButtonMissing');
      const open = customer.where();
      const replies = desk(event);
      expect(keysOf(replies)[0]).toBe('bot:handoff.takenBack');
      expect(replies.at(-1)?.from, 'the agent’s words and buttons stand last').toBe('Mari');
      customer.say('jah');
      expect(customer.toDesk.at(-1)).toMatchObject({ type: 'relay' });
      customer.say(label('bot:handoff.commands.leave.label'));
      expect(customer.where()).toBe(open);
    },
  );

  test('gives a ready answer, or one of the bot’s own facts, in the customer’s language', () => {
    const { desk, join } = atTheDesk(language);
    join();
    expect(keysOf(desk({ what: 'ready', id: 'r1', name: 'Mari', ready: 'anythingElse' }))).toEqual([
      'desk:ready.anythingElse.text',
    ]);
    expect(keysOf(desk({ what: 'ready', id: 'r2', name: 'Mari', ready: 'memberNumber' }))[0]).toMatch(/^(flows|desk):/);
  });

  test('sends the customer through a flow; its answers go to the agent, and its end leads back', () => {
    const { customer, desk, join, told } = atTheDesk(language);
    join();
    const [first] = desk({ what: 'guide', id: 'g1', name: 'Mari', flow: 'tiers' });
    expect(first?.node).toBe('points');
    expect(keysOf(first ? [first] : [])[0]).toBe('bot:handoff.guided');
    customer.say('1800');
    expect(customer.state.handoff?.mode).toBe('talking');
    expect(customer.toDesk.at(-1)).toMatchObject({
      type: 'progress',
      steps: [{ node: 'points', given: { value: 1800 } }, {}],
    });
    customer.say('aitäh');
    expect(told().at(-1)).toBe('relay');
  });

  test('a longer walk is shown step by step, from the place at which the agent has sent them in', () => {
    const { customer, desk, join, told, label } = atTheDesk(language);
    join();
    desk({ what: 'guide', id: 'g1', name: 'Mari', flow: 'migrateButtonMissing', node: 'hadCps' });
    expect(customer.state.handoff?.mode).toBe('guided');
    customer.say(label('flows:migrateButtonMissing.hadCps.options.yes'));
    expect(customer.where()).toBe('migrateButtonMissing.oldEmailGiven');
    expect(told()).toEqual(['progress']);
    expect(customer.state.handoff?.mode).toBe('guided');
  });

  test('a walk that the agent breaks off by an answer', () => {
    const { customer, desk, join, told } = atTheDesk(language);
    join();
    desk({ what: 'guide', id: 'g1', name: 'Mari', flow: 'tiers' });
    desk({ what: 'answer', id: 'a1', name: 'Mari', text: 'Pole vaja' });
    customer.say('1800');
    expect(told()).toEqual(['relay']);
  });

  test.each<[DeskEvent, string[]]>([
    [{ what: 'closed', name: 'Juris' }, ['bot:handoff.closed']],
    [{ what: 'left', name: 'Juris' }, []],
    [
      { what: 'stopped', byMail: true, address: true },
      ['bot:handoff.stopped', 'bot:handoff.stoppedMail', 'bot:handoff.stoppedMore'],
    ],
  ])('what becomes of another request leaves the talk about this one as it is: $0.what', (event, said) => {
    const { customer, join } = atTheDesk(language);
    join();
    const outcome = converseFromDesk(
      customer.state,
      event,
      'OTHER-1',
      testWorld({ settings: { reachable: true, desk: true } }),
    );
    expect(keysOf(outcome.replies)).toEqual(said);
    expect(outcome.state).toEqual(customer.state);
  });

  test('the desk stops: the bot is back, with the open question below', () => {
    const { customer, desk, join } = atTheDesk(language);
    customer.say('@menu');
    customer.say('@tiers');
    join();
    const replies = desk({ what: 'stopped', byMail: false, address: false });
    expect(keysOf(replies)).toEqual(['bot:handoff.stopped', 'bot:handoff.stoppedMore', 'bot:handoff.leaveAddress']);
    expect(customer.state.handoff).toEqual({ ticket, mode: 'waiting' });
    customer.say('1800');
    expect(customer.toDesk).toEqual([]);
  });

  describe('nobody takes it', () => {
    const hours = readOpenHours('Mon-Fri 09:00-17:00');
    const hour = 3600_000;
    const support = { hours, timeZone: 'Europe/Tallinn', country: 'EE', replyWithin: 4 * hour };
    const unclaimed = (address: boolean, byMail = true) =>
      ({ what: 'unclaimed', since: friday, byMail, address }) as const;

    test('an address is asked for where none is known', () => {
      const { desk } = atTheDesk(language);
      expect(keysOf(desk(unclaimed(false)))).toEqual([
        ...['bot:handoff.unclaimed', 'bot:handoff.byMail', 'bot:handoff.leaveAddress'],
      ]);
      expect(keysOf(desk(unclaimed(true, false)))).toEqual(['bot:handoff.unclaimed']);
    });

    test('the buttons of the open question stay', () => {
      const { customer, desk } = atTheDesk(language);
      customer.say('@menu');
      const buttons = buttonsOf(customer.say('@migrateButtonMissing'));
      expect(buttonsOf(desk(unclaimed(true)))).toEqual(buttons);
    });

    test('the time that was named at the beginning stays, until it has passed', () => {
      const { desk } = atTheDesk(language);
      const at = (later: number) => ({
        now: friday + later,
        settings: { reachable: true, desk: true, support },
      });
      const [early] = desk(unclaimed(true), at(hour));
      const by = early?.parts.find(({ key }) => key === 'bot:answerTime.by')?.values?.by;
      expect(by).toMatchObject({ part: { values: { date: { date: '2026-11-20' }, time: { time: 16 * 60 } } } });
      expect(keysOf(desk(unclaimed(true), at(4.5 * hour)))).toEqual(['bot:handoff.unclaimed', 'bot:handoff.byMail']);
      const evening = keysOf(desk(unclaimed(true), at(9 * hour)));
      expect(evening).toEqual(['bot:handoff.unclaimed', 'bot:answerTime.opens', 'bot:handoff.byMail']);
    });
  });
});
