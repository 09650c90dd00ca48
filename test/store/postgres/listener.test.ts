import fc from 'fast-check';
import { expect, it } from 'vitest';
import { prepare } from '../../../src/store/postgres/group.ts';
import { newsMessages, readNews } from '../../../src/store/postgres/listener.ts';
import { row } from '../contract.ts';

const id = fc.stringMatching(/^[A-Za-z0-9._:@|-]{1,200}$/);

it('news arrive as they were told, in payloads that PostgreSQL takes', () => {
  fc.assert(
    fc.property(fc.array(id, { maxLength: 200 }), fc.boolean(), (conversations, outbox) => {
      const commit = prepare({
        lines: conversations.map((conversation) => ({ conversation, value: 1 })),
        ...(outbox ? { outbox: { add: [row('r', 't')] } } : {}),
      });
      const messages = newsMessages('here', [commit]);
      for (const message of messages) expect(Buffer.byteLength(message)).toBeLessThan(8_000);
      const news = messages.map((message) => readNews('there', message));
      expect(new Set(news.flatMap((one) => one?.conversations ?? []))).toEqual(new Set(conversations));
      expect(news.some((one) => one?.outbox)).toBe(outbox);
    }),
    { numRuns: 50 },
  );
});

it('an instance does not hear itself, nor what others say on the channel', () => {
  const [message = ''] = newsMessages('here', [prepare({ lines: [{ conversation: 'c', value: 1 }] })]);
  expect(readNews('here', message)).toBeUndefined();
  expect(readNews('here', 'something')).toBeUndefined();
});
