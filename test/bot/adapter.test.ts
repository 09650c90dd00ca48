import { type Activity, ActivityTypes, type TurnContext } from 'botbuilder';
import fc from 'fast-check';
import { UnsecuredJWT } from 'jose';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { activityOf, appId, startConnector, startSignIn } from '../helpers/channel.ts';
import { serveMessages } from '../helpers/serve-messages.ts';

const ends: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});
async function start(...given: Parameters<typeof serveMessages>) {
  const serving = await serveMessages(...given);
  ends.push(serving.end);
  return serving;
}
async function connector(...given: Parameters<typeof startConnector>) {
  const started = await startConnector(...given);
  ends.push(started.close);
  return started;
}
async function signIn(...given: Parameters<typeof startSignIn>) {
  const started = await startSignIn(...given);
  ends.push(started.close);
  return started;
}
const signedEnv = { MicrosoftAppId: appId, MicrosoftAppPassword: 'p' };
const shown = async (found: () => unknown) => {
  for (let tries = 0; tries < 100 && !found(); tries++) await new Promise((resolve) => setTimeout(resolve, 10));
};

describe('shapes', () => {
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
    const serving = await start();
    expect(await serving.post(body)).toMatchObject({ status: 400, body: { error: { code: expect.any(String) } } });
    expect(serving.turns.received).toEqual([]);
    expect((await fetch(`${serving.url}/healthz`)).status).toBe(200);
  });

  it('of any kind never end the process or show its inside', async () => {
    const serving = await start();
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
    expect(serving.warnings).toEqual(['replies were not delivered']);
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

describe('tokens', () => {
  // The SDK prints the public key for each token that it refuses.
  beforeEach(() => void vi.spyOn(console, 'error').mockReturnValue());
  afterEach(() => vi.restoreAllMocks());

  const expecting = (more: object = {}) => activityOf({ deliveryMode: 'expectReplies', ...more });

  it('of the channel are accepted, and verified once', async () => {
    const service = await signIn();
    const serving = await start({ env: signedEnv, cloud: service.cloud, allows: () => true });
    const token = await service.sign();
    for (let turn = 0; turn < 3; turn++) expect((await serving.post(expecting(), { token })).status).toBe(200);
    expect(service.asked()).toBe(2);
    expect(serving.turns.received).toHaveLength(3);
    expect(await serving.post(expecting({ channelId: 'msteams' }), { token })).toMatchObject({ status: 401 });
    expect(await serving.post(expecting({ serviceUrl: 'http://127.0.0.1:10' }), { token })).toMatchObject({
      status: 401,
    });
    serving.clock.ahead = 2 * 3600_000;
    expect(await serving.post(expecting(), { token })).toMatchObject({ status: 401 });
  });

  it('that are wrong get a 401 without detail and no turn', async () => {
    const service = await signIn();
    const serving = await start({ env: signedEnv, cloud: service.cloud, allows: () => true });
    const past = Math.floor(Date.now() / 1000) - 1000;
    const { payload } = {
      payload: JSON.parse(Buffer.from((await service.sign()).split('.')[1] ?? '', 'base64url').toString()) as Record<
        string,
        unknown
      >,
    };
    const good = await service.sign();
    const bad: Record<string, string | undefined> = {
      none: undefined,
      nonsense: 'nonsense',
      'bad signature': await service.sign({}, { key: service.otherKey }),
      'cut signature': good.slice(0, -8),
      'alg none': new UnsecuredJWT(payload).encode(),
      'unknown key': await service.sign({}, { header: { kid: 'key-2' } }),
      expired: await service.sign({ exp: past }),
      'without exp': await service.sign({ exp: undefined }),
      'not yet': await service.sign({ nbf: past + 100_000 }),
      'other audience': await service.sign({ aud: '11111111-2222-3333-4444-555555555555' }),
      'other issuer': await service.sign({ iss: 'https://sts.windows.net/d6d49420-f39b-4df7-a1dc-d59a935871db/' }),
      'other service': await service.sign({ serviceurl: 'https://smba.trafficmanager.net/emea/' }),
      'no service': await service.sign({ serviceurl: undefined }),
      emulator: await service.sign({
        iss: 'https://login.microsoftonline.com/d6d49420-f39b-4df7-a1dc-d59a935871db/v2.0',
        ver: '2.0',
        azp: appId,
      }),
      skill: await service.sign({ ver: '2.0', azp: '11111111-2222-3333-4444-555555555555' }),
    };
    for (const [name, token] of Object.entries(bad)) {
      const answer = await serving.post(expecting(), token === undefined ? {} : { token });
      expect(answer, name).toMatchObject({
        status: 401,
        body: { error: { code: 'Unauthorized', message: 'Not authorized.' } },
      });
    }
    for (const missing of ['serviceUrl', 'channelId'])
      expect((await serving.post(expecting({ [missing]: undefined }), { token: good })).status, missing).toBe(401);
    expect(serving.turns.received).toEqual([]);
  });

  it('are not sent to an address off the list', async () => {
    const service = await signIn();
    const serving = await start({ env: signedEnv, cloud: service.cloud });
    const stranger = await connector();
    const token = await service.sign({ serviceurl: stranger.url });
    expect((await serving.post(activityOf({ serviceUrl: stranger.url }), { token })).status).toBe(401);
    const reference = {
      serviceUrl: stranger.url,
      channelId: 'msteams',
      conversation: activityOf().conversation as Activity['conversation'],
    };
    await expect(
      serving.door.adapter.continueConversationAsync(appId, reference, async () => undefined),
    ).rejects.toThrow(/nothing was sent/);
    expect(stranger.sent).toEqual([]);
  });

  it.each(['hangs', 'fails'] as const)(
    'cannot be verified while the sign-in service %s: 503, and the process goes on',
    async (mode) => {
      const service = await signIn(mode);
      const serving = await start({ env: signedEnv, cloud: service.cloud, allows: () => true, patience: 50 });
      expect(await serving.post(expecting(), { token: await service.sign() })).toMatchObject({
        status: 503,
        body: { error: { code: 'TryAgain' } },
      });
      expect((await fetch(`${serving.url}/healthz`)).status).toBe(200);
    },
  );

  it('guessed in a flood from one address are a 429, and good ones elsewhere go on', async () => {
    const service = await signIn();
    const serving = await start({
      env: { ...signedEnv, RATE_REQUESTS: '3', TRUST_PROXY: '1' },
      cloud: service.cloud,
      allows: () => true,
    });
    const from = (address: string, token: string) =>
      serving.post(expecting(), { token, headers: { 'x-forwarded-for': address } });
    const statuses = [];
    for (let guess = 0; guess < 5; guess++) statuses.push((await from('203.0.113.1', 'nonsense')).status);
    expect(statuses).toEqual([401, 401, 401, 429, 429]);
    expect((await from('203.0.113.2', await service.sign())).status).toBe(200);
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
