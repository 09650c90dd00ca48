import { type Activity, TeamsActivityHandler, TurnContext } from 'botbuilder';
import { Refusal } from '../http/refusal.ts';
import { createBounded } from './bounded.ts';
import { withoutFiles } from './files.ts';
import { storeId } from './store-id.ts';
import type { Delivery, Turns } from './turns.ts';
import { withTimeout } from './with-timeout.ts';

/** The support team's side, where a channel has one. */
export interface Desk {
  /** Whether an activity comes from the team and not from a customer. */
  takes(activity: Activity): boolean;
  run(context: TurnContext): Promise<void>;
}

export interface SupportBotOptions {
  turns: Turns;
  desk?: Desk | undefined;
}

/** What a customer does that the conversation has to know. */
const customers: ReadonlySet<string> = new Set(['message', 'event', 'conversationUpdate', 'installationUpdate']);

/** Sends each activity to where it belongs: to the desk, or into the customer's conversation. */
export class SupportBot extends TeamsActivityHandler {
  #options: SupportBotOptions;
  #opened = createBounded<true>(10_000);

  constructor(options: SupportBotOptions) {
    super();
    this.#options = options;
  }

  /** The SDK's own dispatch takes longer than the core's turn, and what it allocates outlives the turn: only what it alone knows goes there. */
  override async run(context: TurnContext): Promise<void> {
    const { activity } = context;
    if (this.#options.desk?.takes(activity)) return this.#options.desk.run(context);
    if (customers.has(activity.type)) return this.#customer(context);
    return super.run(context);
  }

  async #customer(context: TurnContext): Promise<void> {
    const { activity } = context;
    const reference = TurnContext.getConversationReference(activity);
    const inAnswer = activity.deliveryMode === 'expectReplies';
    const replies = await inTime(this.#replies(activity, inAnswer ? {} : { sendTo: reference }));
    if (!inAnswer) return;
    // As sendActivities does it when nobody listens, without its closures, which outlive the turn.
    const addressed = replies.map((reply) => TurnContext.applyConversationReference({ ...reply }, reference));
    context.bufferedReplyActivities.push(...addressed);
  }

  async #replies(activity: Activity, delivery: Delivery): Promise<Partial<Activity>[]> {
    const { turns } = this.#options;
    const conversation = { ...activity.conversation, id: storeId(activity.conversation.id) };
    if (!this.#opened.get(conversation.id)) {
      const { channelId: channel, from, locale } = activity;
      await turns.open({ id: conversation.id, channel, user: from.id, ...(locale ? { locale } : {}) });
      this.#opened.set(conversation.id, true);
    }
    const { said, refused } = withoutFiles({ ...activity, conversation });
    const replies: Partial<Activity>[] = [];
    for (const one of [refused, said]) {
      if (one) replies.push(...(await turns.receive(one, delivery)).replies.map((reply) => reply.activity));
    }
    return replies;
  }
}

/** Channels deliver again after 15 seconds without an answer. */
const answerWithin = 10_000;
const slow = new Refusal(503, 'TryAgain', 'Not stored yet. Please deliver again.', { 'retry-after': '5' });

/**
 * The channel is answered before it loses patience: what is not durable is not acknowledged, but the turn goes on, its replies
 * leave through the outbox, and when the channel delivers again it is recognised.
 */
function inTime<T>(turn: Promise<T>): Promise<T> {
  return withTimeout(turn, answerWithin).catch((error: unknown) => {
    throw (error as Error).name === 'TimeoutError' ? slow : error;
  });
}
