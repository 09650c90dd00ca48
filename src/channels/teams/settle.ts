/** What became of a row of the outbox, shown on the card of its request. */
import type { DeskTurns } from '../../bot/desk-turns.ts';
import type { OutboxRow, Store } from '../../store/port.ts';
import { doubtRow, isCardRow, type NewPayload } from '../../support/desk-rows.ts';
import type { Sent } from '../../support/sender.ts';
import type { Ticket } from '../../support/ticket.ts';

type Doubt = Ticket['doubts'][number];
export interface SettleTools {
  turns: DeskTurns;
  store: Pick<Store, 'read'>;
  now(): number;
}

const mostDoubts = 20;

export async function settle(row: OutboxRow, sent: Sent, tools: SettleTools): Promise<void> {
  if (row.kind === 'reply') await settleReply(row, sent, tools);
  if (row.kind === 'teams-new') await settlePost(row, sent, tools);
}

/** A new message to the desk is not sent again by itself: its card says so, and where the card is missing the channel does. */
async function settlePost(row: OutboxRow, sent: Sent, { turns, now }: SettleTools): Promise<void> {
  const { ticket: id, lost } = row.payload as unknown as NewPayload;
  if (lost || (sent.result !== 'uncertain' && sent.result !== 'park')) return;
  const { reason } = sent;
  await turns.change(id, (ticket) => {
    const isCard = isCardRow(row.id);
    // Somebody has looked at it meanwhile, so it is there.
    if (isCard && ticket.card) return { ticket, outbox: { remove: [row.id] } };
    const after = { ...ticket, revision: ticket.revision + 1, doubts: withDoubt(ticket, { row: row.id, reason }) };
    return { ticket: after, rows: isCard ? [doubtRow(after, row.id, now())] : [] };
  });
}

/** How far an agent's answer has come, on channels that take messages one by one. */
async function settleReply(row: OutboxRow, sent: Sent, { turns, store }: SettleTools): Promise<void> {
  const [, conversation, seq] = /^reply:(.+):(\d+)$/.exec(row.id) ?? [];
  if (!conversation || sent.result === 'retry') return;
  const [doc] = await store.read([`conversation/${conversation}`]);
  const handoff = (doc?.value as { state?: { handoff?: { ticket: string } } } | undefined)?.state?.handoff;
  if (!handoff) return;
  const delivery = ({ done: 'delivered', uncertain: 'uncertain', park: 'failed' } as const)[sent.result];
  const reason = sent.result === 'done' ? undefined : sent.reason;
  await turns.change(handoff.ticket, (ticket) => {
    const mine = ticket.messages.find((one) => one.seq === Number(seq) && one.delivery === 'sending');
    if (!mine) return undefined;
    const settled = { ...mine, delivery, ...(reason ? { reason } : {}) };
    const messages = ticket.messages.map((one) => (one === mine ? settled : one));
    const doubts = reason ? withDoubt(ticket, { row: row.id, reason, message: mine.id }) : ticket.doubts;
    return { ticket: { ...ticket, revision: ticket.revision + 1, messages, doubts } };
  });
}

const withDoubt = ({ doubts }: Ticket, doubt: Doubt): Doubt[] =>
  [...doubts.filter(({ row }) => row !== doubt.row), doubt].slice(-mostDoubts);
