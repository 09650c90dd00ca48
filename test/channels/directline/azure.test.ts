import { afterEach, describe, expect, it } from 'vitest';
import { azureDirectLineRoutes, azureDomain } from '../../../src/channels/directline/azure.ts';
import type { Env } from '../../../src/config.ts';
import { directLineClient } from '../../helpers/direct-line-client.ts';
import { type Serving, serve } from '../../helpers/serve.ts';
import { testConfig } from '../../helpers/test-config.ts';

const secret = 'aQ3wE5rT7yU9iO1pA2sD4fG6hJ8kL0zX';
const open: Serving[] = [];
afterEach(async () => {
  for (const serving of open.splice(0)) await serving.close();
});

async function start(answer: () => Response | Promise<Response>, env: Env = {}) {
  const asked: { url: string; authorization: string | null; body: string }[] = [];
  const fetch: typeof globalThis.fetch = async (url, init) => {
    asked.push({
      url: String(url),
      authorization: new Headers(init?.headers).get('authorization'),
      body: String(init?.body),
    });
    return answer();
  };
  const config = testConfig({ DIRECT_LINE: 'azure', DIRECT_LINE_SECRET: secret, ...env });
  const clock = { now: 0 };
  const serving = await serve([azureDirectLineRoutes({ config, fetch, log: () => {}, now: () => clock.now })], {
    config,
  });
  open.push(serving);
  return { asked, clock, client: directLineClient(serving.url), url: serving.url };
}
const granted = () => Response.json({ conversationId: 'c', token: 't', expires_in: 1800, more: secret });

describe('Direct Line in Azure', () => {
  it('gets the secret, and the page a token for a user and an origin that we chose', async () => {
    const { asked, client, url } = await start(granted);
    const answer = await client.generate({ user: { id: 'dl_me' } });
    expect(answer).toMatchObject({
      status: 200,
      body: { conversationId: 'c', token: 't', expires_in: 1800, domain: azureDomain },
    });
    expect(JSON.stringify(answer.body)).not.toContain(secret);
    expect(asked).toEqual([
      {
        url: `${azureDomain}/tokens/generate`,
        authorization: `Bearer ${secret}`,
        body: expect.stringMatching(/"id":"dl_[\w-]{22}"/),
      },
    ]);
    expect(asked[0]?.body).toContain(url);
    expect(asked[0]?.body).not.toContain('dl_me');
  });

  it('refreshes with the page’s own token', async () => {
    const { asked, client } = await start(granted);
    expect((await client.refresh('old')).status).toBe(200);
    expect(asked[0]).toMatchObject({ url: `${azureDomain}/tokens/refresh`, authorization: 'Bearer old' });
    expect((await client.call('POST', '/tokens/refresh')).status).toBe(401);
  });

  it.each([
    ['is away', () => Promise.reject(new TypeError('fetch failed')), 502],
    ['refuses', () => new Response(secret, { status: 403 }), 502],
    ['talks nonsense', () => new Response('{}'), 502],
    ['is busy', () => new Response('', { status: 429, headers: { 'retry-after': '3' } }), 429],
  ])('that %s is told without detail', async (_, answer, status) => {
    const { client } = await start(answer);
    const told = await client.generate();
    expect(told.status).toBe(status);
    expect(JSON.stringify(told.body)).not.toContain(secret);
  });

  it('sells few tokens to one address: 429 beyond RATE_CONVERSATIONS, others and refreshing go on', async () => {
    const { asked, clock, client } = await start(granted, { RATE_CONVERSATIONS: '2', TRUST_PROXY: '1' });
    const from = (address: string) =>
      client.call('POST', '/tokens/generate', undefined, {}, { 'x-forwarded-for': address });
    expect([(await from('203.0.113.1')).status, (await from('203.0.113.1')).status]).toEqual([200, 200]);
    const refused = await from('203.0.113.1');
    expect(refused).toMatchObject({ status: 429, body: { error: { code: 'TooManyRequests' } } });
    const wait = Number(refused.headers.get('retry-after'));
    expect(wait).toBeGreaterThan(0);
    expect(refused.headers.get('access-control-expose-headers')).toBe('retry-after');
    expect(asked).toHaveLength(2);
    expect((await from('203.0.113.2')).status).toBe(200);
    const refreshed = await client.call('POST', '/tokens/refresh', 'old', {}, { 'x-forwarded-for': '203.0.113.1' });
    expect(refreshed.status).toBe(200);
    clock.now = 1000 * wait;
    expect((await from('203.0.113.1')).status).toBe(200);
  });

  it('is not asked for websites that may not use the chat', async () => {
    const { asked, url } = await start(granted);
    expect((await directLineClient(url, { origin: 'https://evil.example' }).generate()).status).toBe(403);
    expect(asked).toEqual([]);
  });
});
