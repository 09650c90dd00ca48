/** deploy/nginx.conf in Debian's nginx, with a certificate of its own making, in front of the bot as production starts it. */
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { type RequestOptions, request } from 'node:https';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { type BotProcess, startBot } from '../helpers/bot-process.ts';
import { findProgram, lacksNginx } from '../helpers/nginx.ts';

const missing = lacksNginx();
const [nginx, openssl] = [findProgram('nginx'), findProgram('openssl')];

const operatorToken = 'q8Wn2LxT5vR9kZ3mB7cJ';
const appPassword = 'kX28Q~b7Vt.mW3pZr9Ls_Hd5Jc1Ny6Fg0TeUq4Ao';
const operatorRoutes = [
  ...['/metrics', '/unknown', '/insight'].map((path) => ({ method: 'GET', path })),
  ...['/backup', '/data/find', '/data/show', '/data/erase'].map((path) => ({ method: 'POST', path })),
];
let folder: string;
let bot: BotProcess;
let proxy: ChildProcess;
let port: number;
let origin: string;

/** A port that nobody else gets until it is let go. */
const holdPort = () =>
  new Promise<{ port: number; letGo(): Promise<void> }>((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address() as { port: number };
      resolve({ port, letGo: () => new Promise((done) => server.close(() => done())) });
    });
  });

beforeAll(async () => {
  if (missing) return;
  folder = await mkdtemp(join(tmpdir(), 'cps-nginx-'));
  const held = [await holdPort(), await holdPort()] as const;
  const [, { port: plain }] = held;
  ({ port } = held[0]);
  origin = `https://localhost:${port}`;
  bot = await startBot({
    ...{ NODE_ENV: 'production', DATA_DIR: join(folder, 'data'), PUBLIC_URL: origin, TRUST_PROXY: '1' },
    ...{ TOKEN_SECRET: 'kP3xQ9mT7wZ1vB5nC8dF2gH6jL4rS0yA', OPERATOR_TOKEN: operatorToken, RATE_CONVERSATIONS: '3' },
    ...{ MicrosoftAppId: '11111111-2222-3333-4444-555555555555', MicrosoftAppPassword: appPassword },
    ...{ SUPPORT_EMAIL: 'support@example.com', MAIL_FROM: 'bot@example.com', SMTP_URL: 'smtp://127.0.0.1:9' },
  });
  const files = { certificate: join(folder, 'cert.pem'), key: join(folder, 'key.pem') };
  const words = 'req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2 -subj /CN=localhost';
  execFileSync(openssl!, [...words.split(' '), '-keyout', files.key, '-out', files.certificate], { stdio: 'ignore' });

  const given = await readFile(join(import.meta.dirname, '../../deploy/nginx.conf'), 'utf8');
  const site = given
    .replaceAll('support.example.com;', 'localhost;')
    .replace('/etc/ssl/certs/support.example.com.pem', files.certificate)
    .replace('/etc/ssl/private/support.example.com.key', files.key)
    .replace('127.0.0.1:3978', new URL(bot.url).host)
    .replace('/var/log/nginx/', `${folder}/`)
    .replace(/listen \[::\].*;/g, '')
    .replace('listen 443 ', `listen 127.0.0.1:${port} `)
    .replace('listen 80;', `listen 127.0.0.1:${plain};`);
  const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map(
    (name) => `${name}_temp_path ${folder}/${name};`,
  );
  await writeFile(
    join(folder, 'nginx.conf'),
    `${process.getuid?.() === 0 ? 'user root; ' : ''}daemon off; pid ${folder}/pid; error_log ${folder}/error.log; events {} http { ${temporary.join(' ')}\n${site}}`,
  );
  for (const { letGo } of held) await letGo();
  proxy = spawn(nginx!, ['-p', folder, '-e', join(folder, 'error.log'), '-c', join(folder, 'nginx.conf')]);
  const isUp = () =>
    ask('/healthz').then(
      ({ status }) => status === 200,
      () => false,
    );
  for (const end = Date.now() + 30_000; !(await isUp()); await pause(50)) {
    if (Date.now() > end) throw new Error(`nginx did not start: ${await readFile(join(folder, 'error.log'), 'utf8')}`);
  }
});

afterAll(async () => {
  if (missing) return;
  if (proxy.kill()) await once(proxy, 'exit');
  await bot.stop();
  await rm(folder, { recursive: true, force: true });
});

interface Answer {
  status: number;
  headers: Record<string, string | string[] | undefined>;
  text: string;
}
function ask(path: string, options: RequestOptions & { body?: string } = {}): Promise<Answer> {
  const { body, ...rest } = options;
  return new Promise((resolve, reject) => {
    const sent = request(`${origin}${path}`, { ...rest, rejectUnauthorized: false, agent: false }, (response) => {
      let text = '';
      response.on('data', (chunk: Buffer) => {
        text += chunk;
      });
      response.on('end', () => resolve({ status: response.statusCode ?? 0, headers: response.headers, text }));
    });
    sent.on('error', reject);
    sent.end(body);
  });
}
const post = (path: string, body: object, headers: Record<string, string> = {}) =>
  ask(`/v3/directline${path}`, {
    method: 'POST',
    body: JSON.stringify(body),
    headers: { 'content-type': 'application/json', origin, ...headers },
  });

describe.skipIf(missing)('the bot behind nginx', () => {
  test('pages come over TLS with their own headers', async () => {
    const page = await ask('/?lang=lv');
    expect(page.status).toBe(200);
    expect(page.text).toContain('<html lang="lv">');
    expect(page.headers['content-security-policy']).toContain('default-src');
    expect(page.headers['strict-transport-security']).toBe('max-age=31536000');
    expect(page.headers.server).toBe('nginx');
  });

  test('a chat goes over a WebSocket that stays open', async () => {
    const token = JSON.parse((await post('/tokens/generate', {})).text).token as string;
    const authorization = `Bearer ${token}`;
    const opened = JSON.parse((await post('/conversations', {}, { authorization })).text) as Record<string, string>;
    expect(opened.streamUrl).toMatch(new RegExp(`^wss://localhost:${port}/v3/directline/`));
    const socket = new WebSocket(opened.streamUrl!, { origin, rejectUnauthorized: false });
    const texts: string[] = [];
    socket.on('message', (data) => texts.push(String(data)));
    await new Promise((resolve, reject) => socket.once('open', resolve).once('error', reject));
    const said = await post(
      `/conversations/${opened.conversationId}/activities`,
      { type: 'message', text: 'Labdien', locale: 'lv' },
      { authorization },
    );
    expect(said.status).toBe(200);
    await expect.poll(() => texts.join('')).toContain('Labdien');
    socket.close();
    const log = () => readFile(join(folder, 'cps-support-bot.log'), 'utf8');
    await expect.poll(log).toContain('/stream" 101');
    expect(await log()).not.toContain('t=');
  });

  test('limits count the customer’s address, which nobody can choose', async () => {
    const statuses: number[] = [];
    for (let i = 0; i < 5; i++) {
      const forged = { 'x-forwarded-for': `203.0.113.${i}`, forwarded: `for=203.0.113.${i}` };
      const { token } = JSON.parse((await post('/tokens/generate', {}, forged)).text) as { token: string };
      statuses.push((await post('/conversations', {}, { ...forged, authorization: `Bearer ${token}` })).status);
    }
    expect(statuses.at(-1)).toBe(429);
  });

  test('what is for operators is not there, even with the token; nobody is taken for local', async () => {
    const headers = { authorization: `Bearer ${operatorToken}` };
    const spellings = (path: string) => [
      ...[path, `${path}/`, `${path}//`, `/${path}`, `${path}?x=/`, `${path}/?x`, `${path}/.`, `/x/..${path}/`],
      ...[path.replace(/[a-z]/g, (letter) => `%${letter.charCodeAt(0).toString(16)}`), `/%2f${path}`, `${path}%2f`],
      ...[`${path.replace('t', '%74')}/`, path.toUpperCase(), `${path.toUpperCase()}/`, `${path};x`, `${path}%3bx`],
      `${path};/../x`,
    ];
    const asked = operatorRoutes.flatMap(({ method, path }) => spellings(path).map((one) => ({ method, path: one })));
    for (const { method, path } of asked)
      expect((await ask(path, { method, headers })).status, `${method} ${path}`).toBe(404);
    const stranger = JSON.parse((await ask('/readyz', { headers: { host: 'localhost' } })).text);
    expect(stranger).not.toHaveProperty('reasons');
    expect(JSON.parse((await ask('/readyz', { headers })).text)).toHaveProperty('reasons');
  });

  test('a file of the size that the bot refuses politely gets through, a larger one does not', async () => {
    const send = (bytes: number) =>
      ask('/v3/directline/tokens/generate', { method: 'POST', body: 'x'.repeat(bytes), headers: { origin } });
    expect((await send(4 * 2 ** 20)).headers['content-type']).toContain('application/json');
    expect((await send(6 * 2 ** 20)).status).toBe(413);
  });
});
