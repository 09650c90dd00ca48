/** Mail out of the outbox: to the SMTP server, or as `.eml` files where none is configured. */
import { mkdir, open, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { createTransport } from 'nodemailer';
import { addressOf, isLoopbackHost } from '../config/values.ts';
import type { Mail } from './mail.ts';
import type { Sender, Sent } from './sender.ts';

export interface MailSettings {
  smtpUrl?: string | undefined;
  from: string;
  /** Where `.eml` files go. */
  folder: string;
  /** Milliseconds for a mail server to take the connection, to greet and to answer, each. */
  patience?: number;
}

/** As nodemailer's errors are. */
interface Failure {
  code?: string;
  responseCode?: number;
  command?: string;
}

const timeOutMs = 20_000; // three of them, one after another, stay within the claim on a row

export interface MailSender extends Sender {
  /** What in SMTP_URL keeps mails from being sent at all, as far as the last attempt showed; for readiness. */
  reasons(): readonly string[];
}

/** A `smtp://` server elsewhere gets password and mails by STARTTLS (RFC 3207) or not at all; `?requireTLS=false` in the address wins. */
export function mailSender({ smtpUrl, from, folder, patience = timeOutMs }: MailSettings): MailSender {
  const server = smtpUrl === undefined ? undefined : new URL(smtpUrl);
  let trouble: string | undefined;
  const safe = { disableFileAccess: true, disableUrlAccess: true };
  const transport = smtpUrl
    ? createTransport({
        url: smtpUrl,
        ...safe,
        requireTLS: server?.protocol === 'smtp:' && !isLoopbackHost(server.hostname),
        connectionTimeout: patience,
        greetingTimeout: patience,
        socketTimeout: patience,
      })
    : createTransport({ streamTransport: true, buffer: true, newline: 'unix', ...safe });

  return {
    repeatable: true,
    reasons: () => (trouble === undefined ? [] : [trouble]),
    async send(row): Promise<Sent> {
      const { to, subject, text, html, messageId, replyTo, inReplyTo } = row.payload as unknown as Mail;
      const headers = { 'Auto-Submitted': 'auto-generated' };
      try {
        const info: { message?: unknown } = await transport.sendMail({
          from,
          to: mailbox(to),
          ...(replyTo ? { replyTo: mailbox(replyTo) } : {}),
          subject,
          text,
          html,
          messageId,
          ...(inReplyTo ? { inReplyTo, references: inReplyTo } : {}),
          headers,
        });
        if (!smtpUrl) await writeFile(folder, messageId, info.message as Buffer);
        trouble = undefined;
        return { result: 'done' };
      } catch (error) {
        trouble = lacksTls(error as Failure) ? withoutTls(server?.host ?? '') : undefined;
        return trouble === undefined ? failure(error as Failure) : { result: 'retry', reason: trouble };
      }
    },
  };
}

/** An object, not a string: a string could smuggle in further recipients. */
const mailbox = (one: string) => ({ name: '', address: addressOf(one) });

/** It knows no STARTTLS, or nothing of extensions at all: with `requireTLS` that ends the talk. */
const lacksTls = ({ code, responseCode = 0, command = '' }: Failure): boolean =>
  responseCode >= 500 && ((code === 'ETLS' && command === 'STARTTLS') || command === 'EHLO');

const withoutTls = (host: string) =>
  `SMTP_URL: ${host} does not offer STARTTLS, so no mail is sent: use smtps:// where it speaks TLS at once, or add ?requireTLS=false where password and mails may go in clear (a network of your own)`;

/** The commands at which a server says something about this mail and not about us (RFC 5321, 3.3). */
const aboutThisMail = new Set(['RCPT TO', 'DATA']);

/** A mail is repeated under its Message-ID; only a server's final refusal of this very mail ends that. */
function failure({ code, responseCode = 0, command = '' }: Failure): Sent {
  const reason = [code, responseCode].filter(Boolean).join(' ') || 'failed';
  // 530: it wants us to sign in first.
  const refused = aboutThisMail.has(command) && responseCode >= 500 && responseCode !== 530;
  return refused ? { result: 'park', reason } : { result: 'retry', reason };
}

/** Written whole or not at all; the same mail has the same name. */
async function writeFile(folder: string, messageId: string, message: Buffer): Promise<void> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const name = join(folder, `${messageId.replace(/[^\w.@-]/g, '')}.eml`);
  const file = await open(`${name}.part`, 'w', 0o600);
  try {
    await file.writeFile(message);
    await file.sync();
  } finally {
    await file.close();
  }
  await rename(`${name}.part`, name);
}
