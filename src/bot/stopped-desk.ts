/**
 * The desk does not let the bot in any more: its customers get the bot back, support gets a mail for each open request and one
 * more with what was written since, and when the desk is there again its cards show all of it.
 */
import type { Texts } from '../language/texts.ts';
import type { Line, Store } from '../store/port.ts';
import { stoppedMail } from '../support/desk-mail.ts';
import { stoppedRow } from '../support/desk-rows.ts';
import { addressOf, changed, type Ticket } from '../support/ticket.ts';
import { readTalk } from '../support/transcript.ts';
import type { Change, DeskTurns } from './desk-turns.ts';
import { mailRow } from './outbox-rows.ts';

export interface StoppedTools {
  store: Pick<Store, 'lines'>;
  turns: DeskTurns;
  texts: Texts;
  settings: { supportEmail?: string | undefined; supportLanguage: string };
  /** Milliseconds until what was written since is mailed. */
  moreAfter: number;
  now(): number;
}
type MailTools = Pick<StoppedTools, 'texts' | 'settings' | 'now'>;

/**
 * Something of this request was to be said at the desk, which has stopped. Told and mailed once for each stop; the commit that
 * promises it notes it.
 * @param stop when it stopped, which is its name
 */
export async function carryOnByMail(id: string, stop: number, tools: StoppedTools): Promise<void> {
  const { store, turns, settings, moreAfter, now } = tools;
  const known = await turns.read(id);
  if (!known || known.status === 'closed' || known.hub) return;
  const isNew = known.stopped?.at !== stop;
  const lines = isNew ? await readTalk(store, known.conversation) : [];
  await turns.change(id, (ticket) => {
    const { status, stopped } = ticket;
    if (status === 'closed') return undefined;
    if (stopped?.at !== stop) return isNew ? told(ticket, stop, lines, tools) : undefined;
    if (stopped.more || !settings.supportEmail || !wroteSince(ticket, stopped.upTo)) return undefined;
    const rows = [stoppedRow(id, stop, now() + moreAfter)];
    return { ticket: { ...ticket, stopped: { ...stopped, more: true } }, rows };
  });
}

const wroteSince = ({ messages }: Ticket, upTo: number) =>
  messages.some(({ from, seq }) => from === 'customer' && seq !== undefined && seq > upTo);

function told(ticket: Ticket, stop: number, lines: readonly Line[], tools: MailTools): Change {
  const stopped = { at: stop, upTo: lines.at(-1)?.seq ?? 0 };
  const after = { ...changed(ticket, 'bot', 'stopped', tools.now()), stopped };
  const rows = mailRows(after, lines, tools);
  const address = addressOf(ticket) !== undefined;
  return { ticket: after, tells: [{ what: 'stopped', byMail: rows.length > 0, address }], rows };
}

function mailRows(ticket: Ticket, lines: readonly Line[], { settings, texts, now }: MailTools) {
  const { supportEmail, supportLanguage } = settings;
  return supportEmail ? [mailRow(stoppedMail(ticket, supportEmail, lines, supportLanguage, texts), now())] : [];
}

/** The one mail more; unless the desk is there again. */
export function writtenSince(
  ticket: Ticket,
  stop: number,
  lines: readonly Line[],
  tools: MailTools,
): Change | undefined {
  if (ticket.stopped?.at !== stop || ticket.status === 'closed') return undefined;
  if (ticket.log.some(({ what, about }) => what === 'mailed' && about === String(stop))) return undefined;
  return {
    ticket: changed(ticket, 'bot', 'mailed', tools.now(), undefined, String(stop)),
    rows: mailRows(ticket, lines, tools),
  };
}

/** The desk is there again: the card is brought up to date, and whoever waits is waited for anew. */
export function deskIsBack({ stopped, ...ticket }: Ticket, now: number): Change {
  const { status, owner, waitingSince, revision } = ticket;
  const isWaiting = stopped !== undefined && status === 'claimed' && waitingSince !== undefined;
  return {
    ticket: {
      ...ticket,
      revision: revision + 1,
      ...(stopped && status === 'waiting' ? { freeSince: now } : {}),
    },
    posts: isWaiting ? [{ key: 'deskBack', ...(owner ? { mention: owner } : {}) }] : [],
  };
}
