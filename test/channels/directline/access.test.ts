import { SignJWT, UnsecuredJWT } from 'jose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { directLineClient, openStream, refusedStream } from '../../helpers/direct-line-client.ts';
import { serveDirectLine } from '../../helpers/serve-direct-line.ts';

type Line = Awaited<ReturnType<typeof serveDirectLine>>;
const secret = 'aQ3wE5rT7yU9iO1pA2sD4fG6hJ8kL0zX';
const site = 'https://www.example.com';
let line: Line;
let live: Line;
beforeAll(async () => {
  line = await serveDirectLine({ env: { DIRECT_LINE_SECRET: secret } });
  live = await serveDirectLine({
    env: {
      NODE_ENV: 'production',
      MicrosoftAppId: '0f0e1d2c-3b4a-5968-7786-95a4b3c2d1e0',
      MicrosoftAppPassword: 'kX28Q~b7Vt.mW3pZr9Ls_Hd5Jc1Ny6Fg0TeUq4Ao',
      SUPPORT_TEAM_ID: 't',
      PUBLIC_URL: 'https://support.example.com/chat',
      ALLOWED_ORIGINS: site,
      DIRECT_LINE_SECRET: secret,
    },
  });
});
afterAll(() => Promise.all([line.end(), live.end()]));

const code = (name: string) => ({ error: { code: name, message: expect.any(String) } });
const claims = (token: string) =>
  JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString()) as Record<string, unknown>;

describe('tokens', () => {
  it('name their user, which Web Chat reads', async () => {
    const { token = '' } = (await line.client.generate({ user: { id: 'dl_somebody-else' } })).body;
    expect(claims(token)).toMatchObject({ user: expect.stringMatching(/^dl_[\w-]{22}$/) });
  });

  it('of one conversation are refused in another', async () => {
    const [a, b] = [await line.client.start(), await line.client.start()];
    for (const answer of [
      await line.client.say(b.id, a.token, 'x'),
      await line.client.poll(b.id, a.token),
      await line.client.reconnect(b.id, a.token),
    ]) {
      expect(answer).toMatchObject({ status: 403, body: code('TokenRefused') });
    }
    const address = a.streamUrl.replace(a.id, b.id);
    expect(await refusedStream(address)).toBe(403);
  });

  it('that are missing, forged or made for another purpose are refused', async () => {
    const { id, token, resume, streamUrl } = await line.client.start();
    expect(await line.client.poll(id, '')).toMatchObject({ status: 401, body: code('TokenMissing') });
    const [head, body] = token.split('.');
    const forged = await new SignJWT(claims(token))
      .setProtectedHeader({ alg: 'HS256' })
      .sign(Buffer.from('x'.repeat(32)));
    const unsigned = new UnsecuredJWT(claims(token)).encode();
    const stream = new URL(streamUrl.replace(/^ws/, 'http')).searchParams.get('t') ?? '';
    for (const bad of ['nonsense', `${head}.${body}.`, forged, unsigned, stream, resume]) {
      expect(await line.client.poll(id, bad)).toMatchObject({ status: 403, body: code('TokenRefused') });
    }
    expect(await refusedStream(streamUrl.replace(/t=.*$/, `t=${token}`))).toBe(403);
  });

  it('live for 30 minutes; refreshed in time they go on, afterwards they do not', async () => {
    const own = await serveDirectLine();
    const { id, token, resume } = await own.client.start();
    own.clock.ahead = 29 * 60_000;
    const fresh = await own.client.refresh(token);
    expect(fresh).toMatchObject({ status: 200, body: { conversationId: id, expires_in: 1800 } });
    own.clock.ahead = 31 * 60_000;
    for (const answer of [
      await own.client.poll(id, token),
      await own.client.refresh(token),
      await own.client.open(token),
    ]) {
      expect(answer).toMatchObject({ status: 403, body: code('TokenExpired') });
    }
    expect((await own.client.poll(id, fresh.body.token ?? '')).status).toBe(200);
    own.clock.ahead = 24 * 3600_000;
    const back = await own.client.generate({ resume });
    expect(back).toMatchObject({ status: 200, body: { conversationId: id } });
    expect((await own.client.say(id, back.body.token ?? '', 'I am back')).status).toBe(200);
    own.clock.ahead = 31 * 24 * 3600_000;
    expect(await own.client.generate({ resume })).toMatchObject({ status: 403, body: code('TokenExpired') });
    await own.end();
  });

  it('of a stream live for a minute', async () => {
    const own = await serveDirectLine();
    const { streamUrl } = await own.client.start();
    own.clock.ahead = 61_000;
    expect(await refusedStream(streamUrl)).toBe(403);
    await own.end();
  });

  it('do not open what was never opened, or has been removed', async () => {
    const { token = '', conversationId = '', resume } = (await line.client.generate()).body;
    expect(await line.client.say(conversationId, token, 'x')).toMatchObject({
      status: 404,
      body: code('ConversationNotFound'),
    });
    expect(await line.client.generate({ resume })).toMatchObject({ status: 404 });
    expect((await line.client.poll('no.such..%2F', secret)).status).toBe(404);
  });
});

describe('the secret', () => {
  it('lets a server of ours open conversations for users that it names, and use all of them', async () => {
    const server = directLineClient(line.url, { origin: null });
    const opened = await server.call('POST', '/conversations', secret, { user: { id: 'dl_customer-7' } });
    expect(opened.status).toBe(201);
    const id = opened.body.conversationId ?? '';
    await server.say(id, secret, 'for the customer');
    expect((await server.poll(id, secret)).body.activities?.[0]?.from.id).toBe('dl_customer-7');
    const { token = '' } = (await server.generate({ user: { id: 'dl_customer-8' } }, secret)).body;
    expect(claims(token).user).toBe('dl_customer-8');
    expect(await server.generate({ user: { id: 'customer-9' } }, secret)).toMatchObject({
      status: 400,
      body: code('BadArgument'),
    });
    expect((await server.refresh(secret)).status).toBe(403);
    expect((await server.poll(id, `${secret}x`)).status).toBe(403);
  });

  it('is never answered', async () => {
    const answers = [
      await line.client.generate({}, secret),
      await line.client.call('POST', '/conversations', secret, {}),
      await line.client.refresh(secret),
    ];
    expect(JSON.stringify(answers)).not.toContain(secret);
  });
});

describe('origins', () => {
  const from = (origin: string | null, server: Line = live) => directLineClient(server.url, { origin });

  it('in production: our own and listed ones, exactly', async () => {
    for (const origin of ['https://support.example.com', site])
      expect((await from(origin).generate()).status).toBe(200);
    for (const origin of [
      null,
      'https://example.com',
      'http://www.example.com',
      `${site}:8443`,
      `${site}.evil.example`,
      'null',
      live.url,
      'http://localhost:3000',
    ]) {
      expect(await from(origin).generate()).toMatchObject({ status: 403, body: code('OriginRefused') });
    }
  });

  it('in development: this machine too, or none', async () => {
    for (const origin of [null, line.url, 'http://localhost:5173', 'http://[::1]:8080'])
      expect((await from(origin, line).generate()).status).toBe(200);
    for (const origin of ['https://evil.example', 'http://localhost.evil.example', 'null', 'file://'])
      expect((await from(origin, line).generate()).status).toBe(403);
  });

  it('bind the token, and the socket', async () => {
    const started = await from(site).start();
    expect(started.streamUrl).toMatch(/^wss:\/\/support\.example\.com\/chat\/v3\/directline\/conversations\//);
    const here = started.streamUrl.replace('wss://support.example.com/chat', live.url.replace('http', 'ws'));
    expect(await from('https://support.example.com').poll(started.id, started.token)).toMatchObject({ status: 403 });
    expect((await from(null).poll(started.id, started.token)).status).toBe(200);
    expect(await refusedStream(here, { origin: 'https://evil.example' })).toBe(403);
    expect(await refusedStream(here, { origin: 'https://support.example.com' })).toBe(403);
    (await openStream(here, { origin: site })).close();
  });

  it('that are not listed are refused with a token of no website too, on every route and by the socket', async () => {
    const { token = '', streamUrl = '', conversationId: id = '' } = (await from(null).open(secret, {})).body;
    const here = streamUrl.replace('wss://support.example.com/chat', live.url.replace('http', 'ws'));
    const evil = from('https://evil.example');
    for (const answer of [
      await evil.open(token, {}),
      await evil.say(id, token, 'x'),
      await evil.poll(id, token),
      await evil.reconnect(id, token),
      await evil.refresh(token),
      await evil.upload(id, token, new Uint8Array(9)),
      await evil.call('GET', `/conversations/${id}/export`, token),
      await evil.poll(id, secret),
    ])
      expect(answer).toMatchObject({ status: 403, body: code('OriginRefused') });
    expect(await refusedStream(here, { origin: 'https://evil.example' })).toBe(403);
    expect((await from(null).poll(id, token)).body.activities).toEqual([]);
    for (const origin of [undefined, site]) (await openStream(here, origin ? { origin } : {})).close();
  });

  it('are told to browsers, on refusals too', async () => {
    const started = await from(site).start();
    const allowed = await from(site).poll(started.id, 'nonsense');
    expect(allowed.headers.get('access-control-allow-origin')).toBe(site);
    expect(allowed.headers.get('access-control-expose-headers')).toBe('retry-after');
    expect(allowed.headers.get('vary')).toBe('origin');
    expect((await from('https://evil.example').generate()).headers.get('access-control-allow-origin')).toBeNull();
    const preflight = await from(site).call('OPTIONS', `/conversations/${started.id}/activities`);
    expect(preflight.status).toBe(204);
    expect(preflight.headers.get('access-control-allow-headers')).toContain('authorization');
    expect((await from('https://evil.example').call('OPTIONS', '/tokens/generate')).status).toBe(403);
  });
});

describe('floods', () => {
  it('are answered so that a page of another origin can read it, and knows when to come back', async () => {
    const site = 'http://localhost:5173';
    for (const limit of ['RATE_REQUESTS', 'RATE_CONVERSATIONS']) {
      const own = await serveDirectLine({ env: { [limit]: '1' } });
      const client = directLineClient(own.url, { origin: site });
      const answers = [];
      for (const _ of [1, 2]) {
        const { token = '' } = (await directLineClient(own.url, { origin: site }).generate()).body;
        answers.push(await client.call('POST', '/conversations', token, {}));
      }
      const { status, headers, body } = answers.at(-1)!;
      expect([status, body], limit).toEqual([429, code('TooManyRequests')]);
      expect(headers.get('access-control-allow-origin')).toBe(site);
      expect(headers.get('access-control-expose-headers')).toBe('retry-after');
      expect(Number(headers.get('retry-after'))).toBeGreaterThan(0);
      await own.end();
    }
  });

  it('from one address: 429 for new conversations, others go on', async () => {
    const own = await serveDirectLine({ env: { RATE_CONVERSATIONS: '2', TRUST_PROXY: '1' } });
    const open = async (address: string) => {
      const { token = '' } = (await own.client.generate()).body;
      return own.client.call('POST', '/conversations', token, {}, { 'x-forwarded-for': address });
    };
    expect([(await open('203.0.113.1')).status, (await open('203.0.113.1')).status]).toEqual([201, 201]);
    const refused = await open('203.0.113.1');
    expect(refused).toMatchObject({ status: 429, body: code('TooManyRequests') });
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
    expect((await open('203.0.113.2')).status).toBe(201);
    await own.end();
  });

  it('in one conversation: 429 for messages, others go on', async () => {
    const own = await serveDirectLine({ env: { RATE_MESSAGES: '2' } });
    const [a, b] = [await own.client.start(), await own.client.start()];
    const statuses = [];
    for (const text of ['1', '2', '3']) statuses.push((await own.client.say(a.id, a.token, text)).status);
    expect(statuses).toEqual([200, 200, 429]);
    expect((await own.client.say(b.id, b.token, '1')).status).toBe(200);
    own.clock.ahead = 120_000;
    expect((await own.client.say(a.id, a.token, '4')).status).toBe(200);
    await own.end();
  });
});
