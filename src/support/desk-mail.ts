/** Mails about a request at the desk: to support when nobody takes it, to the customer what they did not see in the chat. */
import type { Part } from '../conversation/state.ts';
import { render } from '../language/render.ts';
import type { Texts } from '../language/texts.ts';
import type { Line } from '../store/port.ts';
import { type Mail, requestMail } from './mail.ts';
import { addressOf, type Message, type Ticket } from './ticket.ts';

interface Said {
  text?: string;
  from?: { role?: string };
  channelData?: { support?: { agent?: string } };
}

/** The talk as it was: who, and the words as typed. */
export function transcriptText(lines: readonly Line[], language: string, texts: Texts): string {
  const say = (key: string) => render({ key }, language, texts, 'plain');
  return lines
    .flatMap(({ value }) => {
      const { text, from, channelData } = value as Said;
      if (!text) return [];
      const agent = channelData?.support?.agent;
      const who = agent ?? (from?.role === 'bot' ? say('desk:lists.bot') : say('desk:lists.customer'));
      return [agent && text.startsWith(`${agent}: `) ? text : `${who}: ${text}`];
    })
    .join('\n\n');
}

/** The request with the talk so far, for support; an answer to it goes to the customer. */
export function unclaimedMail(
  { request, ...ticket }: Ticket,
  to: string,
  lines: readonly Line[],
  language: string,
  texts: Texts,
): Mail {
  const say = (key: string) => render({ key }, language, texts, 'plain');
  const mail = requestMail(request, to, language, texts);
  const replyTo = addressOf({ request, ...ticket });
  const text = [
    say('mail:unclaimed'),
    mail.text.trimEnd(),
    `${say('mail:conversation')}\n\n${transcriptText(lines, language, texts)}`,
  ].join('\n\n');
  return { ...mail, text: `${text}\n`, ...(replyTo ? { replyTo } : {}) };
}

/** Answers that the customer has not seen, in the customer's language. */
export function answerMail(
  { request }: Ticket,
  to: string,
  answers: readonly Message[],
  replyTo: string | undefined,
  texts: Texts,
): Mail {
  const { language, id } = request;
  const say = (part: Part) => render(part, language, texts, 'plain');
  const values = { ticket: id };
  const words = answers.map((one) => `${one.name ?? ''}: ${one.text}`);
  return {
    to,
    subject: say({ key: 'mail:answer.subject', values }),
    text: [say({ key: 'mail:answer.intro', values }), ...words, `${say({ key: 'mail:answer.outro' })}\n`].join('\n\n'),
    // The first of the answers names the mail: sent again, it is the same mail.
    messageId: `<answer.${id}.${answers[0]?.seq ?? 0}@cps-support-bot>`,
    ...(replyTo ? { replyTo } : {}),
  };
}

/** The course of the talk, for the customer who has asked for it. */
export function transcriptMail(
  ticket: Ticket,
  to: string,
  lines: readonly Line[],
  language: string,
  texts: Texts,
): Mail {
  const values = { ticket: ticket.request.id };
  const say = (key: string) => render({ key, values }, language, texts, 'plain');
  return {
    to,
    subject: say('mail:transcript.subject'),
    text: `${say('mail:transcript.intro')}\n\n${transcriptText(lines, language, texts)}\n`,
    messageId: `<transcript.${ticket.request.id}.${lines.at(-1)?.seq ?? 0}@cps-support-bot>`,
  };
}
