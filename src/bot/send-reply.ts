/** Replies out of the outbox: to the channel's own service, once. */
import type { OutboxRow } from '../store/port.ts';
import type { Sender, Sent } from '../support/sender.ts';
import type { Door } from './door.ts';
import type { ReplyPayload } from './outbox-rows.ts';
import { withTimeout } from './with-timeout.ts';

export interface ReplyOptions {
  /** Loads the SDK when the first reply has to go out. */
  open(): Promise<Pick<Door, 'adapter'>>;
  appId: string;
  /** Milliseconds until a service that does not answer is given up. */
  patience?: number;
}

export function replySender({ open, appId, patience = 20_000 }: ReplyOptions): Sender {
  return {
    repeatable: false,
    lane: ({ payload }) => `reply ${(payload as unknown as ReplyPayload).reference.serviceUrl}`,
    async send(row: OutboxRow): Promise<Sent> {
      const { reference, activity } = row.payload as unknown as ReplyPayload;
      const { adapter } = await open();
      // The SDK calls its error handler in the target conversation: what goes wrong there is caught here.
      let sent: Sent = { result: 'uncertain', reason: 'no answer' };
      const said = adapter.continueConversationAsync(appId, reference, async (context) => {
        sent = await withTimeout(context.sendActivity(activity), patience).then(
          (): Sent => ({ result: 'done' }),
          verdict,
        );
      });
      await withTimeout(said, patience * 2).catch((error: unknown) => {
        sent = verdict(error);
      });
      return owed(activity, sent);
    },
  };
}

/** Many channels refuse events, and no person waits for one. */
const owed = ({ type }: ReplyPayload['activity'], sent: Sent): Sent =>
  type === 'event' && sent.result === 'park' ? { result: 'done' } : sent;

/** Answers by which a service says that it has not taken the message. */
const later = new Set([412, 429]);
/** Answers that no repetition changes. */
const never = new Set([400, 401, 403, 404, 405, 410, 413]);
/** Nobody was reached, so nothing can have left. */
const unreached = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH']);

/** Milliseconds; seconds or a date (RFC 9110, 10.2.3); 0 for anything else. */
function waitOf(retryAfter = ''): number {
  const seconds = Number(retryAfter);
  return (Number.isNaN(seconds) ? Date.parse(retryAfter) - Date.now() : seconds * 1000) || 0;
}

/** The one rule for doubt: only what has certainly not arrived is sent again. */
export function verdict(error: unknown): Sent {
  const {
    statusCode = 0,
    code = '',
    name = '',
    errorCode,
    response,
  } = (error ?? {}) as {
    statusCode?: number;
    code?: string;
    name?: string;
    errorCode?: string;
    response?: { headers?: { get(name: string): string | undefined } };
  };
  const reason = String(statusCode || code || name || 'failed');
  if (later.has(statusCode)) {
    const afterMs = waitOf(response?.headers?.get('retry-after'));
    return { result: 'retry', reason, ...(afterMs > 0 ? { afterMs } : {}) };
  }
  // `errorCode` is the sign-in service's: without its token nothing was sent.
  if (unreached.has(code) || errorCode) return { result: 'retry', reason };
  if (never.has(statusCode) || name === 'HostRefused') return { result: 'park', reason };
  return { result: 'uncertain', reason };
}
