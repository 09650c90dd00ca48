/** The request as an e-mail to CPS Priority support, in the support's language; the customer's own words as they were typed. */
import { givenValue, nodeKey } from '../conversation/node-reply.ts';
import type { Request, Value } from '../conversation/state.ts';
import { findNode } from '../flow/flow-table.ts';
import { render, renderValue } from '../language/render.ts';
import type { Texts } from '../language/texts.ts';
import { languageName } from '../language/values/language-name.ts';
import type { Line } from '../store/port.ts';
import { type Block, htmlBody, plainBody } from './mail-body.ts';
import { addressIn } from './request.ts';
import { spoken, withoutLeftOut } from './transcript.ts';
import { dueDate } from './working-days.ts';

/** Plain data, stored in the outbox as it is; `messageId` stays the same however often it is sent. */
export interface Mail {
  to: string;
  subject: string;
  text: string;
  html: string;
  messageId: string;
  /** Whom an answer reaches, where that is not the sender. */
  replyTo?: string;
  /** The Message-ID of the mail that this one follows. */
  inReplyTo?: string;
}

/** What a mail is made of, before it is written. */
export type Draft = Omit<Mail, 'text' | 'html'> & { language: string; blocks: readonly Block[] };

export function written({ language, blocks, ...mail }: Draft): Mail {
  return { ...mail, text: plainBody(blocks), html: htmlBody(blocks, language, mail.subject) };
}

export const requestMailId = (ticket: string) => `<request.${ticket}@cps-support-bot>`;

/** @param lines the talk so far. @param language the support's */
export function requestMail(
  request: Request,
  to: string,
  lines: readonly Line[],
  language: string,
  texts: Texts,
): Mail {
  const say = (key: string) => render({ key }, language, texts, 'plain');
  return written({
    ...requestDraft(request, to, language, texts),
    blocks: [{ text: say('mail:intro') }, ...requestBlocks(request, lines, language, texts)],
  });
}

/** Everything but the body. */
export function requestDraft(request: Request, to: string, language: string, texts: Texts): Omit<Draft, 'blocks'> {
  const replyTo = addressIn(request);
  return {
    ...{ to, language, messageId: requestMailId(request.id) },
    subject: render({ key: 'mail:subject', values: subjectValues(request) }, language, texts, 'plain'),
    ...(replyTo ? { replyTo } : {}),
  };
}

export const subjectValues = ({ id, topic }: Request): Record<string, Value> => ({
  ticket: id,
  topic: { part: { key: `flows:contactSupport.topic.options.${topic}` } },
});

/** What is known, what the customer told, the course of the talk, and the talk itself. */
export function requestBlocks(request: Request, lines: readonly Line[], language: string, texts: Texts): Block[] {
  const say = (key: string) => render({ key }, language, texts, 'plain');
  const show = (value: Value) => renderValue(value, language, texts, 'plain');
  const fact = (key: string, value: Value) => ({ label: say(key), value: show(value) });
  const unknown: Value = { part: { key: 'mail:facts.unknown' } };
  const sentOn = request.fields.find(({ field }) => field === 'sentOn')?.given.value;

  const facts = [
    fact('mail:facts.ticket', request.id),
    fact('mail:facts.openedAt', `${new Date(request.openedAt).toISOString().slice(0, 16).replace('T', ' ')} UTC`),
    fact('flows:contactSupport.topic.short', subjectValues(request).topic!),
    fact('mail:facts.language', languageName(request.language, language)),
    fact('mail:facts.country', request.country ? { country: request.country } : unknown),
    fact('mail:facts.stage', request.stage ? { part: { key: `bot:steps.${request.stage}` } } : unknown),
    ...(typeof sentOn === 'string'
      ? [
          fact('mail:facts.due', { date: dueDate(sentOn, request.country) }),
          fact('mail:facts.calendar', calendar(request.country)),
        ]
      : []),
  ];
  const fields = request.fields.map(({ field, given }) =>
    fact(`flows:contactSupport.${field}.short`, givenValue('contactSupport', field, given)),
  );
  const ledger = request.ledger.map((step) => {
    const label = say(`${nodeKey(step)}.short`);
    const node = findNode(step.flow, step.node);
    if (step.given) return `${label}: ${show(givenValue(step.flow, step.node, step.given))}`;
    return `${label} (${say(node?.choose || node?.ask ? 'mail:question' : 'mail:advice')})`;
  });
  const talk = spoken(withoutLeftOut(lines, request), language, texts);
  return [
    { facts },
    { heading: say('mail:fields') },
    { text: say('mail:words') },
    { facts: fields },
    ...(ledger.length > 0 ? [{ heading: say('mail:ledger') }, { list: ledger }] : []),
    ...(talk.length > 0 ? [{ heading: say('mail:conversation') }, { talk, language: request.language }] : []),
  ];
}

const calendar = (country: string | undefined): Value =>
  country ? { country } : { part: { key: 'mail:facts.weekendsOnly' } };
