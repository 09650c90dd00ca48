import { type Activity, ActivityTypes, type TurnContext } from 'botbuilder';
import fc from 'fast-check';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
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

describe('shapes', () => {
  let serving: Awaited<ReturnType<typeof serveMessages>>;
  beforeAll(async () => {
    serving = await serveMessages();
  });
  afterAll(() => serving.end());

  it.each([
    '{}',
    '[]',
    'null',
    '"text"',
    '1',
    'text',
    '',
    '{"type":"message"}',
    `{"type":{}}`,
    JSON.stringify(activityOf({ text: {} })),
    JSON.stringify(activityOf({ text: ['x'] })),
    JSON.stringify(activityOf({ text: 7 })),
    JSON.stringify(activityOf({ conversation: { id: 1 } })),
    JSON.stringify(activityOf({ from: null })),
    JSON.stringify(activityOf({ serviceUrl: 'file:///etc/passwd' })),
    JSON.stringify(activityOf({ attachments: [null] })),
    JSON.stringify(activityOf({ entities: [{}] })),
    JSON.stringify(activityOf({ membersAdded: {} })),
  ])('that are not an activity are a 400: %s', async (body) => {
    expect(await serving.post(body)).toMatchObject({ status: 400, body: { error: { code: expect.any(String) } } });
    expect(serving.turns.received).toEqual([]);
    expect((await fetch(`${serving.url}/healthz`)).status).toBe(200);
  });

  it('of any kind never end the process or show its inside', async () => {
    const fields = fc.record(
      {
        type: fc.constantFrom('message', 'event', 'conversationUpdate', 'invoke', 'typing', 'x'),
        text: fc.jsonValue(),
        name: fc.jsonValue(),
        value: fc.jsonValue(),
        channelData: fc.jsonValue(),
        deliveryMode: fc.constantFrom('expectReplies', 'normal', 'stream'),
        conversation: fc.jsonValue(),
        recipient: fc.jsonValue(),
        entities: fc.jsonValue(),
        timestamp: fc.jsonValue(),
        channelId: fc.constantFrom('emulator', 'msteams', 'x'),
      },
      { requiredKeys: [] },
    );
    await fc.assert(
      fc.asyncProperty(fields, async (given) => {
        const { status, text } = await serving.post(activityOf({ deliveryMode: 'expectReplies', ...given }));
        expect([200, 400, 501]).toContain(status);
        expect(text).not.toMatch(/node_modules|at \w+ \(/);
      }),
      { numRuns: 60 },
    );
  });
});

describe('on this machine, without an app id', () => {
  it('replies come back in the answer when the channel expects them there', async () => {
    const serving = await start();
    const activity = activityOf({ deliveryMode: 'expectReplies' });
    const { status, body } = await serving.post(activity);
    expect(status).toBe(200);
    expect(body?.activities).toMatchObject([
      {
        type: 'message',
        text: 'echo: tere',
        replyToId: activity.id,
        from: { id: 'bot' },
        recipient: { id: 'customer' },
        conversation: activity.conversation,
        channelId: 'emulator',
      },
    ]);
  });

  it('else through the connector, in order, after the turn is stored', async () => {
    const channel = await connector();
    const serving = await start();
    const conversation = { id: 'a;messageid=1' };
    for (const text of ['one', 'two', 'three']) {
      const answer = await serving.post(activityOf({ text, conversation, serviceUrl: channel.url }));
      expect([answer.status, answer.text]).toEqual([200, '']);
    }
    await serving.outbox.drain();
    expect(channel.sent.map(({ body }) => body.text)).toEqual(['echo: one', 'echo: two', 'echo: three']);
    expect(channel.sent[0]).toMatchObject({
      method: 'POST',
      path: expect.stringMatching(/^\/v3\/conversations\/a%3Bmessageid%3D1\/activities\//),
      body: { conversation },
    });
    expect(await serving.store.lines(serving.turns.received[0]?.conversation?.id ?? '', 0, 10)).toHaveLength(6);
  });

  it('other machines are turned away', async () => {
    const serving = await start();
    for (const [name, value] of [
      ['x-forwarded-for', '203.0.113.1'],
      ['forwarded', 'for=203.0.113.1'],
    ] as const) {
      const headers = { [name]: value };
      expect(await serving.post(activityOf(), { headers })).toMatchObject({
        status: 401,
        body: { error: { code: 'Unauthorized' } },
      });
    }
    expect(serving.turns.received).toEqual([]);
  });

  it('a service address elsewhere is never spoken to', async () => {
    const serving = await start();
    expect((await serving.post(activityOf({ serviceUrl: 'http://169.254.169.254/latest' }))).status).toBe(200);
    await serving.outbox.drain();
    expect(serving.warnings).toEqual(['reply: park']);
  });
});

describe('the turn', () => {
  it('gets what the customer did, and nothing else', async () => {
    const serving = await start();
    for (const type of [
      'message',
      'event',
      'conversationUpdate',
      'typing',
      'messageReaction',
      'endOfConversation',
      'messageDelete',
    ])
      await serving.post(activityOf({ type, name: 'x', deliveryMode: 'expectReplies' }));
    expect(serving.turns.received.map(({ type }) => type)).toEqual(['message', 'event', 'conversationUpdate']);
    expect((await serving.post(activityOf({ type: 'invoke', name: 'x' }))).status).toBe(501);
  });

  it('is one when the channel delivers twice, and its replies are sent once', async () => {
    const channel = await connector();
    const serving = await start();
    const activity = activityOf({ serviceUrl: channel.url });
    await Promise.all([serving.post(activity), serving.post(activity)]);
    await serving.post(activity);
    await serving.outbox.drain();
    expect(channel.sent).toHaveLength(1);
    const expecting = activityOf({ deliveryMode: 'expectReplies' });
    const [one, two] = [await serving.post(expecting), await serving.post(expecting)];
    expect(two.body?.activities?.map(({ text }) => text)).toEqual(one.body?.activities?.map(({ text }) => text));
    expect(await serving.store.lines(expecting.conversation.id, 0, 10)).toHaveLength(2);
  });

  it('learns of files that were refused, and gets the text without them', async () => {
    const serving = await start();
    const attachments = [{ contentType: 'application/pdf', contentUrl: 'https://files.example/extract.pdf' }];
    const { body } = await serving.post(activityOf({ attachments, deliveryMode: 'expectReplies' }));
    expect(body?.activities?.map(({ text }) => text)).toEqual(['no documents, please', 'echo: tere']);
    expect(JSON.stringify(serving.turns.received)).not.toContain('pdf');
    await serving.post(
      activityOf({
        attachments: [{ contentType: 'text/html', content: '<p>tere</p>' }],
        deliveryMode: 'expectReplies',
      }),
    );
    expect(serving.turns.received.at(-2)?.type).toBe('message');
  });

  it('is the desk’s when the team speaks', async () => {
    const seen: string[] = [];
    const desk = {
      takes: (activity: Activity) => activity.channelId === 'msteams',
      run: async (context: TurnContext) => {
        seen.push(context.activity.type);
        if (context.activity.type === 'invoke')
          await context.sendActivity({
            type: ActivityTypes.InvokeResponse,
            value: { status: 200, body: { statusCode: 200 } },
          });
      },
    };
    const channel = await connector();
    const serving = await start({ desk });
    await serving.post(activityOf({ channelId: 'msteams', serviceUrl: channel.url }));
    const invoked = await serving.post(
      activityOf({ channelId: 'msteams', type: 'invoke', name: 'adaptiveCard/action', serviceUrl: channel.url }),
    );
    expect(invoked).toMatchObject({ status: 200, body: { statusCode: 200 } });
    expect(seen).toEqual(['message', 'invoke']);
    expect(serving.turns.received).toEqual([]);
  });

  it('that fails is a 500 without a word about why', async () => {
    const serving = await start();
    serving.turns.receive = () => Promise.reject(new Error('hunter2'));
    const { status, text } = await serving.post(activityOf());
    expect(status).toBe(500);
    expect(text).not.toContain('hunter2');
  });

  it('beyond the limit of its conversation is a 429', async () => {
    const serving = await start({ env: { RATE_MESSAGES: '2' } });
    const conversation = { id: 'c' };
    const statuses = [];
    for (const text of ['1', '2', '3'])
      statuses.push((await serving.post(activityOf({ text, conversation, deliveryMode: 'expectReplies' }))).status);
    expect(statuses).toEqual([200, 200, 429]);
    expect((await serving.post(activityOf({ deliveryMode: 'expectReplies' }))).status).toBe(200);
  });
});
