import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { plausibleToken } from '../../src/bot/token-check.ts';

const now = 1_800_000_000;
const serviceUrl = 'https://smba.trafficmanager.net/emea/';
const good = { iss: 'https://api.botframework.com', aud: 'app', exp: now + 60, nbf: now - 60, serviceurl: serviceUrl };
const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
const tokenOf = (claims: unknown, header: unknown = { alg: 'RS256', kid: 'k' }) =>
  `Bearer ${part(header)}.${part(claims)}.${'s'.repeat(40)}`;
const check = (authorization: string) => plausibleToken(authorization, { appId: 'app', now });

describe('a channel’s token', () => {
  it('is plausible within five minutes of its times', () => {
    expect(check(tokenOf(good))).toMatchObject({ expires: now + 360, kid: 'k', serviceUrl, claims: good });
    expect(check(tokenOf({ ...good, exp: now - 299, nbf: now + 299 }))).toBeDefined();
    expect(check(tokenOf({ ...good, exp: now - 301 }))).toBeUndefined();
    expect(check(tokenOf({ ...good, nbf: now + 301 }))).toBeUndefined();
  });

  it('is not when any claim is another one, of another type or missing', () => {
    const claim = fc.constantFrom('iss', 'aud', 'exp', 'serviceurl');
    fc.assert(
      fc.property(
        claim,
        fc.oneof(fc.constant(undefined), fc.string(), fc.boolean(), fc.constant(null), fc.constant([good.aud])),
        (name, value) => {
          fc.pre(name !== 'serviceurl' || typeof value !== 'string'); // whether it is the right one is seen with the activity
          expect(check(tokenOf({ ...good, [name]: value }))).toBeUndefined();
        },
      ),
    );
    for (const foreign of ['ver', 'tid', 'appid', 'azp'])
      expect(check(tokenOf({ ...good, [foreign]: '' }))).toBeUndefined();
    for (const header of [
      { alg: 'none', kid: 'k' },
      { alg: 'HS256', kid: 'k' },
      { alg: 'RS256' },
      { alg: 'RS256', kid: 1 },
      null,
    ])
      expect(check(tokenOf(good, header))).toBeUndefined();
  });

  it('is not any other text, and no text is an error', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.string().map((text) => `Bearer ${text}`),
          fc
            .tuple(fc.string(), fc.string(), fc.string())
            .map((parts) => `Bearer ${parts.map((one) => Buffer.from(one).toString('base64url')).join('.')}`),
        ),
        (text) => check(text) === undefined,
      ),
    );
    expect(check('')).toBeUndefined();
  });
});
