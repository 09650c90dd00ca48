/** The mails about a request, as they arrive: sent to a real server, and read by a mail parser. */
import type { Email } from 'postal-mime';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Request } from '../../src/conversation/state.ts';
import type { Json, Line } from '../../src/store/port.ts';
import { answerMail, transcriptMail, unclaimedMail } from '../../src/support/desk-mail.ts';
import { type Mail, requestMail } from '../../src/support/mail.ts';
import { mailSender } from '../../src/support/send-mail.ts';
import { openTicket } from '../../src/support/ticket.ts';
import { htmlProblems } from '../channels/web/check-html.ts';
import { type Mailbox, openMailbox } from '../helpers/smtp.ts';
import { friday, texts } from '../helpers/world.ts';

let box: Mailbox;
beforeAll(async () => {
  box = await openMailbox();
});
beforeEach(() => {
  box.mails.length = 0;
});
afterAll(() => box.stop());

async function arrived(mail: Mail): Promise<Email> {
  const sender = mailSender({ smtpUrl: box.url, from: 'CPS <bot@example.com>', folder: '' });
  const row = { id: 'r', target: 't', kind: 'mail', payload: mail as unknown as Json };
  const sent = await sender.send({ ...row, dueAt: 0, attempts: 1, state: 'waiting' });
  expect(sent).toEqual({ result: 'done' });
  return box.mails.at(-1)!;
}

const request: Request = {
  ...{ id: 'K7F3-2Q', openedAt: friday, language: 'lv', country: 'LV', topic: 'noPasswordMail', stage: 'waiting' },
  fields: [
    { field: 'sentOn', given: { value: '2026-11-17' } },
    { field: 'company', given: { value: 'Foto <b>SIA</b> & Co' } },
    { field: 'email', given: { value: 'klients@example.com' } },
    { field: 'reply', given: { leftOut: true } },
  ],
  ledger: [
    { flow: 'register', node: 'lookedEverywhere', at: friday, given: { option: 'nothing' } },
    { flow: 'register', node: 'wait', at: friday },
  ],
};
const bot = (text: string, flow: string | null, node: string, more: object = {}) => ({
  ...{ type: 'message', text, textFormat: 'markdown', from: { id: 'bot', role: 'bot' } },
  channelData: { support: { language: 'lv', flow, node, ...more } },
});
const customer = (text: string) => ({ type: 'message', text, textFormat: 'plain', from: { id: 'x', role: 'user' } });
const numbered = (values: object[]): Line[] => values.map((value, i) => ({ seq: i + 1, value: value as Json }));
const talk = numbered([
  bot('Jūsu numurs ir **K7F3**, adrese me\\@example\\.com', 'contactSupport', 'question'),
  customer('Kur ir *mana* <img src=x>\nkamera?'),
  { type: 'event', name: 'handoff.status', value: { state: 'accepted' } },
  bot('**Mari:** Sveiki', null, 'handoff.answer', { agent: 'Mari' }),
]);
const htmlOf = (mail: Email) => htmlProblems(mail.html ?? '').filter((one) => !one.endsWith('has inline code'));

describe.each(texts.languages)('the mail about a request, to a support that reads %s', (language) => {
  const say = (key: string) => texts.label(language, key);

  test('number and topic, facts, what was told, the ledger and the talk; twice', async () => {
    const mail = await arrived(requestMail(request, 'support@example.com', talk, language, texts));
    expect(mail.subject).toContain('K7F3-2Q');
    expect(mail.subject).toContain(say('flows:contactSupport.topic.options.noPasswordMail'));
    for (const body of [mail.text ?? '', mail.html ?? '']) {
      for (const key of [
        'mail:intro',
        'mail:fields',
        'mail:ledger',
        'mail:conversation',
        'flows:contactSupport.company.short',
      ])
        expect(body).toContain(say(key));
      expect(body).toContain(say('flows:register.lookedEverywhere.short'));
      expect(body, 'the day, after a holiday in Latvia, as this language writes it').toMatch(
        /20 November 2026|20\.11\.2026/,
      );
      expect(body).toContain(say('bot:leftOutValue'));
      expect(body, 'the bot’s words without markup').toContain('Jūsu numurs ir K7F3, adrese me@example.com');
      expect(body).toContain('Sveiki');
    }
    expect(mail.text).toContain(`${say('desk:lists.customer')}: Kur ir *mana* <img src=x>\n    kamera?`);
    expect(mail.text).toContain('Mari: Sveiki');
    expect(mail.text).toContain('Foto <b>SIA</b> & Co');
    expect(mail.html).toContain('Foto &lt;b&gt;SIA&lt;/b&gt; &amp; Co');
    expect(mail.html).toContain('<span lang="lv"');
    expect(mail.html).toContain(`<html lang="${language}">`);
    expect(htmlOf(mail)).toEqual([]);
    expect(mail.html).not.toMatch(/<img|src=["']|href=|url\(|<script|<link/);
    expect(mail.attachments).toEqual([]);
  });

  test('one that nobody took follows it, under its own name', async () => {
    const first = await arrived(requestMail(request, 'support@example.com', talk, language, texts));
    const ticket = openTicket(request, 'c', 'test');
    const mail = await arrived(unclaimedMail(ticket, 'support@example.com', talk, language, texts));
    expect(mail.messageId).not.toBe(first.messageId);
    expect([mail.inReplyTo, mail.references]).toEqual([first.messageId, first.messageId]);
    expect(mail.subject).toContain('K7F3-2Q');
    expect(mail.text).toContain(say('mail:unclaimed.intro'));
    expect(mail.text).toContain('Sveiki');
  });
});

test('an answer goes to the customer where they gave an address in this conversation, and only there', async () => {
  const known = await arrived(requestMail(request, 'support@example.com', talk, 'en', texts));
  expect(known.replyTo).toMatchObject([{ address: 'klients@example.com' }]);
  const leftOut = { ...request, fields: [{ field: 'email', given: { leftOut: true as const } }] };
  expect((await arrived(requestMail(leftOut, 'support@example.com', talk, 'en', texts))).replyTo).toBeUndefined();
});

test('what a machine has to know stands in the head, and the name stays the same', async () => {
  for (let times = 0; times < 2; times++) await arrived(requestMail(request, 'support@example.com', talk, 'en', texts));
  const [first, second] = box.mails;
  expect(first?.messageId).toBe('<request.K7F3-2Q@cps-support-bot>');
  expect(second?.messageId).toBe(first?.messageId);
  expect(first?.headers.find(({ key }) => key === 'auto-submitted')?.value).toBe('auto-generated');
});

test('a mailbox with a name is one address, to send to and to answer to', async () => {
  const ticket = openTicket(request, 'c', 'test');
  const support = 'CPS Priority tugi <support@example.com>';
  const mail = await arrived(requestMail(request, support, talk, 'en', texts));
  expect(mail.to).toMatchObject([{ address: 'support@example.com' }]);
  const answer = { id: 'a', at: 0, from: 'agent' as const, name: 'Mari', text: 'Tere', seq: 9 };
  const reply = await arrived(answerMail(ticket, 'klients@example.com', [answer], support, texts));
  expect(reply.replyTo).toMatchObject([{ address: 'support@example.com' }]);
});

test('an answer and a transcript are in the customer’s language', async () => {
  const ticket = openTicket(request, 'c', 'test');
  const answer = { id: 'a', at: 0, from: 'agent' as const, name: 'Mari', text: '<b>Tere</b>', seq: 9 };
  const mail = await arrived(answerMail(ticket, 'klients@example.com', [answer], undefined, texts));
  expect(mail.html).toContain('<html lang="lv">');
  expect(mail.html).toContain('&lt;b&gt;Tere&lt;/b&gt;');
  expect(mail.text).toContain('Mari: <b>Tere</b>');
  const whole = await arrived(transcriptMail(ticket, 'klients@example.com', talk, 'lv', texts));
  expect(whole.text).toContain('Mari: Sveiki');
  expect(whole.html).toContain('<html lang="lv">');
  expect(htmlOf(whole)).toEqual([]);
});
