import { describe, expect, test } from 'vitest';
import type { Request } from '../../src/conversation/state.ts';
import { everyLanguage, type Talk, talk } from '../helpers/talk.ts';
import { texts } from '../helpers/world.ts';

function requestOf({ effects }: Talk): Request {
  const [first] = effects;
  if (first?.type !== 'openTicket') throw new Error('no request');
  return first.request;
}

describe.each(everyLanguage)('the hand-off, in %s', (language) => {
  const upToSummary = (changes = {}) => {
    const customer = talk(language, changes);
    for (const step of ['@contactSupport', '@other', 'Kus mu *kaamera* on?', 'Foto OÜ', 'mari@example.com', '@byEmail'])
      customer.say(step);
    return customer;
  };

  test('a summary, consent, a number; the words as they were typed', () => {
    const customer = upToSummary();
    expect(customer.where()).toBe('contactSupport.summary');
    expect(customer.words()).toContain('Foto OÜ');
    expect(customer.effects).toEqual([]);
    const replies = customer.say('@send');
    expect(customer.where()).toBe('contactSupport.sent');
    expect(replies.at(-1)?.ticket).toBe('TEST-01');
    expect(customer.effects).toHaveLength(1);
    const request = requestOf(customer);
    expect(request.topic).toBe('other');
    expect(request.fields.find(({ field }) => field === 'question')?.given.value).toBe('Kus mu *kaamera* on?');
  });

  test('where agents answer in the chat, it is agreed that what is not seen goes to the address, unless that is left out', () => {
    const [part = ''] = texts.label(language, 'bot:handoff.alsoByMail').split('{{address}}');
    expect(upToSummary().words()).not.toContain(part);
    const customer = upToSummary({ settings: { reachable: true, desk: true } });
    expect(customer.words()).toContain(part);
    customer.say('@leaveOut');
    customer.say('@email');
    expect(customer.where()).toBe('contactSupport.summary');
    expect(customer.words()).not.toContain(part);
  });

  test('nothing is passed on without consent', () => {
    const customer = upToSummary();
    customer.say('@cancel');
    expect(customer.where()).toBe('contactSupport.notSent');
    expect(customer.effects).toEqual([]);
  });

  test('an answer can be changed', () => {
    const customer = upToSummary();
    customer.say('@change');
    customer.say('@company');
    expect(customer.where()).toBe('contactSupport.company');
    customer.say('Foto AS');
    expect(customer.where()).toBe('contactSupport.summary');
    expect(customer.words()).toContain('Foto AS');
    expect(customer.words()).not.toContain('Foto OÜ');
  });

  test('an answer can be left out, also one that another part of the talk has told', () => {
    const customer = talk(language);
    for (const step of ['@tiers', '1800']) customer.say(step);
    customer.say('@menu');
    for (const step of ['@contactSupport', '@noInvitation']) customer.say(step);
    expect(customer.where(), 'the points are known').toBe('contactSupport.levelsShown');
    for (const step of ['@none', '@notSeen', '@skip', '@skip', '@skip']) customer.say(step);
    customer.say('@leaveOut');
    customer.say('@pointsShown');
    expect(customer.where()).toBe('contactSupport.summary');
    customer.say('@send');
    expect(JSON.stringify(customer.effects)).not.toContain('1800');
  });

  test('without an address it says so first, keeps the request, and promises nothing', () => {
    const customer = talk(language, { settings: { reachable: false } });
    const replies = customer.say('@contactSupport');
    expect(replies.map((reply) => reply.node)).toEqual(['noAddress', 'topic']);
    for (const step of ['@other', 'x', '@skip', '@skip', '@skip', '@send']) customer.say(step);
    expect(customer.where()).toBe('contactSupport.kept');
    expect(customer.effects).toHaveLength(1);
  });

  test('an address is one address', () => {
    const customer = talk(language);
    for (const step of ['@contactSupport', '@other', 'x', '@skip']) customer.say(step);
    for (const typed of ['a@b.ee, c@d.ee', 'nobody']) {
      customer.say(typed);
      expect(customer.where()).toBe('contactSupport.email');
    }
    customer.say('see on a@b.ee.');
    expect(customer.state.answers.contactSupport?.email).toEqual({ value: 'a@b.ee' });
  });

  test('the stage of the walk-through and its course go along; afterwards a new request starts empty', () => {
    const customer = talk(language);
    for (const step of ['@register', '@applied', '@no', '@unknown', '@yes', '@nothing']) customer.say(step);
    expect(customer.state.topic).toBe('noPasswordMail');
    for (let i = 0; i < 6 && customer.where() !== 'contactSupport.summary'; i++) customer.say('@skip');
    customer.say('@send');
    const request = requestOf(customer);
    expect(request.stage).toBe('waiting');
    expect(request.ledger.map(({ flow, node, given }) => [flow, node, given?.option])).toContainEqual([
      'register',
      'lookedEverywhere',
      'nothing',
    ]);
    customer.say('@menu');
    customer.say('@contactSupport');
    customer.say('@yes');
    expect(customer.where()).toBe('contactSupport.topic');
  });

  describe('a second request', () => {
    const another = (customer: Talk) => {
      for (const step of ['@other', 'Ja veel?', '@skip', '@skip', '@byEmail', '@send']) customer.say(step);
    };

    test('while one is open: its number, and the question whether it is about something else', () => {
      const customer = upToSummary();
      customer.say('@send');
      customer.say('@menu');
      customer.say('@contactSupport');
      expect(customer.where()).toBe('contactSupport.already');
      expect(customer.words()).toContain('TEST-01');
      customer.say('@no');
      expect(customer.where()).toBe('contactSupport.same');
      expect(customer.words()).toContain('TEST-01');
      expect(customer.effects).toHaveLength(1);
      customer.say('@human');
      customer.say('@yes');
      another(customer);
      expect(customer.effects, 'nobody can close a request without a desk').toHaveLength(2);
    });

    test('once the first is closed: as the first', () => {
      const customer = upToSummary();
      customer.say('@send');
      customer.ticket = { ...customer.ticket!, status: 'closed' };
      customer.say('@human');
      expect(customer.where()).toBe('contactSupport.topic');
    });

    test('while one is at the desk: none, wherever it is asked for', () => {
      const customer = upToSummary({ settings: { reachable: true, desk: true } });
      customer.say('@send');
      for (const step of ['@menu', '@register', '@applied', '@no', '@unknown', '@yes', '@nothing']) customer.say(step);
      expect(customer.where()).toBe('contactSupport.atDesk');
      expect(customer.words()).toContain('TEST-01');
      expect(customer.effects).toHaveLength(1);
    });

    test('by going back to what was sent: none at the desk', () => {
      const customer = upToSummary({ settings: { reachable: true, desk: true } });
      customer.say('@send');
      customer.say('@back');
      expect(customer.where()).toBe('contactSupport.summary');
      customer.say('@send');
      expect(customer.where()).toBe('contactSupport.atDesk');
      expect(customer.effects).toHaveLength(1);
    });

    test('three in a day are passed on, no more; a day later again', () => {
      const customer = upToSummary();
      customer.say('@send');
      for (let i = 0; i < 7; i++) {
        customer.say('@human');
        if (customer.where() === 'contactSupport.already') customer.say('@yes');
        if (customer.where() === 'contactSupport.topic') another(customer);
      }
      expect(customer.where()).toBe('contactSupport.enough');
      expect(customer.words()).toContain('TEST-03');
      expect(customer.effects).toHaveLength(3);
      for (const step of ['@back', '@send']) customer.say(step);
      expect(customer.where(), 'nor by going back').toBe('contactSupport.enough');
      customer.say('@startOver');
      customer.say('@contactSupport');
      expect(customer.where(), 'nor by starting over').toBe('contactSupport.enough');
      customer.later(25);
      customer.say('@human');
      expect(customer.where()).toBe('contactSupport.already');
    });
  });
});
