import type { Activity, TurnContext } from 'botbuilder';
import { errorFacts, type Log } from '../ops/log.ts';
import { createBounded } from './bounded.ts';
import { createQueues } from './queues.ts';
import { withTimeout } from './with-timeout.ts';

/** Sends the replies of one turn back through its channel. */
export type Deliver = (context: TurnContext, replies: Partial<Activity>[]) => Promise<void>;

/** The channels repeat a delivery that was not answered within 15 seconds. */
const answerWithin = 10_000;
const patience = 20_000;
const tries = 4;

/**
 * In the conversation's order, and once for each delivery: the replies are in the transcript already, so a channel that
 * delivers again while they are under way gets its answer and no second copy. Resolves when they are sent, or earlier when
 * the channel has to be answered; sending then goes on.
 * A new message that may have left is never sent again; one that was turned away for its rate (429, 412) is, after the wait.
 */
export function createDelivery({ log, pause }: { log: Log; pause: (ms: number) => Promise<void> }): Deliver {
  const inOrder = createQueues();
  const handled = createBounded<true>(5000);

  async function send(context: TurnContext, reply: Partial<Activity>): Promise<void> {
    for (let attempt = 1; ; attempt++) {
      try {
        await withTimeout(context.sendActivity(reply), patience);
        return;
      } catch (error) {
        const wait = waitOf(error, attempt);
        if (wait === undefined || attempt === tries) throw error;
        await pause(wait);
      }
    }
  }

  return async (context, replies) => {
    const { conversation, channelId, id } = context.activity;
    const key = `${channelId} ${conversation.id} ${id ?? ''}`;
    if (replies.length === 0 || (id && handled.get(key))) return;
    if (id) handled.set(key, true);
    const sent = inOrder(conversation.id, async () => {
      for (const reply of replies) await send(context, reply);
    }).catch((error: unknown) =>
      log('warn', 'replies were not delivered', { ...errorFacts(error), channel: channelId, status: statusOf(error) }),
    );
    await withTimeout(sent, answerWithin).catch(() => undefined);
  };
}

const statusOf = (error: unknown) => (error as { statusCode?: number } | undefined)?.statusCode;

/** Milliseconds to wait before the next try; undefined when there must be none. */
function waitOf(error: unknown, attempt: number): number | undefined {
  const status = statusOf(error);
  if (status !== 429 && status !== 412) return undefined;
  const { response } = error as { response?: { headers?: { get(name: string): string | undefined } } };
  const told = Number(response?.headers?.get('retry-after'));
  return told > 0 ? Math.min(told, 60) * 1000 : 1000 * 2 ** (attempt - 1);
}
