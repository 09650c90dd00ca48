/** A real SMTP server on loopback that can be taken down and brought back on the same port. */

import { setTimeout as pause } from 'node:timers/promises';
import PostalMime, { type Email } from 'postal-mime';
import { SMTPServer } from 'smtp-server';

export interface Mailbox {
  url: string;
  /** In the order of arrival. */
  mails: Email[];
  /** To whom each was delivered, whatever its head says. */
  recipients: string[][];
  /** Answers to the next mails, ahead of taking them: an SMTP code and a text. */
  refuse: { code: number; text: string }[];
  stop(): Promise<void>;
  start(): Promise<void>;
}

export async function openMailbox(): Promise<Mailbox> {
  let server: SMTPServer;
  let port = 0;
  const box: Mailbox = {
    url: '',
    mails: [],
    recipients: [],
    refuse: [],
    async start() {
      // On the port of before another test's server may sit for a moment.
      for (const end = Date.now() + 20_000; ; await pause(100)) {
        const error = await listen();
        if (!error) break;
        if (error.code !== 'EADDRINUSE' || Date.now() > end) throw error;
      }
      port = (server.server.address() as { port: number }).port;
      box.url = `smtp://127.0.0.1:${port}`;
    },
    stop: () => new Promise((resolve) => server.close(() => resolve())),
  };
  /** Why it does not; undefined: it does. */
  function listen(): Promise<NodeJS.ErrnoException | undefined> {
    server = new SMTPServer({
      authOptional: true,
      disabledCommands: ['STARTTLS'],
      onData(stream, session, done) {
        const chunks: Buffer[] = [];
        stream.on('data', (chunk: Buffer) => chunks.push(chunk));
        stream.on('end', () => {
          const refusal = box.refuse.shift();
          if (refusal) return done(Object.assign(new Error(refusal.text), { responseCode: refusal.code }));
          PostalMime.parse(Buffer.concat(chunks)).then((mail) => {
            box.mails.push(mail);
            box.recipients.push(session.envelope.rcptTo.map(({ address }) => address));
            done();
          }, done);
        });
      },
    });
    server.on('error', () => undefined); // clients that are killed in mid-sentence
    return new Promise((resolve) => {
      server.once('error', resolve);
      server.listen(port, '127.0.0.1', () => resolve(undefined));
    });
  }
  await box.start();
  return box;
}
