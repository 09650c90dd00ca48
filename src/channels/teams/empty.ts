/** Takes what the bot has said about a request out of a channel: its customer has had their data erased, or the desk has moved. */
import type { ConnectorClient } from 'botframework-connector';
import { verdict } from '../../bot/send-reply.ts';
import { withTimeout } from '../../bot/with-timeout.ts';
import type { OutboxRow } from '../../store/port.ts';
import { type DeskPost, type EmptyPayload, emptyRow } from '../../support/desk-posts.ts';
import type { Sender, Sent } from '../../support/sender.ts';
import { attachment } from './cards/parts.ts';
import { messageCard } from './cards/post-card.ts';
import { createPace } from './pace.ts';
import type { Places } from './place.ts';
import type { Views } from './views.ts';

export interface EmptyOptions {
  places: Places;
  views: Views;
  connect(serviceUrl: string): Promise<ConnectorClient>;
  supportLanguage: string;
  now(): number;
  /** Milliseconds until a service that does not answer is given up. */
  patience?: number | undefined;
}

/** `says` another text than that it was deleted. */
type Payload = EmptyPayload & { says?: 'moved' };

/** A card that is left behind must not look like a request that waits. */
export function movedRow(card: DeskPost, now: number): OutboxRow {
  const payload = { ...card, says: 'moved' } satisfies Payload;
  return { ...emptyRow(card, now), id: `moved:${card.conversation}:${card.activity}:${now}`, payload };
}

/** Sender of `teams-empty`: the message stays, as one that says what became of it. Where Teams has none any more, all is well. */
export function emptySender(options: EmptyOptions): Sender {
  const { places, views, connect, supportLanguage, now, patience = 20_000 } = options;
  const pace = createPace(now);

  async function empty({ serviceUrl, conversation, activity, says }: Payload): Promise<void> {
    const place = await places.read();
    const { conversations } = await connect(place?.serviceUrl ?? serviceUrl);
    const say = views.say(supportLanguage);
    const attachments = [attachment(messageCard(say(says ?? 'emptied'), say))];
    await conversations.updateActivity(conversation, activity, { type: 'message', id: activity, attachments });
  }

  return {
    repeatable: true,
    async send({ payload }): Promise<Sent> {
      const post = payload as unknown as Payload;
      const wait = pace(post.conversation);
      if (wait > 0) return { result: 'retry', reason: 'pace', afterMs: wait };
      try {
        await withTimeout(empty(post), patience);
        return { result: 'done' };
      } catch (error) {
        const { statusCode } = (error ?? {}) as { statusCode?: number };
        // The bot may have been put out of the channel from which the desk has moved.
        if (statusCode === 404 || (post.says && statusCode === 403)) return { result: 'done' };
        const sent = verdict(error);
        // An update may be repeated, so doubt is no reason to stop.
        return sent.result === 'uncertain' ? { result: 'retry', reason: sent.reason } : sent;
      }
    },
  };
}
