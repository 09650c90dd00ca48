/** Tokens of every kind at both doors: only the right one opens, and a wrong one learns nothing. */
import { createHmac } from 'node:crypto';
import fc from 'fast-check';
import { SignJWT, UnsecuredJWT } from 'jose';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { activityOf, appId, issuer, startSignIn } from '../helpers/channel.ts';
import { serveDirectLine } from '../helpers/serve-direct-line.ts';
import { serveMessages } from '../helpers/serve-messages.ts';
import { testConfig } from '../helpers/test-config.ts';
import { expectDecent, limits, patience, seed } from './decent.ts';

const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
const word = fc.string({ maxLength: 30 }).map((text) => text.replace(/[^\x21-\x7e]/g, ''));

/** Another text than the token, in a place that counts: the last sign of a signature has bits that nobody reads. */
const spoilt = (token: string) =>
  fc
    .record({ at: fc.nat({ max: token.length - 2 }), by: fc.constantFrom('A', 'B', '-', '_', '.', '', '=', 'AAAA') })
    .map(({ at, by }) => token.slice(0, at) + by + token.slice(at + 1))
    .filter((text) => text !== token);

/** Things that look like tokens. */
const strange = fc.oneof(
  word,
  fc
    .tuple(fc.jsonValue(), fc.jsonValue(), word)
    .map(([header, claims, end]) => `${part(header)}.${part(claims)}.${end}`),
  fc.jsonValue().map((claims) => `${part({ alg: 'none' })}.${part(claims)}.`),
  fc
    .jsonValue()
    .map(
      (claims) => `${part({ alg: 'HS256', kid: '../../dev/null', jku: 'http://127.0.0.1:9/keys' })}.${part(claims)}.x`,
    ),
  fc.constantFrom(
    '.',
    '..',
    '...',
    'a.b.c.d.e',
    `${'x'.repeat(5000)}.${'y'.repeat(5000)}.z`,
    '\\u0000',
    'null',
    'undefined',
  ),
);

describe(`the chat’s tokens (seed ${seed})`, { timeout: 180_000 }, () => {
  let line: Awaited<ReturnType<typeof serveDirectLine>>;
  let good: Awaited<ReturnType<typeof line.client.start>>;
  const key = createHmac('sha256', testConfig().tokenSecret).update('direct line tokens').digest();
  beforeAll(async () => {
    line = await serveDirectLine();
    good = await line.client.start();
  });
  afterAll(() => line.end());

  async function knock(token: string, what: string): Promise<number> {
    const response = await fetch(`${line.url}/v3/directline${what.replace(':id', good.id)}`, {
      method: what.endsWith('=') || what.endsWith(':id') ? 'GET' : 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      ...(what.endsWith('=') || what.endsWith(':id') ? {} : { body: '{"type":"message","text":"x"}' }),
      signal: AbortSignal.timeout(patience),
    });
    const text = await response.text();
    expectDecent({ status: response.status, text }, what);
    expect(text).not.toContain('"token"');
    return response.status;
  }
  const doors = fc.constantFrom(
    ...[
      '/conversations',
      '/conversations/:id',
      '/conversations/:id/activities',
      '/conversations/:id/activities?watermark=',
    ],
    ...['/conversations/:id/upload', '/tokens/refresh'],
  );

  test('spoilt, strange or unsigned ones open nothing', async () => {
    const claims = JSON.parse(Buffer.from(good.token.split('.')[1]!, 'base64url').toString()) as Record<string, string>;
    const unsigned = fc.constantFrom(new UnsecuredJWT(claims).encode(), good.streamUrl.split('t=')[1]!, good.resume);
    await fc.assert(
      fc.asyncProperty(fc.oneof(spoilt(good.token), strange, unsigned), doors, async (token, door) => {
        expect([401, 403]).toContain(await knock(token, door));
      }),
      limits(200),
    );
    expect(line.turns.received).toEqual([]);
  });

  test('signed by us, but for another purpose, time, issuer or without what they must name', async () => {
    const now = Math.floor(Date.now() / 1000);
    const sound = { iss: 'cps-support-bot', aud: 'conversation', exp: now + 600, conv: good.id, user: 'dl_x' };
    const names = fc.constantFrom(...(Object.keys(sound) as (keyof typeof sound)[]));
    const odd = fc.oneof(fc.constant(undefined), fc.jsonValue({ maxDepth: 1 }), word);
    const changes = fc.oneof(
      { weight: 1, arbitrary: fc.constant({}) },
      { weight: 2, arbitrary: names.map((name) => ({ [name]: undefined })) },
      { weight: 4, arbitrary: fc.dictionary(names, fc.oneof(odd, fc.constant(now - 1)), { maxKeys: 2 }) },
    );
    const keys = fc.constantFrom(key, key, key, Buffer.from(testConfig().tokenSecret), Buffer.alloc(32));
    await fc.assert(
      fc.asyncProperty(changes, keys, async (change, by) => {
        const all = Object.fromEntries(
          Object.entries({ ...sound, ...change }).filter(([, value]) => value !== undefined),
        );
        const body = `${part({ alg: 'HS256' })}.${part(all)}`;
        const token = `${body}.${createHmac('sha256', by).update(body).digest('base64url')}`;
        const holds =
          by === key &&
          all.iss === sound.iss &&
          [all.aud].flat().includes(sound.aud) &&
          typeof all.exp === 'number' &&
          all.exp > now &&
          String(all.conv) === good.id &&
          'user' in all;
        expect(await knock(token, '/conversations/:id/activities?watermark=')).toBe(holds ? 200 : 403);
      }),
      limits(200),
    );
  });
});

describe(`the channels’ tokens (seed ${seed})`, { timeout: 180_000 }, () => {
  // The SDK prints the public key for each token that it refuses.
  beforeEach(() => void vi.spyOn(console, 'error').mockReturnValue());
  afterEach(() => vi.restoreAllMocks());
  let signIn: Awaited<ReturnType<typeof startSignIn>>;
  let serving: Awaited<ReturnType<typeof serveMessages>>;
  beforeAll(async () => {
    signIn = await startSignIn();
    const env = { MicrosoftAppId: appId, MicrosoftAppPassword: 'p' };
    serving = await serveMessages({ env, cloud: signIn.cloud, allows: () => true });
  });
  afterAll(async () => {
    await serving.end();
    await signIn.close();
  });

  const refused = { status: 401, body: { error: { code: 'Unauthorized', message: 'Not authorized.' } } };
  const activity = () => activityOf({ deliveryMode: 'expectReplies' });

  test('spoilt or strange ones are a 401 without detail, and no turn', async () => {
    const good = await signIn.sign();
    expect((await serving.post(activity(), { token: good })).status).toBe(200);
    const turns = serving.turns.received.length;
    await fc.assert(
      fc.asyncProperty(fc.oneof(spoilt(good), strange), async (token) => {
        expect(await serving.post(activity(), { token })).toMatchObject(refused);
      }),
      limits(120),
    );
    expect(serving.turns.received).toHaveLength(turns);
  });

  test('signed by the service, with any claim changed or gone: the same', async () => {
    const turns = serving.turns.received.length;
    const now = Math.floor(Date.now() / 1000);
    const odd = fc.oneof(fc.constant(undefined), fc.jsonValue({ maxDepth: 1 }), word);
    const change = fc.oneof(
      fc.tuple(fc.constantFrom('iss', 'aud', 'exp', 'serviceurl', 'nbf'), odd),
      fc.tuple(
        fc.constantFrom('ver', 'tid', 'appid', 'azp'),
        fc.oneof(word, fc.constantFrom('1.0', '2.0', appId, issuer)),
      ),
      fc.tuple(fc.constant('exp'), fc.integer({ min: 0, max: now - 400 })),
      fc.tuple(fc.constant('nbf'), fc.integer({ min: now + 400, max: now * 2 })),
    );
    // Sound all the same: no `nbf`, and numbers on the right side of now, with five minutes for clocks that differ.
    const matters = ([name, value]: [string, unknown]) =>
      typeof value === 'number'
        ? !(name === 'exp' && value > now - 350) && !(name === 'nbf' && value < now + 350)
        : name !== 'nbf' || value !== undefined;
    await fc.assert(
      fc.asyncProperty(change.filter(matters), async ([name, value]) => {
        const token = await signIn.sign({ [name]: value });
        expect(await serving.post(activity(), { token }), `${name}: ${JSON.stringify(value)}`).toMatchObject(refused);
      }),
      limits(80),
    );
    expect(serving.turns.received).toHaveLength(turns);
  });

  test('signed by anybody else, or in another way: the same', async () => {
    const { privateKey } = await import('jose').then(({ generateKeyPair }) => generateKeyPair('ES256'));
    const claims = {
      iss: issuer,
      aud: appId,
      serviceurl: 'http://127.0.0.1:9',
      exp: Math.floor(Date.now() / 1000) + 600,
    };
    const tokens = await Promise.all([
      signIn.sign({}, { key: signIn.otherKey }),
      new SignJWT(claims).setProtectedHeader({ alg: 'ES256', kid: 'key-1' }).sign(privateKey),
      new SignJWT(claims).setProtectedHeader({ alg: 'HS256', kid: 'key-1' }).sign(Buffer.from('x'.repeat(32))),
    ]);
    for (const token of tokens) expect(await serving.post(activity(), { token })).toMatchObject(refused);
  });
});
