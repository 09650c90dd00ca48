/** The machine has no file to give just now: the customer is told so in their language, and the next try goes through. */
import { randomBytes } from 'node:crypto';
import { expect, test } from 'vitest';
import { createQueues } from '../../src/bot/queues.ts';
import { createTurns } from '../../src/bot/turn.ts';
import { NotStored } from '../../src/bot/turns.ts';
import { everyLanguage } from '../helpers/talk.ts';
import { friday, testWorld, texts } from '../helpers/world.ts';
import { createFakeDisk } from '../store/lowdb/fake-disk.ts';
import { openOn } from '../store/lowdb/opened.ts';

test.each(everyLanguage)('too many open files, in %s', async (locale) => {
  const disk = createFakeDisk();
  const store = await openOn(disk);
  const turns = createTurns({
    ...{ store, texts, inOrder: createQueues(), random: randomBytes, now: () => friday },
    ...{ understand: testWorld().understand, settings: { reachable: true, supportLanguage: 'en' } },
  });
  const say = () =>
    turns.receive({
      type: 'message',
      id: 'a1',
      channelId: 'test',
      locale,
      text: '1',
      conversation: { id: 'c' } as never,
    });
  disk.failure = (operation) =>
    operation === 'read' ? Object.assign(new Error('EMFILE: too many open files'), { code: 'EMFILE' }) : undefined;
  const error = await say().catch((reason: unknown) => reason);
  expect(error).toBeInstanceOf(NotStored);
  expect((error as NotStored).sentence).toBe(texts.label(locale, 'bot:tryAgain'));
  disk.failure = undefined;
  expect((await say()).replies).not.toEqual([]);
  await store.close();
});
