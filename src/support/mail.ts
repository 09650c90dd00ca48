/** The request as an e-mail to CPS Priority support, in the support's language; the customer's own words as they were typed. */
import { givenValue, nodeKey } from '../conversation/node-reply.ts';
import type { Part, Request, Value } from '../conversation/state.ts';
import { findNode } from '../flow/flow-table.ts';
import { render, renderValue } from '../language/render.ts';
import type { Texts } from '../language/texts.ts';
import { dueDate } from './working-days.ts';

/** Plain data, stored in the outbox as it is; `messageId` stays the same however often it is sent. */
export interface Mail {
  to: string;
  subject: string;
  text: string;
  messageId: string;
  /** Whom an answer reaches, where that is not the sender. */
  replyTo?: string;
}

export function requestMail(request: Request, to: string, language: string, texts: Texts): Mail {
  const say = (part: Part) => render(part, language, texts, 'plain');
  const show = (value: Value) => renderValue(value, language, texts, 'plain');
  const line = (label: Part, value: Value) => `${say(label)}: ${show(value)}`;
  const fact = (name: string, value: Value) => line({ key: `mail:facts.${name}` }, value);
  const topic = { key: `flows:contactSupport.topic.options.${request.topic}` };
  const unknown: Value = { part: { key: 'mail:facts.unknown' } };
  const sentOn = request.fields.find(({ field }) => field === 'sentOn')?.given.value;

  const facts = [
    fact('ticket', request.id),
    fact('openedAt', `${new Date(request.openedAt).toISOString().slice(0, 16).replace('T', ' ')} UTC`),
    line({ key: 'flows:contactSupport.topic.short' }, { part: topic }),
    fact('language', new Intl.DisplayNames(language, { type: 'language' }).of(request.language) ?? request.language),
    fact('country', request.country ? { country: request.country } : unknown),
    fact('stage', request.stage ? { part: { key: `bot:steps.${request.stage}` } } : unknown),
    ...(typeof sentOn === 'string'
      ? [fact('due', { date: dueDate(sentOn, request.country) }), fact('calendar', calendar(request.country))]
      : []),
  ];
  const fields = request.fields.map(({ field, given }) =>
    line({ key: `flows:contactSupport.${field}.short` }, givenValue('contactSupport', field, given)),
  );
  const ledger = request.ledger.map((step) => {
    const label = say({ key: `${nodeKey(step)}.short` });
    const node = findNode(step.flow, step.node);
    if (step.given) return `- ${label}: ${show(givenValue(step.flow, step.node, step.given))}`;
    return `- ${label} (${say({ key: node?.choose || node?.ask ? 'mail:question' : 'mail:advice' })})`;
  });
  const text = [
    say({ key: 'mail:intro' }),
    facts.join('\n'),
    [say({ key: 'mail:fields' }), say({ key: 'mail:words' }), '', ...fields].join('\n'),
    ...(ledger.length > 0 ? [[say({ key: 'mail:ledger' }), '', ...ledger].join('\n')] : []),
  ].join('\n\n');
  return {
    to,
    subject: say({ key: 'mail:subject', values: { ticket: request.id, topic: { part: topic } } }),
    text: `${text}\n`,
    messageId: `<request.${request.id}@cps-support-bot>`,
  };
}

const calendar = (country: string | undefined): Value =>
  country ? { country } : { part: { key: 'mail:facts.weekendsOnly' } };
