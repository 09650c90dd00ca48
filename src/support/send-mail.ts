/** Mail out of the outbox: to the SMTP server, or as `.eml` files where none is configured. */
import { mkdir, open, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { createTransport } from 'nodemailer';
import { addressOf } from '../config/values.ts';
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

const timeOutMs = 20_000; // three of them, one after another, stay within the claim on a row

export function mailSender({ smtpUrl, from, folder, patience = timeOutMs }: MailSettings): Sender {
  const safe = { disableFileAccess: true, disableUrlAccess: true };
  const transport = smtpUrl
    ? createTransport({
        url: smtpUrl,
        ...safe,
        connectionTimeout: patience,
        greetingTimeout: patience,
        socketTimeout: patience,
      })
    : createTransport({ streamTransport: true, buffer: true, newline: 'unix', ...safe });

  return {
    repeatable: true,
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
        return { result: 'done' };
      } catch (error) {
        return failure(error as { code?: string; responseCode?: number });
      }
    },
  };
}

/** An object, not a string: a string could smuggle in further recipients. */
const mailbox = (one: string) => ({ name: '', address: addressOf(one) });

/** A mail is repeated under its Message-ID; only a server's final refusal of this very mail ends that. */
function failure({ code, responseCode }: { code?: string; responseCode?: number }): Sent {
  const reason = [code, responseCode].filter(Boolean).join(' ') || 'failed';
  const refused = code !== 'EAUTH' && responseCode !== undefined && responseCode >= 500;
  return refused ? { result: 'park', reason } : { result: 'retry', reason };
}

/** Written whole or not at all; the same mail has the same name. */
async function writeFile(folder: string, messageId: string, message: Buffer): Promise<void> {
  await mkdir(folder, { recursive: true });
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
