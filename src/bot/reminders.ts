/** What is looked at again when its time has come: a request that nobody took, a customer without an answer, an answer unseen. */
import type { Texts } from '../language/texts.ts';
import type { Line, OutboxRow, Store } from '../store/port.ts';
import { createMailLimit, type MailLimit } from '../support/customer-mail.ts';
import { answerMail, transcriptMail, unclaimedMail } from '../support/desk-mail.ts';
import { laterRow, type RemindPayload, type TranscriptPayload, type UnreadPayload } from '../support/desk-rows.ts';
import type { Mail } from '../support/mail.ts';
import type { Sender } from '../support/sender.ts';
import { addressOf, changed, type Message, owedSince, type Ticket } from '../support/ticket.ts';
import { choicesIn, readTalk, spoken } from '../support/transcript.ts';
import type { Change, DeskTurns } from './desk-turns.ts';
import { mailRow } from './outbox-rows.ts';
import { writtenSince } from './stopped-desk.ts';

export interface ReminderTools {
  store: Pick<Store, 'lines'>;
  turns: DeskTurns;
  texts: Texts;
  settings: { supportEmail?: string | undefined; supportLanguage: string };
  now(): number;
}

/** Sender of `remind`: what it does is one commit that notes that it was done, so once more does nothing. */
export function reminderSender(tools: ReminderTools): Sender {
  const { turns, store, now } = tools;
  const limit = createMailLimit();
  return {
    repeatable: true,
    async send(row: OutboxRow) {
      const payload = row.payload as unknown as RemindPayload;
      const before = await turns.read(payload.ticket);
      if (!before) return { result: 'done' };
      const lines = payload.what !== 'unanswered' ? await readTalk(store, before.conversation) : [];
      await turns.change(payload.ticket, (ticket) => {
        if (payload.what === 'transcript') return talkByMail(ticket, payload, lines, limit, tools);
        if (payload.what === 'stopped') return writtenSince(ticket, payload.since, lines, tools);
        if (payload.what === 'unread') return unread(ticket, payload, lines, limit, tools);
        return payload.what === 'unanswered'
          ? unanswered(ticket, payload.since, now())
          : unclaimed(ticket, payload.since, lines, tools);
      });
      return { result: 'done' };
    },
  };
}

/** Marked in the log by its last line: asked for once, sent once. */
function talkByMail(
  ticket: Ticket,
  payload: TranscriptPayload,
  lines: readonly Line[],
  limit: MailLimit,
  { texts, now }: ReminderTools,
): Change | undefined {
  const { to, upTo } = payload;
  const about = String(upTo);
  if (ticket.log.some((entry) => entry.what === 'mailed' && entry.about === about)) return undefined;
  const said = lines.filter(({ seq }) => seq <= upTo);
  const mail = transcriptMail(ticket, to, said, ticket.request.language, texts);
  return toCustomer(changed(ticket, 'bot', 'mailed', now(), undefined, about), mail, payload, ticket, limit, now());
}

function unclaimed(
  ticket: Ticket,
  since: number,
  lines: readonly Line[],
  { settings, texts, now }: ReminderTools,
): Change | undefined {
  if (ticket.status !== 'waiting' || ticket.freeSince !== since || ticket.reminded.unclaimed === since)
    return undefined;
  // That nobody can take it was told and mailed.
  if (ticket.stopped) return undefined;
  const { supportEmail, supportLanguage } = settings;
  const mail = supportEmail ? [mailRow(unclaimedMail(ticket, supportEmail, lines, supportLanguage, texts), now())] : [];
  const after = changed(ticket, 'bot', 'unclaimed', now());
  return {
    ticket: { ...after, reminded: { ...ticket.reminded, unclaimed: since } },
    tells: [{ what: 'unclaimed', since, byMail: mail.length > 0, address: addressOf(ticket) !== undefined }],
    posts: [{ key: 'unclaimed' }],
    rows: mail,
  };
}

function unanswered(ticket: Ticket, since: number, now: number): Change | undefined {
  if (owedSince(ticket) !== since || ticket.reminded.unanswered === since || ticket.stopped) return undefined;
  return {
    ticket: { ...changed(ticket, 'bot', 'unanswered', now), reminded: { ...ticket.reminded, unanswered: since } },
    posts: [{ key: 'unanswered', ...(ticket.owner ? { mention: ticket.owner } : {}) }],
  };
}

/** All that is unseen goes in one mail; what has gone by mail, or was seen, does not go again. */
function unread(
  ticket: Ticket,
  payload: UnreadPayload,
  lines: readonly Line[],
  limit: MailLimit,
  { settings, texts, now }: ReminderTools,
): Change | undefined {
  const to = addressOf(ticket);
  const isOpen = ({ from, delivery }: Message) => from === 'agent' && delivery !== 'seen' && delivery !== 'mailed';
  const open = ticket.messages.filter(isOpen);
  if (!to || !open.some(({ id }) => id === payload.message)) return undefined;
  const worded = open.map((one) => inWords(one, lines, ticket.request.language, texts));
  const messages = ticket.messages.map((one) => (isOpen(one) ? { ...one, delivery: 'mailed' as const } : one));
  const mail = answerMail(ticket, to, worded, settings.supportEmail, texts);
  return toCustomer({ ...changed(ticket, 'bot', 'mailed', now()), messages }, mail, payload, ticket, limit, now());
}

/** @param after the ticket once the mail is on its way */
function toCustomer(
  after: Ticket,
  mail: Mail,
  payload: UnreadPayload | TranscriptPayload,
  before: Ticket,
  limit: MailLimit,
  now: number,
): Change {
  const taken = limit.take(after, mail, now);
  if ('ticket' in taken) return { ticket: taken.ticket, rows: [mailRow(mail, now)] };
  const { later } = taken;
  const rows = [laterRow(payload, later, now)];
  // Said once, to the customer and at the desk, for all that waits.
  if ((before.mails.later ?? 0) > now) return { ticket: before, rows };
  return {
    ticket: { ...changed(before, 'bot', 'mailLater', now), mails: { ...before.mails, later } },
    tells: [{ what: 'mailLater' }],
    posts: [{ key: 'mailLater' }],
    rows,
  };
}

/** What the bot has put into the customer's language stands in the transcript: who says it, the words, what can be chosen. */
function inWords(message: Message, lines: readonly Line[], language: string, texts: Texts): Message {
  const line = lines.find(({ seq }) => seq === message.seq);
  if (message.text || !line) return message;
  const [said] = spoken([line], language, texts);
  const choices = choicesIn(line).map((label) => `- ${label}`);
  return { ...message, ...(said ? { name: said.who, text: [said.words, ...choices].join('\n') } : {}) };
}
