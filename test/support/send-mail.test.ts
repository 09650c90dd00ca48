/** What the mail server is told, and what it may do to us. */
import { createServer, type Socket } from 'node:net';
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

describe('a mail server that hangs', () => {
  test.each(['never greets', 'greets and then says nothing'])(
    'and %s is given up in time: the mail waits',
    async (how) => {
      const held = new Set<Socket>();
      const server = createServer((socket) => {
        held.add(socket);
        if (how !== 'never greets') socket.write('220 mail.example ESMTP\r\n');
      });
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
      const { port } = server.address() as { port: number };
      const sender = mailSender({ smtpUrl: `smtp://127.0.0.1:${port}`, from, folder: '', patience: 100 });
      const began = performance.now();
      expect(await sender.send(mailRow(mail, 0))).toMatchObject({ result: 'retry', reason: 'ETIMEDOUT' });
      expect(performance.now() - began).toBeLessThan(3000);
      for (const socket of held) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  );
});
