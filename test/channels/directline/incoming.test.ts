import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { serveDirectLine } from '../../helpers/serve-direct-line.ts';

let line: Awaited<ReturnType<typeof serveDirectLine>>;
beforeAll(async () => {
  line = await serveDirectLine();
});
afterAll(() => line.end());

const lastReceived = () => line.turns.received.at(-1);

describe('what a client says', () => {
  it('about who, where and when is replaced', async () => {
    const { id, token } = await line.client.start();
    const before = Date.now();
    await line.client.post(id, token, {
      type: 'message',
      text: 'tere',
      from: { id: 'dl_victim', name: 'Agent', role: 'bot' },
      channelId: 'msteams',
      conversation: { id: 'other' },
      id: '7',
      timestamp: '1999-01-01T00:00:00Z',
      serviceUrl: 'http://evil.example',
      deliveryMode: 'expectReplies',
      recipient: { id: 'x' },
      entities: [{ type: 'x' }],
      channelData: { clientActivityID: 'c', postBack: true, support: { flow: 'register' } },
      locale: 'et-EE',
      localTimezone: 'Europe/Tallinn',
    });
    const user = JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString()).user;
    const { timestamp, ...received } = lastReceived() ?? {};
    expect(received).toEqual({
      type: 'message',
      text: 'tere',
      from: { id: user, name: '', role: 'user' },
      channelId: 'directline',
      locale: 'et-EE',
      localTimezone: 'Europe/Tallinn',
      conversation: { id, isGroup: false, conversationType: '', name: '' },
      channelData: { clientActivityID: 'c', postBack: true },
    });
    expect(Number(timestamp)).toBeGreaterThanOrEqual(before);
    expect(Number(timestamp)).toBeLessThanOrEqual(Date.now());
    const [shown] = (await line.client.poll(id, token)).body.activities ?? [];
    expect(shown).toMatchObject({
      from: { id: user },
      channelId: 'directline',
      conversation: { id },
      channelData: { clientActivityID: 'c' },
    });
  });

  it('a second time is not done twice, and has the first id', async () => {
    const { id, token } = await line.client.start();
    const one = await line.client.say(id, token, 'tere', { channelData: { clientActivityID: 'same' } });
    const two = await line.client.say(id, token, 'tere', { channelData: { clientActivityID: 'same' } });
    expect(two.body.id).toBe(one.body.id);
    expect((await line.client.poll(id, token)).body.activities).toHaveLength(2);
  });

  it('in answer to a message keeps that only when the message is there', async () => {
    const { id, token } = await line.client.start();
    await line.client.say(id, token, 'one');
    for (const [replyToId, kept] of [
      [`${id}|0000002`, true],
      [`${id}|0000099`, false],
      ['other|0000001', false],
      ['x', false],
      [`${id}|0000000`, false],
    ] as const) {
      await line.client.say(id, token, 'answer', { replyToId });
      const shown = (await line.client.poll(id, token)).body.activities?.findLast(({ text }) => text === 'answer');
      expect(shown?.replyToId, replyToId).toBe(kept ? replyToId : undefined);
    }
  });

  it('by buttons of cards arrives as a value', async () => {
    const { id, token } = await line.client.start();
    await line.client.post(id, token, {
      type: 'message',
      value: { answer: 'yes', more: [1, { a: null }] },
      channelData: { postBack: true },
    });
    expect(lastReceived()).toMatchObject({ value: { answer: 'yes', more: [1, { a: null }] } });
  });

  it('that the bot need not know is dropped, and other kinds are refused', async () => {
    const { id, token } = await line.client.start();
    const before = line.turns.received.length;
    for (const type of ['typing', 'messageReaction'])
      expect((await line.client.post(id, token, { type })).status).toBe(200);
    for (const type of ['conversationUpdate', 'invoke', 'endOfConversation', 'trace', 'toString', ''])
      expect((await line.client.post(id, token, { type })).status).toBe(403);
    expect(line.turns.received.length).toBe(before);
  });

  it.each([
    ['an object as text', { type: 'message', text: { a: 1 } }],
    ['an array as text', { type: 'message', text: ['a'] }],
    ['a number as text', { type: 'message', text: 1 }],
    ['null as text', { type: 'message', text: null }],
    ['no type', { text: 'x' }],
    ['an event without name', { type: 'event' }],
    ['a deep value', { type: 'message', value: JSON.parse(`${'['.repeat(12)}${']'.repeat(12)}`) }],
    ['a number as clientActivityID', { type: 'message', text: 'x', channelData: { clientActivityID: 1 } }],
    ['null', null],
    ['a list', []],
    ['a text', 'x'],
    ['nothing', undefined],
  ])('as %s is a 400', async (_, activity) => {
    const { id, token } = await line.client.start();
    const answer = await line.client.call(
      'POST',
      `/conversations/${id}/activities`,
      token,
      typeof activity === 'string' ? JSON.stringify(activity) : activity,
    );
    expect(answer).toMatchObject({
      status: 400,
      body: { error: { code: expect.stringMatching(/^Bad/), message: expect.any(String) } },
    });
  });

  it('at too great length is a 413', async () => {
    const { id, token } = await line.client.start();
    expect((await line.client.say(id, token, 'x'.repeat(32_000))).status).toBe(200);
    expect((await line.client.say(id, token, 'x'.repeat(32_001))).status).toBe(413);
    expect((await line.client.post(id, token, { type: 'message', value: 'x'.repeat(256 * 1024) })).status).toBe(413);
  });

  it('may be anything: it is taken or refused, never an error of ours', async () => {
    const { id, token } = await line.client.start();
    const activity = fc.oneof(
      fc.jsonValue({ maxDepth: 4 }),
      fc.record(
        {
          type: fc.constantFrom('message', 'event', 'typing'),
          text: fc.string({ unit: 'binary' }),
          value: fc.jsonValue(),
          name: fc.string(),
          channelData: fc.jsonValue(),
          attachments: fc.jsonValue(),
          locale: fc.string(),
          replyToId: fc.string(),
        },
        { requiredKeys: ['type'] },
      ),
    );
    await fc.assert(
      fc.asyncProperty(activity, async (given) => {
        const { status } = await line.client.call(
          'POST',
          `/conversations/${id}/activities`,
          token,
          JSON.stringify(given),
        );
        expect([200, 400, 403, 413, 415]).toContain(status);
      }),
      { numRuns: 40 },
    );
    expect(line.log).toEqual([]);
  });
});

describe('files', () => {
  it('that are uploaded are refused, and the bot says so', async () => {
    const { id, token } = await line.client.start();
    const answer = await line.client.upload(id, token, new Uint8Array(100_000));
    expect(answer).toMatchObject({ status: 415, body: { error: { code: 'UploadsRefused' } } });
    expect(lastReceived()).toMatchObject({ type: 'event', name: 'support/uploadRefused', conversation: { id } });
    expect((await line.client.poll(id, token)).body.activities).toMatchObject([{ text: 'no documents, please' }]);
    expect((await line.client.upload(id, token, new Uint8Array(5 * 1024 * 1024))).status).toBe(413);
  });

  it('that are attached to a message are dropped, the message is not', async () => {
    const { id, token } = await line.client.start();
    const attachments = [
      { contentType: 'application/pdf', contentUrl: 'data:application/pdf;base64,AAAA', name: 'extract.pdf' },
    ];
    const channelData = { clientActivityID: 'with-file' };
    for (const _ of [1, 2])
      expect((await line.client.say(id, token, 'my extract', { attachments, channelData })).status).toBe(200);
    expect((await line.client.poll(id, token)).body.activities?.map(({ text }) => text)).toEqual([
      'no documents, please',
      'my extract',
      'echo: my extract',
    ]);
    expect(JSON.stringify(line.turns.received.at(-1))).not.toContain('pdf');
    expect((await line.client.post(id, token, { type: 'message', attachments })).status).toBe(415);
  });
});
