/** What the mail server is told, and what it may do to us. */
import { mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { createServer as createHttpServer } from 'node:http';
import { createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SMTPServer, type SMTPServerOptions } from 'smtp-server';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { mailRow } from '../../src/bot/outbox-rows.ts';
import { mailSender } from '../../src/support/send-mail.ts';
import { type Mailbox, openMailbox } from '../helpers/smtp.ts';

const mail = {
  to: 'support@example.com',
  subject: 'Request',
  text: 'words',
  html: '<p>words</p>',
  messageId: '<request.K7F3-2Q@cps-support-bot>',
};
const from = 'bot@example.com';

describe('a mail goes to one address', () => {
  let box: Mailbox;
  beforeEach(async () => {
    box = await openMailbox();
  });
  afterEach(() => box.stop());
  const send = (change: object) =>
    mailSender({ smtpUrl: box.url, from, folder: '' }).send(mailRow({ ...mail, ...change }, 0));
  const evil = 'evil@example.net';

  test.each([
    `a@example.com, ${evil}`,
    `a@example.com; ${evil}`,
    `a@example.com ${evil}`,
    `a@example.com\r\nBcc: ${evil}`,
    `a@example.com>\r\nRCPT TO:<${evil}`,
    `a@example.com\nRCPT TO:<${evil}>`,
    `"x" <a@example.com>, <${evil}>`,
    `<a@example.com>,${evil}`,
  ])('never to a second one that was written into it: %j', async (address) => {
    for (const change of [{ to: address }, { replyTo: address }]) await send(change);
    for (const [at, { to, cc, bcc, replyTo, headers }] of box.mails.entries()) {
      expect(box.recipients[at]).toHaveLength(1);
      expect([to?.length, cc, bcc]).toEqual([1, undefined, undefined]);
      expect(replyTo?.length ?? 0).toBeLessThanOrEqual(1);
      expect(headers.filter(({ key }) => key === 'bcc')).toEqual([]);
    }
    expect(box.recipients.filter((to) => to.includes('a@example.com') && to.includes(evil))).toEqual([]);
  });

  test('and a break in the subject makes no line of the head', async () => {
    await send({ subject: `Hello\r\nBcc: ${evil}\r\n\r\nbody` });
    expect(box.recipients).toEqual([['support@example.com']]);
    expect(box.mails[0]?.bcc).toBeUndefined();
    expect(box.mails[0]?.text?.trim()).toBe('words');
  });
});

/** A real one with accounts; what it was told stands in `told`. */
async function openServer({ password = 'hunter2', ...options }: SMTPServerOptions & { password?: string } = {}) {
  const told: { logins: string[]; mails: { secure: boolean }[] } = { logins: [], mails: [] };
  const account = { password };
  const server = new SMTPServer({
    allowInsecureAuth: true,
    onAuth(auth, _, done) {
      told.logins.push(String(auth.password));
      done(auth.password === account.password ? null : new Error('Invalid login'), { user: auth.username });
    },
    onData(stream, { secure }, done) {
      stream.resume().on('end', () => {
        told.mails.push({ secure });
        done();
      });
    },
    ...options,
  });
  server.on('error', () => undefined);
  await new Promise<void>((resolve) => server.listen(0, '0.0.0.0', () => resolve()));
  const { port } = server.server.address() as { port: number };
  return { told, account, port, close: () => new Promise<void>((resolve) => server.close(() => resolve())) };
}

describe('password and mails', () => {
  // An address that is none of loopback by its looks, and leads to this machine.
  const elsewhere = '0.0.0.0';
  const settings = { from, folder: '', patience: 2000 };
  const plain: SMTPServerOptions = { disabledCommands: ['STARTTLS'] };

  test('are not sent in clear to another machine: the mail waits, and an operator is told what to do', async () => {
    const server = await openServer(plain);
    const sender = mailSender({ smtpUrl: `smtp://cps:hunter2@${elsewhere}:${server.port}`, ...settings });
    expect(sender.reasons()).toEqual([]);
    const sentence = `SMTP_URL: ${elsewhere}:${server.port} does not offer STARTTLS, so no mail is sent: use smtps://`;
    expect(await sender.send(mailRow(mail, 0))).toEqual({ result: 'retry', reason: expect.stringContaining(sentence) });
    expect(sender.reasons()).toEqual([expect.stringContaining(sentence)]);
    expect(sender.reasons().join()).not.toContain('hunter2');
    expect(server.told).toEqual({ logins: [], mails: [] });
    await server.close();
  });

  test('go there by TLS, which the server offers', async () => {
    const server = await openServer();
    const url = `smtp://cps:hunter2@${elsewhere}:${server.port}`;
    const sender = mailSender({ smtpUrl: `${url}?tls.rejectUnauthorized=false`, ...settings });
    expect(await sender.send(mailRow(mail, 0))).toEqual({ result: 'done' });
    expect(server.told).toEqual({ logins: ['hunter2'], mails: [{ secure: true }] });
    const strict = mailSender({ smtpUrl: url, ...settings });
    expect(await strict.send(mailRow(mail, 0)), 'whose certificate nobody has signed').toMatchObject({
      result: 'retry',
    });
    expect(server.told.mails).toHaveLength(1);
    await server.close();
  });

  test.each([
    ['to this machine', (port: number) => `smtp://cps:hunter2@127.0.0.1:${port}`],
    ['to this machine by name', (port: number) => `SMTP://cps:hunter2@localhost:${port}`],
    ['where the operator says so', (port: number) => `smtp://cps:hunter2@${elsewhere}:${port}?requireTLS=false`],
  ])('go in clear %s', async (_, url) => {
    const server = await openServer(plain);
    const sender = mailSender({ smtpUrl: url(server.port), ...settings });
    expect(await sender.send(mailRow(mail, 0))).toEqual({ result: 'done' });
    expect(server.told).toEqual({ logins: ['hunter2'], mails: [{ secure: false }] });
    await server.close();
  });
});

describe('what is wrong with the settings, and not with the mail, lets it wait', () => {
  const refusing = (responseCode: number) => Object.assign(new Error('refused'), { responseCode });
  test('a password that is refused, until it holds', async () => {
    const server = await openServer({ password: 'the new one', disabledCommands: ['STARTTLS'] });
    const sender = mailSender({ smtpUrl: `smtp://cps:hunter2@127.0.0.1:${server.port}`, from, folder: '' });
    expect(await sender.send(mailRow(mail, 0))).toEqual({ result: 'retry', reason: 'EAUTH 535' });
    server.account.password = 'hunter2';
    expect(await sender.send(mailRow(mail, 0))).toEqual({ result: 'done' });
    await server.close();
  });

  test.each<[string, SMTPServerOptions, string]>([
    ['a server that takes no connections from here', { onConnect: (_, done) => done(refusing(554)) }, 'EPROTOCOL 554'],
    ['a sender who may not send', { onMailFrom: (_, __, done) => done(refusing(550)) }, 'EENVELOPE 550'],
  ])('%s', async (_, options, reason) => {
    const server = await openServer({ authOptional: true, disabledCommands: ['STARTTLS'], ...options });
    const sender = mailSender({ smtpUrl: `smtp://127.0.0.1:${server.port}`, from, folder: '' });
    expect(await sender.send(mailRow(mail, 0))).toEqual({ result: 'retry', reason });
    await server.close();
  });

  test('but a recipient whom the server does not know is refused for good', async () => {
    const onRcptTo: SMTPServerOptions['onRcptTo'] = (_, __, done) => done(refusing(550));
    const server = await openServer({ authOptional: true, disabledCommands: ['STARTTLS'], onRcptTo });
    const sender = mailSender({ smtpUrl: `smtp://127.0.0.1:${server.port}`, from, folder: '' });
    expect(await sender.send(mailRow(mail, 0))).toEqual({ result: 'park', reason: 'EENVELOPE 550' });
    await server.close();
  });
});

const noModes = process.platform === 'win32' ? ' (skipped: Windows has no such modes)' : '';
test.skipIf(noModes)(`a mail that is written to a file is for its owner only${noModes}`, async () => {
  const folder = await mkdtemp(join(tmpdir(), 'cps-mail-'));
  const before = process.umask(0o022);
  await mailSender({ from, folder: join(folder, 'data', 'mail') }).send(mailRow(mail, 0));
  process.umask(before);
  const names = await readdir(folder, { recursive: true });
  expect(names).toHaveLength(3);
  for (const name of names) expect((await stat(join(folder, name))).mode & 0o077, name).toBe(0);
  await rm(folder, { recursive: true });
});

/** nodemailer counts the greeting into the time for connecting, so the first two end by the one limit, and the last by another. */
const hanging: Record<string, (socket: Socket) => unknown> = {
  'takes the connection and never begins TLS': () => undefined,
  'never ends its greeting': (socket) => {
    const more = setInterval(() => socket.write('220-one moment\r\n'), 20);
    socket.on('error', () => undefined).on('close', () => clearInterval(more));
  },
  'greets and then says nothing': (socket) => socket.write('220 mail.example ESMTP\r\n'),
};

test.each(['text', 'html'])('nothing is read from a file or an address for the %s', async (part) => {
  const box = await openMailbox();
  const folder = await mkdtemp(join(tmpdir(), 'cps-mail-'));
  const secret = join(folder, 'secret.txt');
  await writeFile(secret, 'a secret of this machine');
  let asked = 0;
  const site = createHttpServer((_, response) => {
    asked += 1;
    response.end('a secret of this network');
  });
  await new Promise<void>((resolve) => site.listen(0, '127.0.0.1', resolve));
  const href = `http://127.0.0.1:${(site.address() as { port: number }).port}/`;
  const sender = mailSender({ smtpUrl: box.url, from, folder });
  for (const source of [{ path: secret }, { path: href }, { href }])
    await sender.send(mailRow({ ...mail, [part]: source } as never, 0));
  expect(JSON.stringify(box.mails.map(({ text, html }) => [text, html]))).not.toContain('a secret');
  expect(asked).toBe(0);
  await new Promise((resolve) => site.close(resolve));
  await rm(folder, { recursive: true });
  await box.stop();
});

describe('a mail server that hangs', () => {
  test.each(Object.keys(hanging))('and %s is given up in time: the mail waits', async (how) => {
    const held = new Set<Socket>();
    const server = createServer((socket) => {
      held.add(socket);
      hanging[how]?.(socket);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as { port: number };
    const smtpUrl = `${how.includes('TLS') ? 'smtps' : 'smtp'}://127.0.0.1:${port}`;
    const sender = mailSender({ smtpUrl, from, folder: '', patience: 100 });
    const began = performance.now();
    expect(await sender.send(mailRow(mail, 0))).toMatchObject({ result: 'retry', reason: 'ETIMEDOUT' });
    expect(performance.now() - began).toBeLessThan(15_000);
    for (const socket of held) socket.destroy();
    await new Promise((resolve) => server.close(resolve));
  });
});
