import type { Activity } from 'botbuilder';
import { afterEach, describe, expect, it } from 'vitest';
import { replyRow } from '../../src/bot/outbox-rows.ts';
import { replySender, verdict } from '../../src/bot/send-reply.ts';
import { activityOf, startConnector } from '../helpers/channel.ts';
import { serveMessages } from '../helpers/serve-messages.ts';

const ends: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});
async function start(...given: Parameters<typeof serveMessages>) {
  const started = await serveMessages(...given);
  ends.push(started.end);
  return started;
}
async function connector(...given: Parameters<typeof startConnector>) {
  const started = await startConnector(...given);
  ends.push(started.close);
  return started;
}

describe('delivery', () => {
  it('is tried again where it has certainly not begun: nobody was reached, or no token could be had', () => {
    const noToken = Object.assign(new Error('endpoints_resolution_error'), { name: 'ClientAuthError', errorCode: 'x' });
    for (const error of [noToken, { code: 'ECONNREFUSED' }, { code: 'ENOTFOUND' }])
      expect(verdict(error)).toMatchObject({ result: 'retry' });
    for (const error of [{ code: 'ECONNRESET' }, { name: 'TimeoutError' }, {}, undefined])
      expect(verdict(error)).toMatchObject({ result: 'uncertain' });
  });

  it('reads Retry-After as seconds and as a date, and nothing else', () => {
    const told = (value: string | undefined) => {
      const sent = verdict({ statusCode: 429, response: { headers: { get: () => value } } });
      return 'afterMs' in sent ? sent.afterMs : undefined;
    };
    expect(told('7')).toBe(7000);
    const inDate = told(new Date(Date.now() + 90_000).toUTCString());
    expect(inDate).toBeGreaterThan(60_000);
    expect(inDate).toBeLessThanOrEqual(90_000);
    for (const value of ['soon', '-3', '', undefined, 'Thu, 01 Jan 1970 00:00:00 GMT'])
      expect(told(value), value).toBe(undefined);
  });

  it('waits as a busy channel tells it, and keeps the order', async () => {
    const channel = await connector((nth) =>
      nth === 1 ? { status: 429, headers: { 'retry-after': '7' } } : nth === 2 ? { status: 412 } : { status: 200 },
    );
    const serving = await start();
    const conversation = { id: 'c' };
    await Promise.all(
      ['one', 'two'].map((text) => serving.post(activityOf({ text, conversation, serviceUrl: channel.url }))),
    );
    const sent = () => channel.sent.map(({ body }) => body.text);
    await serving.outbox.drain();
    expect(sent()).toEqual(['echo: one']);
    serving.clock.ahead += 6000;
    await serving.outbox.drain();
    expect(sent(), 'not before the 7 seconds that it asked for').toHaveLength(1);
    serving.clock.ahead += 2000;
    await serving.outbox.drain();
    expect(sent()).toEqual(['echo: one', 'echo: one']);
    serving.clock.ahead += 5000;
    await serving.outbox.drain();
    expect(sent()).toEqual(['echo: one', 'echo: one', 'echo: one', 'echo: two']);
  });

  it.each([
    [500, 'uncertain'],
    [502, 'uncertain'],
    [503, 'uncertain'],
    [504, 'uncertain'],
    [408, 'uncertain'],
    [403, 'park'],
    [404, 'park'],
  ])('never sends again what may have left, or is refused: %i', async (status, result) => {
    const channel = await connector(() => ({ status }));
    const serving = await start();
    expect((await serving.post(activityOf({ serviceUrl: channel.url }))).status).toBe(200);
    await serving.outbox.drain();
    expect(channel.sent).toHaveLength(1);
    expect(serving.warnings).toEqual([`reply: ${result}`]);
  });

  it('that hangs is given up in time, in doubt', async () => {
    const hanging = await connector(() => 'hang');
    const serving = await start();
    const sender = replySender({ open: async () => serving.door, appId: '', patience: 100 });
    const reference = { serviceUrl: hanging.url, channelId: 'emulator', conversation: { id: 'c' } as never };
    const began = Date.now();
    const sent = await sender.send(replyRow('c', 1, reference, { type: 'message', text: 'tere' }, 0));
    expect(sent).toEqual({ result: 'uncertain', reason: 'TimeoutError' });
    expect(Date.now() - began, 'not after the 20 seconds that are usual').toBeLessThan(15_000);
    expect(hanging.sent).toHaveLength(1);
  });

  it('that hangs in one conversation holds up no other', async () => {
    const hanging = await connector(() => 'hang');
    const channel = await connector();
    const serving = await start();
    expect((await serving.post(activityOf({ serviceUrl: hanging.url }))).status).toBe(200);
    await expect.poll(() => hanging.sent).toHaveLength(1);
    expect((await serving.post(activityOf({ serviceUrl: channel.url }))).status).toBe(200);
    // The one that hangs has 20 seconds.
    await expect.poll(() => channel.sent, { timeout: 15_000 }).toHaveLength(1);
    await hanging.close();
  });
});

describe('a turn that is slower than the channel’s patience', () => {
  it('is answered in time, goes on, and is answered once', async () => {
    const channel = await connector();
    const serving = await start();
    const { commit } = serving.store;
    let letGo: () => void = () => undefined;
    const held = new Promise<void>((resolve) => {
      letGo = resolve;
    });
    serving.store.commit = async (what) => {
      // From the first one on, which only opens the conversation.
      await held;
      return commit(what);
    };
    const activity = activityOf({ serviceUrl: channel.url });
    const began = Date.now();
    expect((await serving.post(activity)).status).toBe(503);
    expect(Date.now() - began).toBeLessThan(15_000);
    letGo();
    expect((await serving.post(activity)).status).toBe(200);
    await serving.outbox.drain();
    expect(channel.sent).toHaveLength(1);
  });
});

describe('messages to other conversations', () => {
  it('go out through the same adapter, and are sent once', async () => {
    const channel = await connector((nth) => ({ status: nth === 1 ? 503 : 200 }));
    const serving = await start();
    const reference = {
      serviceUrl: channel.url,
      channelId: 'msteams',
      conversation: { id: 'team' } as Activity['conversation'],
      bot: { id: 'bot', name: '' },
    };
    const say = (text: string) =>
      serving.door.adapter.continueConversationAsync(
        '',
        reference,
        async (context) => void (await context.sendActivity(text)),
      );
    await expect(say('one')).rejects.toMatchObject({ statusCode: 503 });
    await say('two');
    expect(channel.sent.map(({ body }) => body.text)).toEqual(['one', 'two']);
  });
});
