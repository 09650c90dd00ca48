/** The rule of the house, at its outer doors: as long as the disk holds the flush of a turn, nobody hears anything of it. */
import { randomBytes } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { createDoor } from '../../src/bot/door.ts';
import { messagesRoute } from '../../src/bot/messages-route.ts';
import { startOutbox } from '../../src/bot/outbox.ts';
import { createQueues } from '../../src/bot/queues.ts';
import { replySender } from '../../src/bot/send-reply.ts';
import { createTurns } from '../../src/bot/turn.ts';
import { directLineRoutes } from '../../src/channels/directline/routes.ts';
import { mailSender } from '../../src/support/send-mail.ts';
import { requestMailSender } from '../../src/support/send-request.ts';
import { activityOf, startConnector } from '../helpers/channel.ts';
import { directLineClient, openStream } from '../helpers/direct-line-client.ts';
import { serve } from '../helpers/serve.ts';
import { openMailbox } from '../helpers/smtp.ts';
import { testConfig } from '../helpers/test-config.ts';
import { testWorld, texts } from '../helpers/world.ts';
import { createFakeDisk } from '../store/lowdb/fake-disk.ts';
import { openOn } from '../store/lowdb/opened.ts';

const supportEmail = 'support@example.com';
const request = ['Talk to a human', '10', 'words', 'Photo Ltd', 'me@example.com', '1'];

/** The bot with all its real doors, on a disk that a test can hold. */
async function house() {
  const disk = createFakeDisk();
  const store = await openOn(disk);
  const [box, connector] = await Promise.all([openMailbox(), startConnector()]);
  const now = Date.now;
  const log = () => undefined;
  const config = testConfig({ RATE_REQUESTS: '0', RATE_CONVERSATIONS: '0', RATE_MESSAGES: '0' });
  const settings = { reachable: true, desk: false, supportEmail, supportLanguage: 'en' };
  const understand = testWorld().understand;
  const turns = createTurns({
    ...{ store, texts, settings, understand, now },
    ...{ random: randomBytes, inOrder: createQueues() },
  });
  const door = createDoor({ config, turns, now });
  const mail = mailSender({ smtpUrl: box.url, from: 'bot@example.com', folder: '' });
  const outbox = startOutbox({
    store,
    senders: {
      mail,
      request: requestMailSender({ store, texts, supportLanguage: 'en', mail }),
      reply: replySender({ open: async () => door, appId: '' }),
    },
    ...{ now, random: () => 0.5, onSettled: () => undefined },
  });
  const routes = [
    messagesRoute({ config, now, log, open: async () => door }),
    directLineRoutes({ config, turns, store, log, now, takeExport: turns.takeExport, random: randomBytes }),
  ];
  const serving = await serve(routes, { config });
  return {
    ...{ disk, box, connector, url: serving.url },
    post: async (activity: object) => {
      const body = JSON.stringify(activity);
      const headers = { 'content-type': 'application/json' };
      return (await fetch(`${serving.url}/api/messages`, { method: 'POST', headers, body })).status;
    },
    async end() {
      await serving.close();
      await outbox.stop(50);
      await store.close();
      await Promise.all([box.stop(), connector.close()]);
    },
  };
}

test('no answer, no frame, no reply to a channel and no mail leaves before the flush has returned; then all do', async () => {
  const { disk, box, connector, url, post, end } = await house();
  const client = directLineClient(url);
  const { id, token, streamUrl } = await client.start();
  const stream = await openStream(streamUrl, { origin: url });
  for (const text of request) expect((await client.say(id, token, text, { locale: 'en' })).status).toBe(200);
  await stream.until(() => stream.texts().includes('1'));
  const { body: seen } = await client.poll(id, token);
  await stream.count(seen.activities!.length);

  const release = disk.hold();
  const answers: string[] = [];
  const asked = Object.entries({
    'the chat': client.say(id, token, '1', { locale: 'en' }).then(({ status }) => status),
    'a new chat': client.start().then(({ status }) => status),
    'a channel': post(activityOf({ serviceUrl: connector.url })),
    'a channel that waits for its replies': post(activityOf({ deliveryMode: 'expectReplies' })),
  }).map(async ([who, answer]) => {
    const status = await answer;
    answers.push(who);
    return status;
  });
  const told = () => ({
    ...{ answers: [...answers], frames: stream.activities.length, replies: connector.sent.length },
    mails: box.mails.length,
  });
  const before = { answers: [], frames: seen.activities!.length, replies: 0, mails: 0 };
  // Many times what an answer takes.
  for (let look = 0; look < 20; look++) {
    await pause(25);
    expect(told()).toEqual(before);
  }
  expect((await client.poll(id, token, seen.watermark)).body.activities, 'nor is it to be fetched').toEqual([]);

  release();
  const statuses = await Promise.all(asked);
  expect(
    statuses.every((status) => status === 200 || status === 201),
    String(statuses),
  ).toBe(true);
  await stream.until(() => stream.activities.length >= before.frames + 2);
  const ticket = /"ticket":"([^"]+)"/.exec(JSON.stringify(stream.activities))?.[1];
  await expect.poll(() => box.mails.map(({ messageId }) => messageId), { timeout: 15_000 }).toHaveLength(1);
  expect(box.mails[0]!.messageId).toContain(ticket);
  await expect.poll(() => connector.sent.length, { timeout: 15_000 }).toBeGreaterThan(0);
  stream.close();
  await end();
});
