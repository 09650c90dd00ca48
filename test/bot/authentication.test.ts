import type { Activity } from 'botbuilder';
import { UnsecuredJWT } from 'jose';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { activityOf, appId, startConnector, startSignIn } from '../helpers/channel.ts';
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
async function signIn(...given: Parameters<typeof startSignIn>) {
  const started = await startSignIn(...given);
  ends.push(started.close);
  return started;
}
const signedEnv = { MicrosoftAppId: appId, MicrosoftAppPassword: 'p' };

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
    const [, body = ''] = (await service.sign()).split('.');
    const payload = JSON.parse(Buffer.from(body, 'base64url').toString()) as Record<string, unknown>;
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
