import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { chooseEncoding, webRoutes } from '../../../src/channels/web/routes.ts';
import { type Serving, serve } from '../../helpers/serve.ts';
import { testConfig } from '../../helpers/test-config.ts';
import { htmlProblems } from './check-html.ts';
import { textsFromDisk } from './texts-from-disk.ts';

let server: Serving;
const config = testConfig({
  PRIVACY_URL: 'https://example.com/privacy?a=1&b=2',
  ALLOWED_ORIGINS: 'https://shop.example',
});
beforeAll(async () => {
  server = await serve([webRoutes({ config, texts: textsFromDisk })]);
});
afterAll(() => server.close());

const get = (path: string, headers: Record<string, string> = {}) =>
  fetch(server.url + path, { headers: { 'accept-encoding': 'identity', ...headers } });
const text = async (path: string, headers?: Record<string, string>) => (await get(path, headers)).text();

describe('GET /', () => {
  test.each([
    ['/?lang=et', {}, 'et'],
    ['/?lang=lv', { 'accept-language': 'et' }, 'lv'],
    ['/', { 'accept-language': 'en-GB,en;q=0.9' }, 'en'],
    ['/', { 'accept-language': 'sw' }, 'et'],
  ])('%s %o speaks %s', async (path, headers: Record<string, string>, language) => {
    const answer = await get(path, headers);
    const html = await answer.text();
    expect(answer.headers.get('content-language')).toBe(language);
    expect(answer.headers.get('vary')).toContain('accept-language');
    expect(html).toContain(`<html lang="${language}">`);
    expect(html).toContain(`src="chat?lang=${language}"`);
    expect(htmlProblems(html)).toEqual([]);
  });

  test('links what the configuration names, and nothing that it does not', async () => {
    const html = await text('/?lang=en');
    expect(html).toContain('href="https://example.com/privacy?a=1&amp;b=2"');
    expect(html).not.toContain('Frequently asked');
    expect(html).not.toContain('mailto:');
  });

  test('has no inline script and runs none', async () => {
    const answer = await get('/');
    expect(await answer.text()).not.toMatch(/<script/);
    expect(answer.headers.get('content-security-policy')).toContain("script-src 'self';");
  });

  test('is not sent twice', async () => {
    const first = await get('/?lang=et');
    const etag = first.headers.get('etag') ?? '';
    expect((await get('/?lang=et', { 'if-none-match': etag })).status).toBe(304);
    expect((await get('/?lang=lv', { 'if-none-match': etag })).status).toBe(200);
  });
});

describe('GET /chat', () => {
  const nonceOf = (policy: string | null) => /script-src 'self' 'nonce-([^']+)'/.exec(policy ?? '')?.[1];

  test('every script, style sheet and block of data carries the nonce of this answer', async () => {
    const [one, two] = await Promise.all([get('/chat?lang=et'), get('/chat?lang=et')]);
    const nonce = nonceOf(one.headers.get('content-security-policy'));
    expect(nonce).toMatch(/^[A-Za-z0-9+/]{22}==$/);
    expect(nonce).not.toBe(nonceOf(two.headers.get('content-security-policy')));
    const html = await one.text();
    const loaded = html.match(/<(script|link rel="(stylesheet|modulepreload)")[^>]*>/g) ?? [];
    expect(loaded.length).toBeGreaterThan(5);
    for (const tag of loaded) expect(tag).toContain(`nonce="${nonce}"`);
    expect(htmlProblems(html)).toEqual([]);
    expect(one.headers.get('cache-control')).toBe('no-store');
  });

  test('knows every language, the commands’ words and no secret', async () => {
    const html = await text('/chat?lang=lv');
    const settings = JSON.parse(/<script type="application\/json"[^>]*>(.*?)<\/script>/s.exec(html)?.[1] ?? '');
    expect(settings.language).toBe('lv');
    expect(Object.keys(settings.texts)).toEqual(textsFromDisk.languages);
    for (const one of Object.values<{ commands: object }>(settings.texts))
      expect(Object.keys(one.commands).sort()).toEqual(['again', 'back', 'human', 'startOver']);
    expect(html).not.toContain(config.tokenSecret);
  });

  test('has a close button for a listed website only', async () => {
    expect(await text('/chat?host=https://shop.example')).toContain('id="close"');
    expect(await text('/chat?host=https://evil.example')).not.toContain('id="close"');
    expect(await text('/chat')).not.toContain('id="close"');
    expect((await get('/chat')).headers.get('content-security-policy')).toContain(
      "frame-ancestors 'self' https://shop.example",
    );
  });

  test('nothing from the address gets into the page', async () => {
    const attack = encodeURIComponent('"><script>alert(1)</script>');
    expect(await text(`/chat?lang=${attack}&host=${attack}`)).not.toContain('alert(1)');
    expect(await text(`/?lang=${attack}`)).not.toContain('alert(1)');
  });
});

describe('without a chat (DIRECT_LINE=off)', () => {
  let off: Serving;
  const address = 'support@example.com';
  beforeAll(async () => {
    const closed = testConfig({ DIRECT_LINE: 'off', SUPPORT_EMAIL: `CPS support <${address}>` });
    off = await serve([webRoutes({ config: closed, texts: textsFromDisk })]);
  });
  afterAll(() => off.close());
  const page = async (path: string) => (await fetch(off.url + path)).text();

  test.each(textsFromDisk.languages)('page and frame say so in %s, and how to reach a human', async (language) => {
    const { frame } = textsFromDisk.file(language, 'web') as { frame: Record<string, string> };
    for (const path of [`/?lang=${language}`, `/chat?lang=${language}`]) {
      const html = await page(path);
      expect(html, path).toContain(frame.closed);
      expect(html, path).toContain(`<a href="mailto:${address}" target="_top">${address}</a>`);
      expect(html, path).not.toMatch(/webchat|<iframe|data-command|donotreply/);
      expect(htmlProblems(html), path).toEqual([]);
    }
  });

  test('every file that the frame names is there', async () => {
    const html = await page('/chat?host=http://localhost:1');
    const named = [...html.matchAll(/(?:src|href)="(assets\/[^"]+)"/g)].map(([, file]) => file);
    expect(named.length).toBeGreaterThan(2);
    for (const file of named) expect((await fetch(`${off.url}/${file}`)).status, file).toBe(200);
  });
});

describe('GET /widget.js', () => {
  test('may be loaded by any website, and is kept for an hour', async () => {
    const answer = await get('/widget.js', { 'accept-encoding': 'gzip' });
    expect(Object.fromEntries(answer.headers)).toMatchObject({
      'content-type': 'text/javascript; charset=utf-8',
      'cache-control': 'public, max-age=3600, stale-while-revalidate=86400',
      'cross-origin-resource-policy': 'cross-origin',
      'x-content-type-options': 'nosniff',
      'content-encoding': 'gzip',
    });
    expect(Number(answer.headers.get('content-length'))).toBeLessThan(10_000);
    const etag = answer.headers.get('etag') ?? '';
    expect((await get('/widget.js', { 'accept-encoding': 'gzip', 'if-none-match': `"x", ${etag}` })).status).toBe(304);
  });
});

describe('the files', () => {
  const named = async (page: string) =>
    [...(await text(page)).matchAll(/(?:src|href)="(assets\/[^"]+)"/g)].map(([, address]) => `/${address}`);

  test('that the pages name are there, and are kept for ever', async () => {
    const addresses = new Set([...(await named('/')), ...(await named('/chat'))]);
    expect(addresses.size).toBeGreaterThan(8);
    for (const address of addresses) {
      const answer = await get(address, { 'accept-encoding': 'gzip' });
      expect(answer.status, address).toBe(200);
      expect(answer.headers.get('cache-control'), address).toBe('public, max-age=31536000, immutable');
      await answer.arrayBuffer();
    }
  });

  test('of an earlier deployment are today’s, and not kept', async () => {
    const answer = await get('/assets/yesterday/frame.js');
    expect(answer.status).toBe(200);
    expect(answer.headers.get('cache-control')).toBe('no-cache');
    await answer.arrayBuffer();
  });

  test.each(['/assets/x/nothing.js', '/assets/x/..%2fassets.ts', '/assets/x/widget.js'])(
    '%s is not one',
    async (path) => {
      const answer = await get(path);
      expect(answer.status).toBe(404);
      await answer.arrayBuffer();
    },
  );

  test('Web Chat comes packed, the same in each packing', async () => {
    const [address = ''] = (await named('/chat')).filter((one) => one.endsWith('/webchat.js'));
    const raw = (path: string, encoding: string) =>
      server.raw(`GET ${path} HTTP/1.1\r\nHost: a\r\nAccept-Encoding: ${encoding}\r\nConnection: close\r\n\r\n`, 5000);
    const [br, gzip] = await Promise.all([raw(address, 'gzip, deflate, br, zstd'), raw(address, 'gzip')]);
    expect(br).toMatch(/content-encoding: br/i);
    expect(gzip).toMatch(/content-encoding: gzip/i);
    expect(Number(/content-length: (\d+)/i.exec(br)?.[1])).toBeLessThan(800_000);
    const identity = Buffer.from(await (await get(address)).arrayBuffer());
    const packed = await fetch(server.url + address, { headers: { 'accept-encoding': 'br' } });
    expect(Buffer.from(await packed.arrayBuffer()).equals(identity)).toBe(true);
  });
});

test.each([
  ['gzip, deflate, br, zstd', 'br'],
  ['GZIP', 'gzip'],
  ['br;q=0, gzip;q=0.5', 'gzip'],
  ['br;q=0.0', 'identity'],
  ['*', 'identity'],
  [undefined, 'identity'],
])('Accept-Encoding %s gets %s', (accepted, encoding) => {
  expect(chooseEncoding(accepted)).toBe(encoding);
});

test('HEAD says what GET would', async () => {
  const [head, whole] = await Promise.all([
    fetch(`${server.url}/widget.js`, { method: 'HEAD' }),
    fetch(`${server.url}/widget.js`),
  ]);
  expect(await head.text()).toBe('');
  expect(head.headers.get('etag')).toBe(whole.headers.get('etag'));
  await whole.arrayBuffer();
});
