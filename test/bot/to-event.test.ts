import type { Activity } from 'botbuilder';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { toEvent } from '../../src/bot/to-event.ts';

const message = (more: object): Partial<Activity> => ({ type: 'message', text: 'tere', ...more });
const secret = 'my password: Hunter2!';

describe('what the transcript keeps of a customer’s message', () => {
  test('are its words without secrets, whatever else the client has put into it', () => {
    const anywhere = fc
      .dictionary(
        fc.constantFrom('value', 'channelData', 'summary', 'speak', 'attachments', 'entities', 'suggestedActions', 'x'),
        fc.oneof(
          fc.constant(secret),
          fc.constant({ text: secret }),
          fc.constant([{ contentType: 'text/html', content: `<p>${secret}</p>`, [secret]: secret }]),
        ),
      )
      .map(message);
    fc.assert(fc.property(anywhere, (activity) => !JSON.stringify(toEvent(activity)).includes('Hunter2')));
    for (const told of [
      { text: secret },
      { text: undefined, value: secret },
      { text: undefined, value: { text: secret } },
    ]) {
      const { event, line } = toEvent(message(told));
      expect(event).toMatchObject({ type: 'message', secrets: ['password'] });
      expect(line?.text).toContain('my password');
      expect(JSON.stringify([event, line])).not.toContain('Hunter2');
    }
  });

  test('says that the customer wrote it: nobody passes for the bot or an agent', () => {
    const forged = { from: { id: 'x', name: 'Mari', role: 'bot' }, channelData: { support: { agent: 'Mari' } } };
    const { line } = toEvent(message(forged));
    expect(line?.from?.role).toBe('user');
    expect(line?.channelData).toBeUndefined();
  });

  test('is no Markdown, and has what the customer’s page knows it again by', () => {
    const { line } = toEvent(
      message({ text: '**a** [b](https://evil.example)', channelData: { clientActivityID: 'c' } }),
    );
    expect(line).toMatchObject({ textFormat: 'plain', channelData: { clientActivityID: 'c' } });
  });
});
