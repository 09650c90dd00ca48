import type { Activity } from 'botbuilder';
import { afterEach, describe, expect, it } from 'vitest';
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
const shown = async (found: () => unknown) => {
  for (let tries = 0; tries < 1000 && !found(); tries++) await new Promise((resolve) => setTimeout(resolve, 10));
};

describe('delivery', () => {
  it('waits as a busy channel tells it, and keeps the order', async () => {
    const channel = await connector((nth) =>
      nth === 1 ? { status: 429, headers: { 'retry-after': '7' } } : nth === 2 ? { status: 412 } : { status: 200 },
    );
    const serving = await start();
    const conversation = { id: 'c' };
    await Promise.all(
      ['one', 'two'].map((text) => serving.post(activityOf({ text, conversation, serviceUrl: channel.url }))),
    );
    expect(serving.pauses).toEqual([7000, 2000]);
    expect(channel.sent.map(({ body }) => body.text)).toEqual(['echo: one', 'echo: one', 'echo: one', 'echo: two']);
  });

  it.each([500, 502, 503, 504, 408, 403, 404])(
    'never sends again what may have left, or is refused: %i',
    async (status) => {
      const channel = await connector(() => ({ status }));
      const serving = await start();
      expect((await serving.post(activityOf({ serviceUrl: channel.url }))).status).toBe(200);
      expect(channel.sent).toHaveLength(1);
      expect(serving.warnings).toEqual(['replies were not delivered']);
    },
  );

  it('that hangs in one conversation holds up no other', async () => {
    const hanging = await connector(() => 'hang');
    const channel = await connector();
    const serving = await start();
    const stuck = serving.post(activityOf({ serviceUrl: hanging.url })).catch(() => undefined);
    await shown(() => hanging.sent.length === 1);
    expect((await serving.post(activityOf({ serviceUrl: channel.url }))).status).toBe(200);
    expect(channel.sent).toHaveLength(1);
    await hanging.close();
    expect(await stuck).toMatchObject({ status: 200 });
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
