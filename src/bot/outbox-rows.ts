/** What a turn promises to the world outside, as rows of its own commit. */
import type { Activity, ConversationReference } from 'botbuilder';
import type { Json, OutboxRow } from '../store/port.ts';
import type { Mail } from '../support/mail.ts';

export function mailRow(mail: Mail, now: number): OutboxRow {
  return {
    id: `mail:${mail.messageId}`,
    // Of its own: a mail that a server refuses for now holds up no other.
    target: `mail:${mail.messageId}`,
    kind: 'mail',
    payload: { ...mail } satisfies Json,
    dueAt: now,
    attempts: 0,
    state: 'waiting',
  };
}

/** A reply for a channel that takes its messages by a call of ours. */
export interface ReplyPayload {
  reference: Partial<ConversationReference>;
  activity: Partial<Activity>;
}

/** @param seq the transcript line of the reply: its id is the same however often the turn is decided again */
export function replyRow(
  conversation: string,
  seq: number,
  reference: Partial<ConversationReference>,
  activity: Partial<Activity>,
  now: number,
): OutboxRow {
  return {
    id: `reply:${conversation}:${seq}`,
    target: `reply:${conversation}`,
    kind: 'reply',
    payload: JSON.parse(JSON.stringify({ reference, activity } satisfies ReplyPayload)) as Json,
    dueAt: now,
    attempts: 0,
    state: 'waiting',
  };
}
