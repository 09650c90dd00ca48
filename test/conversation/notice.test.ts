import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import notice from '../../locales/notice.json' with { type: 'json' };
import { newState } from '../../src/conversation/state.ts';
import { everyLanguage, talk } from '../helpers/talk.ts';
import { friday, texts } from '../helpers/world.ts';

const noticeKeys = ['bot:notice.text', 'bot:notice.more'];
const keysOf = (replies: { parts: { key: string }[] }[]) => replies.flatMap(({ parts }) => parts.map(({ key }) => key));

test('whoever changes the wording of the notice raises its version', () => {
  const hashes = Object.fromEntries(
    everyLanguage.map((language) => {
      const { notice: wording } = texts.file(language, 'bot');
      return [language, createHash('sha256').update(JSON.stringify(wording)).digest('hex')];
    }),
  );
  expect(
    notice.sha256,
    `locales/notice.json: raise "version" to ${notice.version + 1}, so that customers see the new wording, and set "sha256" to ${JSON.stringify(hashes)}`,
  ).toEqual(hashes);
});

describe.each(everyLanguage)('the notice, in %s', (language) => {
  const settings = {
    reachable: true,
    retentionDays: 30,
    dataController: 'Foto *OÜ*',
    privacyUrl: 'https://a.example/p',
  };
  /** The state of somebody to whom nothing was said yet. */
  const stranger = (changes = {}) => {
    const customer = talk(language, changes);
    customer.state = newState(language, friday);
    return customer;
  };

  test('comes before anything is typed: for how long, who answers for it, where more is written', () => {
    const customer = talk(language, { settings });
    expect(customer.words()).toContain('30');
    expect(customer.words()).toContain('Foto \\*OÜ\\*');
    expect(customer.words()).toContain('https://a.example/p');
    expect(customer.words()).toContain(texts.label(language, 'bot:data.commands.kept.label'));
    expect(customer.state.notice).toEqual({ version: notice.version, terms: '30 Foto *OÜ*', at: friday });
    expect(customer.state.consent).toBeUndefined();
  });

  test('is short, and says nothing of what is not configured', () => {
    const words = talk(language).words();
    expect(words).not.toMatch(/\{\{|undefined|\$t/);
    const [text, more] = noticeKeys.map((key) => texts.label(language, key).length);
    expect(text! + more!).toBeLessThan(350);
  });

  test('typing on is the agreement, kept with the version; pressing reload is not', () => {
    const customer = talk(language);
    customer.send({ type: 'join', language });
    expect(customer.state.consent).toBeUndefined();
    customer.say(texts.label(language, 'bot:menu.options.register'));
    expect(customer.state.consent).toMatchObject({ version: notice.version });
    expect(keysOf(customer.say('@newAccount'))).not.toContain(noticeKeys[0]);
  });

  test('a first message on a channel that tells of no joining: the notice comes with its answer, agreed to by the next', () => {
    const customer = stranger();
    const replies = customer.say('1');
    expect(keysOf(replies)).toEqual(expect.arrayContaining(noticeKeys));
    expect(replies.length).toBeGreaterThan(0);
    expect(customer.state.consent).toBeUndefined();
    expect(keysOf(customer.say('1'))).not.toContain(noticeKeys[0]);
    expect(customer.state.consent).toMatchObject({ version: notice.version });
  });

  test.each([
    ['another wording', { version: notice.version - 1 }],
    ['another time of keeping', { terms: '7' }],
  ])('%s: said again with the next answer, once', (_, older) => {
    const customer = talk(language);
    customer.say('@register');
    expect(customer.state.notice).toBeUndefined();
    customer.state = { ...customer.state, consent: { ...customer.state.consent!, ...older } };
    expect(keysOf(customer.say('@again'))).toEqual(expect.arrayContaining(noticeKeys));
    expect(customer.where()).toBe('register.start');
    expect(customer.state.consent, 'not agreed to by what was typed before').toMatchObject(older);
    expect(keysOf(customer.say('@again'))).not.toContain(noticeKeys[0]);
    expect(customer.state.consent).toMatchObject({ version: notice.version, terms: '90' });
  });

  test('in a talk with an agent, where the bot is quiet, it is said by itself', () => {
    const customer = talk(language, { settings: { reachable: true, desk: true } });
    const { notice: _, ...rest } = customer.state;
    customer.state = { ...rest, handoff: { ticket: 'TEST-01', mode: 'talking' } };
    const replies = customer.say('Tere?');
    expect(keysOf(replies)).toEqual(noticeKeys);
    expect(customer.toDesk.map(({ type }) => type)).toContain('relay');
    expect(customer.say('Tere?')).toEqual([]);
  });

  test('starting over does not ask again', () => {
    const customer = talk(language);
    customer.say('@register');
    customer.say('@startOver');
    expect(customer.state.consent).toMatchObject({ version: notice.version });
    expect(keysOf(customer.say('@register'))).not.toContain(noticeKeys[0]);
  });
});
