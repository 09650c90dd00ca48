/** What an agent reads beside a message that did not arrive. */
import { describe, expect, test } from 'vitest';
import { reasonWords } from '../../../../src/channels/teams/cards/reason.ts';
import { createSay } from '../../../../src/channels/teams/cards/say.ts';
import { texts } from '../../../helpers/world.ts';

/** As the outbox and its senders name it. */
const stored = {
  ...{ 400: 'invalid', 401: 'refused', 403: 'refused', 404: 'gone', 410: 'gone', 413: 'tooLong', 429: 'tooMany' },
  ...{ 412: 'tooMany', 500: 'fault', 502: 'fault', 504: 'fault', TimeoutError: 'noAnswer', ETIMEDOUT: 'noAnswer' },
  ...{ 'no answer': 'noAnswer', HostRefused: 'address', 'no desk is set up': 'noDesk' },
  ...{
    'the process ended while it was being sent': 'ended',
    ECONNRESET: 'unknown',
    '': 'unknown',
    toString: 'unknown',
  },
};

describe.each(texts.languages)('in %s', (language) => {
  const say = createSay(language, texts, 'Europe/Tallinn');
  const words = (name: string) => texts.label(language, `desk:card.reasons.${name}`);

  test.each(Object.entries(stored))('%j: %s', (reason, name) => {
    const said = reasonWords(reason, say);
    expect(said).toBe(/^\d+$/.test(reason) ? `${words(name)} (${reason})` : words(name));
  });

  test('every reason has words, each its own', () => {
    const names = [...new Set(Object.values(stored))];
    expect(new Set(names.map(words)).size).toBe(names.length);
    const { reasons } = texts.file(language, 'desk').card as { reasons: object };
    expect(Object.keys(reasons).toSorted()).toEqual(names.toSorted());
  });
});
