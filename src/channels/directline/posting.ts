import { ConversationGone, type Turns } from '../../bot/turns.ts';
import { Refusal } from '../../http/refusal.ts';
import type { Store } from '../../store/port.ts';
import { type Speaker, unknownConversation } from './conversations.ts';
import { readActivity } from './incoming.ts';
import { activityId, lineOf } from './transcript.ts';

/** What a client sends into a conversation. */
export function createPosting({ turns, store, now }: { turns: Turns; store: Pick<Store, 'lines'>; now: () => number }) {
  const by = ({ conversation, user }: Speaker) => ({
    from: { id: user, name: '', role: 'user' },
    conversation: { id: conversation, isGroup: false, conversationType: '', name: '' },
    channelId: 'directline',
    timestamp: new Date(now()),
  });

  const receive = (activity: Parameters<Turns['receive']>[0]) =>
    turns.receive(activity, { fetches: true }).catch((error: unknown) => {
      throw error instanceof ConversationGone ? unknownConversation : error;
    });

  /** Lets the bot say kindly that it takes no documents (rule G2). A resend with the same `name` is told nothing new. */
  async function refuseFiles(who: Speaker, name?: string): Promise<void> {
    const mark = name ? { channelData: { clientActivityID: `${name}:files` } } : {};
    await receive({ ...by(who), ...mark, type: 'event', name: 'support/uploadRefused' });
  }

  async function isInTranscript(conversation: string, id: string): Promise<boolean> {
    const seq = lineOf(conversation, id);
    return seq !== undefined && (await store.lines(conversation, seq - 1, 1)).length > 0;
  }

  return {
    refuseFiles,
    /** @returns the id of the activity; of one that leaves no line in the transcript, an id that names none */
    async activity(who: Speaker, body: unknown): Promise<string> {
      const { kind, activity, clientActivityID, files } = readActivity(body);
      if (kind === 'ignored') return activityId(who.conversation, 0);
      if (files) await refuseFiles(who, clientActivityID);
      if (files && !activity.text)
        throw new Refusal(415, 'UploadsRefused', 'Documents are not accepted in the chat, and none was stored.');
      const { replyToId, ...rest } = activity;
      const answers = replyToId !== undefined && (await isInTranscript(who.conversation, replyToId));
      const { seq = 0 } = await receive({ ...rest, ...(answers ? { replyToId } : {}), ...by(who) });
      return activityId(who.conversation, seq);
    },
  };
}
