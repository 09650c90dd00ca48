import { once } from 'node:events';
import { connect } from 'node:net';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { sendJson } from '../src/http/refusal.ts';
import type { RouteModule } from '../src/http/route.ts';
import { StoreUnavailable } from '../src/store/port.ts';
import { oneRoute, type Serving, serve } from './helpers/serve.ts';
import { testConfig } from './helpers/test-config.ts';

const limit = 2000;
const open: Serving[] = [];
const start: typeof serve = async (...given) => {
  const serving = await serve(...given);
  open.push(serving);
  return serving;
};
afterEach(async () => {
  await Promise.all(open.splice(0).map((serving) => serving.close()));
});

/** Answers the JSON that it got. */
const mirror = oneRoute(async (_, response, call) =>
  sendJson(response, 200, { got: (await call.json(limit)) ?? null }),
);

async function post(
  url: string,
  body: RequestInit['body'] & {},
  headers: Record<string, string> = { 'content-type': 'application/json' },
) {
  const response = await fetch(`${url}/thing`, { method: 'POST', body, headers });
  const json: unknown = await response.json();
  return { status: response.status, json, headers: response.headers };
}

const refusal = (code: unknown) => ({ error: { code, message: expect.any(String) } });

describe('bodies', () => {
  let it0: Serving;
  beforeEach(async () => {
    it0 = await start([mirror]);
  });

  it('JSON of any kind arrives', async () => {
    await fc.assert(
      fc.asyncProperty(fc.json({ maxDepth: 3 }), async (text) => {
        fc.pre(text.length < limit && !text.includes('__proto__'));
        expect((await post(it0.url, text)).json).toEqual({ got: JSON.parse(text) });
      }),
      { numRuns: 40 },
    );
  });

  it('no bytes end the process', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.uint8Array({ maxLength: 300 }),
        fc.constantFrom('gzip', 'br', 'deflate', 'identity', 'x'),
        async (bytes, encoding) => {
          const { status } = await post(it0.url, bytes as Uint8Array<ArrayBuffer>, {
            'content-type': 'application/json',
            'content-encoding': encoding,
          });
          expect([200, 400, 415]).toContain(status);
        },
      ),
      { numRuns: 60 },
    );
    expect((await fetch(`${it0.url}/healthz`)).status).toBe(200);
    expect(it0.log).toEqual([]);
  });

  it('labelled as packed is refused, whether it is or not', async () => {
    for (const body of ['{"not":"gzip"}', gzipSync('{}'), gzipSync(Buffer.alloc(50_000_000))]) {
      const answer = await post(it0.url, new Uint8Array(Buffer.from(body)), {
        'content-type': 'application/json',
        'content-encoding': 'gzip',
      });
      expect(answer).toMatchObject({ status: 415, json: refusal('EncodingNotSupported') });
    }
    expect((await fetch(`${it0.url}/healthz`)).status).toBe(200);
  });

  it('of another kind, broken, nested too deep or with __proto__ is refused', async () => {
    expect(await post(it0.url, '{}', { 'content-type': 'text/plain' })).toMatchObject({
      status: 415,
      json: refusal('JsonExpected'),
    });
    expect(await post(it0.url, '{"a":')).toMatchObject({ status: 400, json: refusal('BadJson') });
    expect(await post(it0.url, '['.repeat(900) + ']'.repeat(900))).toMatchObject({
      status: 400,
      json: refusal('BadJson'),
    });
    expect(await post(it0.url, '{"a":[{"__proto__":{"x":1}}]}')).toMatchObject({
      status: 400,
      json: refusal('BadJson'),
    });
    expect((await post(it0.url, '[['.repeat(20) + ']]'.repeat(20))).status).toBe(200);
  });

  it('that are too large are refused, declared or not, and memory stays flat', async () => {
    expect(await post(it0.url, `"${'x'.repeat(limit - 2)}"`)).toMatchObject({ status: 200 });
    expect(await post(it0.url, `"${'x'.repeat(limit)}"`)).toMatchObject({ status: 413, json: refusal('BodyTooLarge') });
    const before = process.memoryUsage().arrayBuffers;
    const head = 'POST /thing HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\n';
    expect(await it0.raw(`${head}content-length: 99999999999\r\n\r\n{`)).toMatch(/^HTTP\/1.1 413/);
    const chunk = `10000\r\n${'x'.repeat(0x10000)}\r\n`;
    expect(await it0.raw(`${head}transfer-encoding: chunked\r\n\r\n${chunk.repeat(100)}`)).toMatch(
      /^(HTTP\/1.1 413|$)/,
    );
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(30_000_000);
    expect((await fetch(`${it0.url}/healthz`)).status).toBe(200);
  });

  it('of somebody who has left before they are read are an error like any other, and leave nothing waiting', async () => {
    const ended: unknown[] = [];
    const late = oneRoute(async (_, response, call) => {
      await new Promise((resolve) => setTimeout(resolve, 50));
      ended.push(await call.json(limit).catch((error: { code?: string }) => error.code));
      sendJson(response, 200, {});
    });
    const serving = await start([late]);
    const head = 'POST /thing HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\n';
    await serving.raw(`${head}content-length: 100\r\n\r\n{`, 10);
    await vi.waitFor(() => expect(ended).toEqual(['BodyIncomplete']));
    expect(serving.log).toEqual([]);
  });

  it('that end too early disturb nobody', async () => {
    await it0.raw(
      'POST /thing HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: 100\r\n\r\n{',
      30,
    );
    expect((await post(it0.url, '1')).status).toBe(200);
    expect(it0.log).toEqual([]);
  });
});

describe('requests', () => {
  it('that no route knows get 404, or 405 with what would do', async () => {
    const { url } = await start([mirror]);
    const get = await fetch(`${url}/thing?x=1`);
    expect([get.status, get.headers.get('allow'), await get.json()]).toEqual([
      405,
      'POST',
      refusal('MethodNotAllowed'),
    ]);
    const nothing = await fetch(`${url}/nothing/here`);
    expect([nothing.status, await nothing.json()]).toEqual([404, refusal('NotFound')]);
    expect((await fetch(`${url}/thing`, { method: 'PROPFIND' })).status).toBe(405);
    expect((await fetch(`${url}/healthz`, { method: 'HEAD' })).status).toBe(200);
    const ids = await start([oneRoute(async (_, response) => sendJson(response, 200, {}), 'GET', '/things/:id')]);
    for (const [length, status] of [
      [500, 200],
      [501, 404],
    ] as const)
      expect((await fetch(`${ids.url}/things/${'x'.repeat(length)}`)).status).toBe(status);
  });

  const sound = 'GET /thing HTTP/1.1\r\nhost: x\r\n';
  it.each([
    [200, sound],
    [404, 'GET /nothing HTTP/1.1\r\nhost: x\r\n'],
    [405, 'DELETE /thing HTTP/1.1\r\nhost: x\r\n'],
    [405, 'TRACE /thing HTTP/1.1\r\nhost: x\r\n'],
    [405, 'PROPFIND /thing HTTP/1.1\r\nhost: x\r\n'],
    [405, 'QUERY /thing HTTP/1.1\r\nhost: x\r\n'],
    [400, 'GET /%zz HTTP/1.1\r\nhost: x\r\n'],
    [400, 'GET /% HTTP/1.1\r\nhost: x\r\n'],
    [400, 'GET /thing/%E0%A4%A HTTP/1.1\r\nhost: x\r\n'],
    [400, 'GET /;x%zz HTTP/1.1\r\nhost: x\r\n'],
    [400, 'GET /thing HTTP/1.1\r\nhost: [\r\n'],
    [400, 'OPTIONS * HTTP/1.1\r\nhost: x\r\n'],
    [417, `${sound}expect: more\r\n`],
    [200, 'GET /thing?x=%zz HTTP/1.1\r\nhost: x\r\n'],
    [404, 'GET /%C3%A4 HTTP/1.1\r\nhost: x\r\n'],
  ])('are answered %i with our headers, in our form, and are counted: %j', async (status, head) => {
    const route = oneRoute(async (_, response) => sendJson(response, 200, {}), 'GET');
    const config = { ...testConfig({ RATE_REQUESTS: '1' }), production: true };
    const serving = await start([route], { config, now: () => 0 });
    for (const expected of [status, 429]) {
      const [said = '', body = ''] = (await serving.raw(`${head}connection: close\r\n\r\n`)).split('\r\n\r\n');
      expect(said).toContain(`HTTP/1.1 ${expected} `);
      expect(said).toMatch(/^x-content-type-options: nosniff$/im);
      expect(said).toMatch(/^strict-transport-security: max-age=31536000$/im);
      expect(said).toMatch(/^content-security-policy: default-src 'none'/im);
      if (expected !== 200) expect(JSON.parse(body)).toEqual(refusal(expect.any(String)));
    }
  });

  it.each([
    'GET / HTTP/1.1\r\nhost: [\r\n\r\n',
    'GET / HTTP/1.1\r\nhost: a b\r\n\r\n',
    'GET //[ HTTP/1.1\r\nhost: x\r\n\r\n',
    'GET http://[ HTTP/1.1\r\nhost: x\r\n\r\n',
    'GET /%zz HTTP/1.1\r\nhost: x\r\n\r\n',
    'GET /%E0%A4%A HTTP/1.1\r\nhost: x\r\n\r\n',
    'OPTIONS * HTTP/1.1\r\nhost: x\r\n\r\n',
    'CONNECT x:1 HTTP/1.1\r\nhost: x\r\n\r\n',
    'TRACE / HTTP/1.1\r\nhost: x\r\n\r\n',
    'GET / HTTP/1.1\r\n\r\n',
    'nonsense\r\n\r\n',
    'POST /thing HTTP/1.1\r\nhost: x\r\nexpect: more\r\ncontent-length: 2\r\n\r\n{}',
    `GET /${'a'.repeat(20_000)} HTTP/1.1\r\nhost: x\r\n\r\n`,
    'GET /thing HTTP/1.1\r\nhost: x\r\nupgrade: websocket\r\nconnection: upgrade\r\n\r\n',
    'POST /thing HTTP/1.1\r\nhost: x\r\ncontent-length: 1\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n',
  ])('the process survives %j', async (bytes) => {
    const serving = await start([mirror]);
    expect(await serving.raw(bytes)).toMatch(/^(HTTP\/1.1 4\d\d|$)/);
    expect((await fetch(`${serving.url}/healthz`)).status).toBe(200);
  });

  it('whose handler fails get no inside knowledge, and the log no message', async () => {
    const secret = 'hunter2 at /var/lib';
    const failing = (method: 'GET' | 'POST', error: unknown): RouteModule =>
      oneRoute(() => {
        throw error;
      }, method);
    const { url, log } = await start([
      failing('GET', new Error(secret)),
      failing('POST', new StoreUnavailable('disk full')),
    ]);
    const broken = await fetch(`${url}/thing`);
    expect([broken.status, await broken.json()]).toEqual([500, refusal('InternalError')]);
    const busy = await post(url, '');
    expect(busy).toMatchObject({ status: 503, json: refusal('StoreUnavailable') });
    expect(busy.headers.get('retry-after')).toBe('5');
    expect(log.map(({ event }) => event)).toEqual(['request failed', 'request failed']);
    expect(JSON.stringify(log)).not.toContain('hunter2');
    expect(log[1]?.facts).toMatchObject({ error: 'StoreUnavailable', reason: 'disk full' });
  });

  it('may be answered as node promises, with writeHead and end in one', async () => {
    const short = oneRoute(async (_, response) => void response.writeHead(304, { etag: '"1"' }).end(), 'GET');
    expect((await fetch(`${(await start([short])).url}/thing`)).status).toBe(304);
  });

  it('get headers that keep browsers from guessing', async () => {
    const { headers } = await post((await start([mirror])).url, '1');
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('cache-control')).toBe('no-store');
    expect(headers.get('content-security-policy')).toContain("frame-ancestors 'none'");
    expect(headers.get('server')).toBeNull();
  });

  it('beyond the limit of an address get 429, and probes go on', async () => {
    let time = 0;
    const { url } = await start([mirror], { config: testConfig({ RATE_REQUESTS: '3' }), now: () => time });
    const statuses = async (count: number) =>
      Promise.all(Array.from({ length: count }, async () => (await post(url, '1')).status));
    expect(await statuses(5)).toEqual(expect.arrayContaining([200, 200, 200, 429, 429]));
    const refused = await post(url, '1');
    expect(refused).toMatchObject({ status: 429, json: refusal('TooManyRequests') });
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
    expect((await fetch(`${url}/healthz`)).status).toBe(200);
    time = 1000 * Number(refused.headers.get('retry-after'));
    expect((await post(url, '1')).status).toBe(200);
  });

  it('for sockets are counted among them: beyond the limit no handshake is begun', async () => {
    let time = 0;
    let taken = 0;
    const sockets: RouteModule = {
      routes: [],
      upgrade(_, socket) {
        taken += 1;
        socket.end('HTTP/1.1 101 Switching Protocols\r\n\r\n');
        return true;
      },
    };
    const serving = await start([mirror, sockets], { config: testConfig({ RATE_REQUESTS: '3' }), now: () => time });
    const handshake = 'GET /s HTTP/1.1\r\nhost: localhost\r\nconnection: upgrade\r\nupgrade: websocket\r\n\r\n';
    const status = async () => Number((await serving.raw(handshake)).split(' ')[1]);
    expect([await status(), (await post(serving.url, '1')).status, await status()]).toEqual([101, 200, 101]);
    expect([await status(), (await post(serving.url, '1')).status, taken]).toEqual([429, 429, 2]);
    expect(await serving.raw(handshake)).toMatch(/^retry-after: [1-9]/im);
    time = 120_000;
    expect([await status(), taken]).toEqual([101, 3]);
  });

  it('from behind a trusted proxy are counted by what that proxy saw', async () => {
    const { url } = await start([mirror], { config: testConfig({ RATE_REQUESTS: '1', TRUST_PROXY: '1' }) });
    const from = (forwarded: string) =>
      post(url, '1', { 'content-type': 'application/json', 'x-forwarded-for': forwarded });
    expect((await from('203.0.113.1')).status).toBe(200);
    expect((await from('203.0.113.2')).status).toBe(200);
    expect((await from('198.51.100.9, 203.0.113.1')).status).toBe(429);
    expect((await from('2001:db8::1')).status).toBe(200);
    expect((await from('2001:db8::2')).status).toBe(429);
  });
});

describe('health', () => {
  it('healthz lives, readyz says whether it can serve', async () => {
    let reasons: string[] = [];
    const { url } = await start([], { reasons: () => reasons });
    expect((await fetch(`${url}/readyz`)).status).toBe(200);
    reasons = ['the store is full'];
    const unready = await fetch(`${url}/readyz`);
    expect([unready.status, await unready.json()]).toEqual([503, { status: 'not ready', reasons, warnings: [] }]);
    expect((await fetch(`${url}/healthz`)).status).toBe(200);
  });

  it('the reasons are for operators', async () => {
    const token = 'Zx81-kQpW-77ab-LmN0-ytR4';
    const { url } = await start([], {
      config: testConfig({ OPERATOR_TOKEN: token }),
      reasons: () => ['secret reason'],
    });
    const ask = async (headers: Record<string, string>) => (await fetch(`${url}/readyz`, { headers })).text();
    expect(await ask({})).toContain('secret reason');
    expect(await ask({ 'x-forwarded-for': '203.0.113.1' })).not.toContain('reason');
    expect(await ask({ 'x-forwarded-for': '203.0.113.1', authorization: 'Bearer nonsense' })).not.toContain('reason');
    expect(await ask({ 'x-forwarded-for': '203.0.113.1', authorization: `Bearer ${token}` })).toContain(
      'secret reason',
    );
  });

  it('a website that points its name at this machine is no operator', async () => {
    const serving = await start([], { reasons: () => ['secret reason'] });
    expect(
      await serving.raw('GET /readyz HTTP/1.1\r\nhost: rebound.example\r\nconnection: close\r\n\r\n'),
    ).not.toContain('reason');
    expect(await serving.raw('GET /readyz HTTP/1.1\r\nhost: localhost:1\r\nconnection: close\r\n\r\n')).toContain(
      'secret reason',
    );
  });
});

describe('close', () => {
  it('lets a request under way finish and takes no new one', async () => {
    let release = () => {};
    let closed = false;
    const slow = oneRoute(async (_, response) => {
      await new Promise<void>((resolve) => {
        release = resolve;
      });
      sendJson(response, 200, {});
    });
    const serving = await start([
      {
        ...slow,
        close: () => {
          closed = true;
        },
      },
    ]);
    const under = post(serving.url, '');
    while (release.toString() === '() => {}') await new Promise((resolve) => setTimeout(resolve, 5));
    const ending = serving.server.close(2000);
    await expect(fetch(`${serving.url}/healthz`)).rejects.toThrow();
    release();
    expect((await under).status).toBe(200);
    await ending;
    expect(closed).toBe(true);
  });

  it('does not wait for ever for a connection that says nothing', async () => {
    const serving = await start([mirror]);
    const socket = connect(serving.port, '127.0.0.1');
    await once(socket, 'connect');
    socket.write('POST /thing HTTP/1.1\r\nhost: x\r\ncontent-length: 10\r\n\r\n');
    await new Promise((resolve) => setTimeout(resolve, 20));
    await serving.server.close(50);
    socket.destroy();
  });

  it('a taken port is an error', async () => {
    const { port } = await start([]);
    await expect(serve([], { config: testConfig({ PORT: String(port) }) })).rejects.toThrow(/EADDRINUSE/);
  });
});
