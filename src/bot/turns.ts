import type { Activity, ConversationReference } from 'botbuilder';
import { StoreUnavailable } from '../store/port.ts';

export interface Delivery {
  /**
   * Where the channel wants its replies sent: they are then outbox rows of the turn's own commit, sent in order after it.
   * Absent: whoever called takes the replies, or reads them from the transcript.
   */
  sendTo?: Partial<ConversationReference>;
  /** A channel in this process, whose client can fetch what is stored of its conversation; ids are never used again there. */
  fetches?: true;
}

/** Its customer has had the conversation erased: nothing was stored. */
export class ConversationGone extends Error {
  override name = 'ConversationGone';
}

/** Nothing was stored of a turn; `sentence` says so to the customer, in their language. */
export class NotStored extends StoreUnavailable {
  override name = 'NotStored';
  sentence: string;
  constructor(cause: StoreUnavailable, sentence: string) {
    super(cause.message, { cause });
    this.sentence = sentence;
  }
}

/** A customer's side of a conversation as every channel hands it in; `activity` is already authenticated, of a sound shape and size. */
export interface Turns {
  /** Makes the conversation known, durably, before its first activity. Opening again changes nothing. */
  open(conversation: { id: string; channel: string; user: string; locale?: string }): Promise<void>;
  /** Who opened it; `erased` when its customer has had it erased lately; undefined when there is no such conversation. */
  known(conversation: string): Promise<{ user: string } | 'erased' | undefined>;
  /**
   * One turn, in the conversation's order. Resolves after its commit is durable.
   * `seq` is the transcript line of the incoming activity (undefined when the activity leaves no line, such as an event);
   * a repeated `activity.id` or `channelData.clientActivityID` resolves with the first answer and changes nothing.
   * The lines hold activities without `id` and `conversation`: a channel adds its own.
   * @throws NotStored when nothing was stored: the sender must be told to try again; ConversationGone where it `fetches`.
   */
  receive(
    activity: Partial<Activity>,
    delivery?: Delivery,
  ): Promise<{ seq: number | undefined; replies: { seq: number; activity: Partial<Activity> }[] }>;
}
