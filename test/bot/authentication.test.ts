import type { Activity } from 'botbuilder';
import { UnsecuredJWT } from 'jose';
import { afterEach, describe, expect, it } from 'vitest';
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

  it('are looked at while the body is still on its way', async () => {
    const service = await signIn();
    const serving = await start({ env: signedEnv, cloud: service.cloud, allows: (url) => !url.includes('evil') });
    const past = Math.floor(Date.now() / 1000) - 1000;
    const ask = (authorization: string | undefined, wait?: number) =>
      serving.raw(
        `POST /api/messages HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: 200000\r\n${
          authorization === undefined ? '' : `authorization: ${authorization}\r\n`
        }\r\n{`,
        wait,
      );
    const bad = {
      none: undefined,
      nonsense: 'x',
      forged: `Bearer ${await service.sign({}, { key: service.otherKey })}`,
      'of an unknown key': `Bearer ${await service.sign({}, { header: { kid: 'key-2' } })}`,
      expired: `Bearer ${await service.sign({ exp: past })}`,
      early: `Bearer ${await service.sign({ nbf: past + 100_000 })}`,
      'for another bot': `Bearer ${await service.sign({ aud: '11111111-2222-3333-4444-555555555555' })}`,
      'of another issuer': `Bearer ${await service.sign({ iss: 'https://evil.example' })}`,
      'for no service': `Bearer ${await service.sign({ serviceurl: undefined })}`,
      'for a service off the list': `Bearer ${await service.sign({ serviceurl: 'https://evil.example/' })}`,
    };
    for (const [name, authorization] of Object.entries(bad)) {
      const said = await ask(authorization);
      expect(said, name).toContain(' 401 ');
      expect(said, name).toMatch(/^connection: close$/im);
    }
    expect(await ask(`Bearer ${await service.sign()}`, 200), 'for a good one the body is waited for').toBe('');
  });

  it('that cannot be verified count as refused, and the keys are asked for again every few seconds at most', async () => {
    const service = await signIn('fails');
    const env = { ...signedEnv, RATE_REQUESTS: '30' };
    const serving = await start({ env, cloud: service.cloud, allows: () => true, patience: 50 });
    const token = await service.sign();
    const statuses = async (count: number) =>
      (await Promise.all(Array.from({ length: count }, () => serving.post(expecting(), { token })))).map(
        ({ status }) => status,
      );
    expect(await statuses(20)).toEqual(Array(20).fill(503));
    expect(service.asked(), 'by one for all who wait').toBe(1);
    service.become('hangs');
    serving.clock.ahead += 6000;
    expect(new Set(await statuses(20))).toEqual(new Set([503, 429]));
    expect(service.asked()).toBe(2);
    expect(serving.warnings).toContain('tokens cannot be verified: the sign-in service gives no keys');
    service.become('answers');
    expect(await statuses(1)).toEqual([429]);
    serving.clock.ahead += 6000;
    expect(await statuses(3), 'a good one gets in however often its address was refused').toEqual([200, 200, 200]);
    expect(service.asked()).toBe(4);
  });

  it('that name a key nobody knows make it ask seldom, and those of a known key go on meanwhile', async () => {
    const service = await signIn();
    const serving = await start({ env: signedEnv, cloud: service.cloud, allows: () => true });
    const guess = async () =>
      (await serving.post(expecting(), { token: await service.sign({}, { header: { kid: `${Math.random()}` } }) }))
        .status;
    const good = async () => {
      const token = await service.sign({ jti: Math.random(), exp: Math.floor(Date.now() / 1000) + 30 * 3600 });
      return (await serving.post(expecting(), { token })).status;
    };
    expect([await guess(), await guess(), await good()]).toEqual([401, 401, 200]);
    expect(service.asked()).toBe(2);
    serving.clock.ahead += 11 * 60_000;
    expect([await guess(), await guess()]).toEqual([401, 401]);
    expect(service.asked()).toBe(4);
    service.become('fails');
    serving.clock.ahead += 11 * 60_000;
    expect([await guess(), await guess(), await good()]).toEqual([503, 503, 200]);
    expect(service.asked()).toBe(5);
    service.become('answers');
    serving.clock.ahead += 23 * 3600_000;
    expect([await good(), service.asked()], 'within a day').toEqual([200, 5]);
    serving.clock.ahead += 2 * 3600_000;
    expect([await good(), await good(), service.asked()], 'once a day').toEqual([200, 200, 7]);
  });

  it('guessed in a flood from one address are a 429, and good ones go on, even from there', async () => {
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
    for (const address of ['203.0.113.2', '203.0.113.1'])
      expect((await from(address, await service.sign())).status, address).toBe(200);
  });
});
