/** Mails about a request that is open: to support when nobody takes it, to the customer what they did not see in the chat. */
import type { Part } from '../conversation/state.ts';
import { render } from '../language/render.ts';
import type { Texts } from '../language/texts.ts';
import type { Line } from '../store/port.ts';
import { type Mail, requestBlocks, requestDraft, requestMailId, subjectValues, written } from './mail.ts';
import { addressIn } from './request.ts';
import type { Message, Ticket } from './ticket.ts';
import { spoken } from './transcript.ts';

/** The request with the talk so far, after the mail about its opening; an answer to it goes to the customer. */
export function unclaimedMail(
  { request, freeSince = request.openedAt }: Ticket,
  to: string,
  lines: readonly Line[],
  language: string,
  texts: Texts,
): Mail {
  const say = (part: Part) => render(part, language, texts, 'plain');
  return written({
    ...requestDraft(request, to, language, texts),
    subject: say({ key: 'mail:unclaimed.subject', values: subjectValues(request) }),
    // Free for the second time it is another mail.
    messageId: `<unclaimed.${request.id}.${freeSince}@cps-support-bot>`,
    inReplyTo: requestMailId(request.id),
    blocks: [
      { text: say({ key: 'mail:unclaimed.intro' }) },
      { text: say({ key: 'mail:intro' }) },
      ...requestBlocks(request, lines, language, texts),
    ],
  });
}

/** The desk has stopped: what support must know to go on by mail, with the talk so far. */
export function stoppedMail(
  { request, owner, stopped }: Ticket,
  to: string,
  lines: readonly Line[],
  language: string,
  texts: Texts,
): Mail {
  const say = (part: Part) => render(part, language, texts, 'plain');
  const name = stopped?.more ? 'mail:stoppedMore' : 'mail:stopped';
  const who: Part = owner ? { key: 'mail:stopped.taken', values: { name: owner.name } } : { key: 'mail:stopped.free' };
  const answer = addressIn(request) ? 'mail:stopped.address' : 'mail:stopped.noAddress';
  return written({
    ...requestDraft(request, to, language, texts),
    subject: say({ key: `${name}.subject`, values: subjectValues(request) }),
    messageId: `<stopped.${request.id}.${stopped?.at ?? 0}${stopped?.more ? '.more' : ''}@cps-support-bot>`,
    inReplyTo: requestMailId(request.id),
    blocks: [
      { text: [{ key: `${name}.intro` }, who, { key: answer }].map(say).join(' ') },
      { text: say({ key: 'mail:intro' }) },
      ...requestBlocks(request, lines, language, texts),
    ],
  });
}

/** Answers and questions that the customer has not seen, in the customer's language. */
export function answerMail(
  { request }: Ticket,
  to: string,
  answers: readonly Message[],
  replyTo: string | undefined,
  texts: Texts,
): Mail {
  const { language, id } = request;
  const values = { ticket: id };
  const kind = answers.some(({ ask, guide }) => ask ?? guide) ? 'asked' : 'answer';
  const say = (name: string) => render({ key: `mail:${kind}.${name}`, values }, language, texts, 'plain');
  const talk = answers.map(({ name = '', text }) => ({ who: name, words: text }));
  return written({
    ...{ to, language, subject: say('subject') },
    // The first of the answers names the mail: sent again, it is the same mail.
    messageId: `<answer.${id}.${answers[0]?.seq ?? 0}@cps-support-bot>`,
    blocks: [{ text: say('intro') }, { talk, language }, { text: say('outro') }],
    ...(replyTo ? { replyTo } : {}),
  });
}

/** The course of the talk, for the customer who has asked for it. */
export function transcriptMail(
  { request }: Ticket,
  to: string,
  lines: readonly Line[],
  language: string,
  texts: Texts,
): Mail {
  const values = { ticket: request.id };
  const say = (key: string) => render({ key, values }, language, texts, 'plain');
  return written({
    ...{ to, language, subject: say('mail:transcript.subject') },
    messageId: `<transcript.${request.id}.${lines.at(-1)?.seq ?? 0}@cps-support-bot>`,
    blocks: [
      { text: say('mail:transcript.intro') },
      { talk: spoken(lines, language, texts), language: request.language },
    ],
  });
}
