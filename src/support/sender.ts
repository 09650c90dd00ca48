/** Whoever takes rows of one kind out of the outbox and sends them. */
import type { OutboxRow } from '../store/port.ts';

export type Sent =
  | { result: 'done' }
  /** It has certainly not arrived: later again, not before `afterMs`. */
  | { result: 'retry'; reason: string; afterMs?: number }
  /** It may have arrived, and sending it twice would be seen twice. */
  | { result: 'uncertain'; reason: string }
  /** No repetition can help. */
  | { result: 'park'; reason: string };

export interface Sender {
  /** May the same row be sent twice without harm? */
  repeatable: boolean;
  /** What it speaks to, where that is not the same for all its rows: one that hangs holds up its own rows only. */
  lane?(row: OutboxRow): string;
  /** Settles by itself well before the claim on the row ends (90 seconds). */
  send(row: OutboxRow): Promise<Sent>;
}
