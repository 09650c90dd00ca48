import { describe, expect, test } from 'vitest';
import { chatHeaders, mayEmbed, type WebConfig } from '../../../src/channels/web/headers.ts';

const developing: WebConfig = {
  production: false,
  publicUrl: undefined,
  allowedOrigins: [],
  faqUrl: undefined,
  privacyUrl: undefined,
  directLine: 'embedded',
  supportEmail: undefined,
};
const azure = 'https://directline.botframework.com/v3/directline';
const shop = 'https://shop.example';
const live: WebConfig = {
  ...developing,
  production: true,
  publicUrl: 'https://support.example/cps',
  allowedOrigins: [shop],
};
const policy = (config: WebConfig) =>
  Object.fromEntries(
    chatHeaders(config, 'N', azure)
      ['content-security-policy'].split('; ')
      .map((part) => [part.split(' ')[0], part.split(' ').slice(1)]),
  );

describe('the policy of the chat frame', () => {
  test('nothing is allowed that is not named', () => {
    expect(policy(live)).toMatchObject({
      'default-src': ["'none'"],
      'script-src': ["'self'", "'nonce-N'"],
      'connect-src': ["'self'", 'blob:', 'wss://support.example'],
      'base-uri': ["'none'"],
      'form-action': ["'none'"],
    });
    expect(chatHeaders(live, 'N', azure)['content-security-policy']).not.toMatch(/unsafe|\*/);
  });

  test('with the channel in Azure, messages go there and nowhere else; without a chat, nowhere', () => {
    expect(policy({ ...live, directLine: 'azure' })['connect-src']).toEqual([
      "'self'",
      'blob:',
      'https://directline.botframework.com',
      'wss://directline.botframework.com',
    ]);
    expect(policy({ ...live, directLine: 'off' })['connect-src']).toEqual(["'self'", 'blob:']);
  });

  test('only listed websites and our own may embed it', () => {
    expect(policy(live)['frame-ancestors']).toEqual(["'self'", 'https://support.example', shop]);
    expect(policy({ ...developing, allowedOrigins: [shop] })['frame-ancestors']).toEqual(["'self'", shop]);
    expect(policy({ ...live, allowedOrigins: [] })['frame-ancestors']).toEqual(["'self'", 'https://support.example']);
  });

  test('while developing without a list, any page may', () => {
    expect(policy(developing)).not.toHaveProperty('frame-ancestors');
  });
});

test.each([
  [shop, live, true],
  ['https://support.example', live, true],
  ['https://evil.example', live, false],
  ['https://shop.example.evil.example', live, false],
  ['null', live, false],
  [undefined, live, false],
  ['http://localhost:8080', developing, true],
  ['null', developing, true],
  ['javascript:alert(1)', developing, false],
  ['https://a.example/ "x', developing, false],
])('the frame talks to %s: %#', (origin, config, expected) => {
  expect(mayEmbed(origin, config)).toBe(expected);
});
