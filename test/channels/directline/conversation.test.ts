import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { directLineClient, openStream } from '../../helpers/direct-line-client.ts';
import { serveDirectLine } from '../../helpers/serve-direct-line.ts';

type Line = Awaited<ReturnType<typeof serveDirectLine>>;
let line: Line;
const streams: Awaited<ReturnType<typeof openStream>>[] = [];
const stream: typeof openStream = async (...given) => {
  const opened = await openStream(...given);
  streams.push(opened);
  return opened;
};
beforeAll(async () => {
  line = await serveDirectLine();
});
afterEach(() => {
  for (const opened of streams.splice(0)) opened.close();
});
afterAll(() => line.end());

describe('a conversation', () => {
  it('opens with 201, and with 200 when the same token opens it again', async () => {
    const { body } = await line.client.generate();
    expect(body).toMatchObject({
      conversationId: expect.stringMatching(/^[\w-]{22}$/),
      token: expect.any(String),
      expires_in: 1800,
    });
    const opened = await line.client.open(body.token ?? '');
    expect([opened.status, opened.body.conversationId]).toEqual([201, body.conversationId]);
    expect(opened.body.streamUrl).toMatch(
      new RegExp(`^ws://127.0.0.1:\\d+/v3/directline/conversations/${body.conversationId}/stream\\?watermark=-&t=`),
    );
    expect((await line.client.open(body.token ?? '')).status).toBe(200);
  });

  it('carries messages both ways by polling, from a watermark on', async () => {
    const { id, token } = await line.client.start();
    const posted = await line.client.say(id, token, 'tere', { channelData: { clientActivityID: 'c1' } });
    expect(posted).toMatchObject({ status: 200, body: { id: `${id}|0000001` } });
    const all = await line.client.poll(id, token);
    expect(all.body.watermark).toBe('2');
    expect(all.body.activities).toMatchObject([
      {
        id: `${id}|0000001`,
        text: 'tere',
        channelData: { clientActivityID: 'c1' },
        channelId: 'directline',
        conversation: { id },
      },
      { id: `${id}|0000002`, text: 'echo: tere', from: { id: 'bot', role: 'bot' } },
    ]);
    expect((await line.client.poll(id, token, '1')).body.activities).toHaveLength(1);
    expect((await line.client.poll(id, token, '2')).body).toEqual({ activities: [], watermark: '2' });
    expect((await line.client.poll(id, token, 'x')).body.activities).toHaveLength(2);
  });

  it('carries messages over a socket, with an answer to its empty pings', async () => {
    const { id, token, streamUrl } = await line.client.start();
    const opened = await stream(streamUrl, { origin: line.url });
    await line.client.post(id, token, { type: 'event', name: 'webchat/join', value: { language: 'et' } });
    await opened.count(1);
    await line.client.say(id, token, 'tere');
    await opened.count(3);
    expect(opened.texts()).toEqual(['hello', 'tere', 'echo: tere']);
    expect(opened.state.watermark).toBe('3');
    opened.socket.send('');
    await opened.until(() => opened.state.empty === 1);
  });

  it('shows what another process wrote into the store', async () => {
    const { id, streamUrl } = await line.client.start();
    const opened = await stream(streamUrl);
    await line.store.commit({
      lines: [{ conversation: id, value: { type: 'message', text: 'from an agent', from: { id: 'agent' } } }],
    });
    await opened.count(1);
    expect(opened.activities[0]).toMatchObject({ text: 'from an agent', from: { id: 'agent' } });
  });

  it('comes back without gap, loss or repeat', async () => {
    const { id, token, streamUrl } = await line.client.start();
    const first = await stream(streamUrl);
    await line.client.say(id, token, 'one');
    await first.count(2);
    const { watermark } = first.state;
    first.close();
    await line.client.say(id, token, 'two');
    const again = await line.client.reconnect(id, token, watermark);
    expect(again).toMatchObject({
      status: 200,
      body: {
        conversationId: id,
        token: expect.any(String),
        streamUrl: expect.stringContaining(`watermark=${watermark}&`),
      },
    });
    await line.client.say(id, token, 'three');
    const second = await stream(again.body.streamUrl ?? '');
    await second.count(4);
    expect(second.texts()).toEqual(['two', 'echo: two', 'three', 'echo: three']);
  });

  it('keeps the order and every message of 20 senders at once, also over many sets', async () => {
    const { id, token, streamUrl } = await line.client.start();
    const opened = await stream(streamUrl);
    const texts = Array.from({ length: 20 }, (_, at) => `message ${at}`);
    await Promise.all(texts.map((text) => line.client.say(id, token, text)));
    await opened.count(40);
    expect(opened.activities.map((activity) => activity.id)).toEqual(
      Array.from({ length: 40 }, (_, at) => `${id}|${String(at + 1).padStart(7, '0')}`),
    );
    expect(
      opened
        .texts()
        .filter((text) => !text?.startsWith('echo'))
        .toSorted(),
    ).toEqual(texts.toSorted());
    const stamps = opened.activities.map(({ timestamp }) => timestamp);
    expect(stamps).toEqual(stamps.toSorted());
    await line.store.commit({
      lines: Array.from({ length: 250 }, (_, at) => ({ conversation: id, value: { type: 'message', text: `n${at}` } })),
    });
    await opened.count(290);
    const again = await stream((await line.client.reconnect(id, token)).body.streamUrl ?? '');
    await again.count(290);
    expect(again.state.sets).toBeGreaterThan(2);
  });

  it('never goes back in time, whatever the clocks of several instances said', async () => {
    const { id, token } = await line.client.start();
    const at = (second: number) => ({
      conversation: id,
      value: { type: 'message', text: 'x', timestamp: `2026-11-22T12:00:0${second}.000Z` },
    });
    await line.store.commit({ lines: [at(5), at(3), at(4), at(6)] });
    const seconds = async (watermark: string) =>
      (await line.client.poll(id, token, watermark)).body.activities?.map(({ timestamp }) => timestamp.slice(17, 19));
    expect(await seconds('')).toEqual(['05', '05', '05', '06']);
    expect(await seconds('2')).toEqual(['05', '06']);
  });

  it('outlives a restart, with its token, transcript and address', async () => {
    const one = await serveDirectLine();
    // The port changes here, and with it the origin, to which a page's token is bound.
    const client = directLineClient(one.url, { origin: null });
    const { id, token } = await client.start();
    await client.say(id, token, 'before');
    await one.stop();
    const other = await serveDirectLine({ folder: one.folder });
    expect((await other.client.say(id, token, 'after')).status).toBe(200);
    const again = await other.client.reconnect(id, token, '0');
    const opened = await stream(again.body.streamUrl ?? '');
    await opened.count(4);
    expect(opened.texts()).toEqual(['before', 'echo: before', 'after', 'echo: after']);
    await other.end();
  });
});

describe('a second socket', () => {
  it('takes over, and the first is closed as a collision', async () => {
    const { id, token, streamUrl } = await line.client.start();
    const first = await stream(streamUrl);
    const second = await stream(streamUrl);
    await first.until(() => first.state.closed !== undefined);
    expect(first.state.closed).toEqual({ code: 1008, reason: 'collision' });
    await line.client.say(id, token, 'tere');
    await second.count(2);
    expect(line.routes.openSockets()).toBeGreaterThan(0);
  });
});

describe('dead and slow sockets', () => {
  it('are ended when they do not answer', async () => {
    const own = await serveDirectLine({ beat: 30 });
    const { streamUrl } = await own.client.start();
    const opened = await openStream(streamUrl);
    (opened.socket as unknown as { _socket: { pause(): void } })._socket.pause();
    await opened.until(() => own.routes.openSockets() === 0);
    await own.end();
  });

  it('that send much are closed, and the server closes all when it ends', async () => {
    const own = await serveDirectLine();
    const one = await openStream((await own.client.start()).streamUrl);
    const other = await openStream((await own.client.start()).streamUrl);
    one.socket.send('x'.repeat(5000));
    await one.until(() => one.state.closed !== undefined);
    const end = own.end();
    await other.until(() => other.state.closed !== undefined);
    expect(other.state.closed).toMatchObject({ code: 1001 });
    await end;
  });

  it('that come while the server ends are told so too', async () => {
    const own = await serveDirectLine();
    const { streamUrl } = await own.client.start();
    await own.routes.close?.();
    const late = await openStream(streamUrl);
    await late.until(() => late.state.closed !== undefined);
    expect(late.state.closed).toMatchObject({ code: 1001 });
    await own.end();
  });

  it('that do not answer the farewell do not hold the server up', async () => {
    const own = await serveDirectLine();
    const opened = await openStream((await own.client.start()).streamUrl);
    (opened.socket as unknown as { _socket: { pause(): void } })._socket.pause();
    const began = performance.now();
    await own.end();
    // Who answers no farewell is waited for half a minute by itself (ws).
    expect(performance.now() - began).toBeLessThan(15_000);
  });
});
