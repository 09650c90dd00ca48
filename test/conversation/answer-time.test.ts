import { describe, expect, test } from 'vitest';
import { readOpenHours } from '../../src/config/values.ts';
import type { Part, Value } from '../../src/conversation/state.ts';
import type { SupportTimes } from '../../src/support/reply-by.ts';
import { everyLanguage, talk } from '../helpers/talk.ts';
import { friday } from '../helpers/world.ts';

const hour = 3600_000;
const office: SupportTimes = {
  ...{ hours: readOpenHours('Mon-Thu 09:00-17:00, Fri 09:00-15:00'), timeZone: 'Europe/Tallinn', country: 'EE' },
  replyWithin: 4 * hour,
};

describe.each(everyLanguage)('when support answers, in %s', (language) => {
  /** Up to the number of the request. */
  function passOn(support: SupportTimes | undefined, { now = friday, timeZone = '' } = {}) {
    const customer = talk(language, { now, settings: { reachable: true, support } });
    customer.send({ type: 'message', text: 'menu', ...(timeZone ? { timeZone } : {}) });
    for (const step of ['@contactSupport', '@other', 'x', '@skip']) customer.say(step);
    const question = customer.say('@skip').at(-1);
    customer.say('@byEmail');
    const sent = customer.say('@send').at(-1);
    const values = sent?.parts.at(-1)?.values ?? {};
    const sentences = (values.answerTime as { sentences: Part[] }).sentences;
    return {
      sentences,
      question,
      words: customer.words(),
      keys: sentences.map(({ key }) => key.replace('bot:answerTime.', '')),
    };
  }
  const momentOf = (part: Part | undefined, name: string) => {
    const value = part?.values?.[name] as { part: Part };
    return value.part.values as { date: { date: string }; time: { time: number }; zone: Value };
  };

  test('nothing is known: no hours, no promise', () => {
    expect(passOn(undefined).keys).toEqual(['unknown']);
    const unknown = passOn({ ...office, hours: undefined });
    expect(unknown.keys).toEqual(['unknown']);
    expect(unknown.words).not.toMatch(/\d:\d\d/);
  });

  test('only the hours are known: they are said, and no promise', () => {
    const { keys, words } = passOn({ ...office, replyWithin: undefined });
    expect(keys).toEqual(['hours', 'noTime']);
    expect(words).toMatch(/09:00–17:00; .+ 09:00–15:00/);
  });

  test('open: the day and the time by which an answer can be expected', () => {
    const { keys, sentences } = passOn(office, { timeZone: 'Europe/Tallinn' });
    expect(keys).toEqual(['hours', 'by']);
    // Friday noon, three hours left that day.
    expect(momentOf(sentences[1], 'by')).toMatchObject({
      date: { date: '2026-11-23' },
      time: { time: 10 * 60 },
      zone: '',
    });
  });

  test('closed: when it opens, and by when then', () => {
    const { keys, sentences, words } = passOn(office, { now: friday + 5 * hour, timeZone: 'Europe/Helsinki' });
    expect(keys).toEqual(['hours', 'opens', 'by']);
    expect(momentOf(sentences[1], 'opens')).toMatchObject({ date: { date: '2026-11-23' }, time: { time: 9 * 60 } });
    expect(momentOf(sentences[2], 'by')).toMatchObject({ date: { date: '2026-11-23' }, time: { time: 13 * 60 } });
    expect(words).not.toContain('UTC');
  });

  test('a customer with another clock reads it on theirs, and whose clock it is', () => {
    const { sentences, words } = passOn(office, { now: friday + 5 * hour, timeZone: 'America/New_York' });
    expect(momentOf(sentences[1], 'opens')).toMatchObject({ time: { time: 2 * 60 }, zone: ' (UTC−5)' });
    expect(words, 'the hours stay the support’s').toContain('15:00 (UTC+2)');
  });

  test('a customer whose clock is not known reads the support’s, and is told so', () => {
    const { sentences } = passOn(office, { now: friday + 5 * hour });
    expect(momentOf(sentences[1], 'opens')).toMatchObject({ time: { time: 9 * 60 }, zone: ' (UTC+2)' });
  });

  test('the question for the wished time tells the hours, or that they are not known', () => {
    const keyIn = (support?: SupportTimes) => {
      const hours = passOn(support).question?.parts.at(-1)?.values?.supportHours as { part: Part };
      return hours.part.key;
    };
    expect(keyIn()).toBe('bot:answerTime.noHours');
    expect(keyIn(office)).toBe('bot:answerTime.hours');
  });
});

test('the names of the days stand small where the language writes them so', () => {
  const words = (language: string) => {
    const customer = talk(language, { settings: { reachable: true, support: office } });
    for (const step of ['@contactSupport', '@other', 'x', '@skip', '@skip']) customer.say(step);
    return customer.words();
  };
  expect(words('et')).toContain('esmaspäev–neljapäev 09:00–17:00; reede 09:00–15:00');
  expect(words('lv')).toContain('pirmdiena–ceturtdiena 09:00–17:00; piektdiena 09:00–15:00');
  expect(words('en')).toContain('Monday–Thursday 09:00–17:00; Friday 09:00–15:00');
});
