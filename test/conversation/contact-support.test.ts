import { describe, expect, test } from 'vitest';
import type { Request } from '../../src/conversation/state.ts';
import { everyLanguage, type Talk, talk } from '../helpers/talk.ts';

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
    expect(customer.where()).toBe('contactSupport.topic');
  });
});
