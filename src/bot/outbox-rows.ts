/** What a turn promises to the world outside, as rows of its own commit. */
import type { Json, OutboxRow } from '../store/port.ts';
import type { Mail } from '../support/mail.ts';

export function mailRow(mail: Mail, now: number): OutboxRow {
  return {
    id: `mail:${mail.messageId}`,
    target: `mail:${mail.to}`,
    kind: 'mail',
    payload: { ...mail } satisfies Json,
    dueAt: now,
    attempts: 0,
    state: 'waiting',
  };
}
