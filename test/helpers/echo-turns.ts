import type { Activity } from 'botbuilder';
import { replyRow } from '../../src/bot/outbox-rows.ts';
import type { Delivery, Turns } from '../../src/bot/turns.ts';
import type { DocKey, Json, Store } from '../../src/store/port.ts';

type Received = Awaited<ReturnType<Turns['receive']>>;

interface Kept {
  user: string;
  answered: Record<string, { seq?: number; replies: number[] }>;
}

const json = (value: object) => JSON.parse(JSON.stringify(value)) as Json;

/** Turns that say back what they hear, over a real store: for tests of what carries activities in and out. */
export function createEchoTurns(store: Store, now: () => number = Date.now): Turns & { received: Partial<Activity>[] } {
  const received: Partial<Activity>[] = [];
  let last: Promise<unknown> = Promise.resolve();
  const inOrder = <T>(work: () => Promise<T>): Promise<T> => {
    const next = last.then(work);
    last = next.catch(() => undefined);
    return next;
  };
  const keyOf = (conversation: string): DocKey => `echo/${conversation}`;

  async function read(conversation: string) {
    const [doc] = await store.read([keyOf(conversation)]);
    return { version: doc?.version ?? 0, value: doc?.value as Kept | undefined };
  }

  function answerTo(activity: Partial<Activity>): string | undefined {
    if (activity.type === 'message') return `echo: ${activity.text ?? JSON.stringify(activity.value)}`;
    if (activity.name === 'support/uploadRefused') return 'no documents, please';
    return activity.name === 'webchat/join' || activity.type === 'conversationUpdate' ? 'hello' : undefined;
  }

  async function turn(activity: Partial<Activity>, { sendTo }: Delivery = {}): Promise<Received> {
    received.push(activity);
    const conversation = activity.conversation?.id ?? '';
    const { version, value = { user: activity.from?.id ?? '', answered: {} } } = await read(conversation);
    const ids = [activity.id, activity.channelData?.clientActivityID].filter(
      (id): id is string => typeof id === 'string',
    );
    const known = ids.map((id) => value.answered[id]).find(Boolean);
    if (known) {
      const stored = await Promise.all(known.replies.map((seq) => store.lines(conversation, seq - 1, 1)));
      const replies = stored.flat().map((line) => ({ seq: line.seq, activity: line.value as Partial<Activity> }));
      return { seq: known.seq, replies };
    }
    const { id: _, conversation: __, ...line } = activity;
    const text = answerTo(activity);
    const reply = {
      type: 'message',
      text,
      from: { id: 'bot', role: 'bot' },
      timestamp: new Date(now()),
    } as Partial<Activity>;
    const lines = [...(activity.type === 'message' ? [line] : []), ...(text ? [reply] : [])];
    const before = (await store.lines(conversation, 0, 1_000_000)).length;
    const seqs = lines.map((_, at) => before + at + 1);
    const seq = activity.type === 'message' ? seqs[0] : undefined;
    const replySeqs = text ? seqs.slice(-1) : [];
    const answered = {
      ...value.answered,
      ...Object.fromEntries(ids.map((id) => [id, { ...(seq ? { seq } : {}), replies: replySeqs }])),
    };
    await store.commit({
      docs: [{ key: keyOf(conversation), version, value: json({ ...value, answered }) }],
      lines: lines.map((value) => ({ conversation, value: json(value) })),
      ...(sendTo && text ? { outbox: { add: [replyRow(conversation, seqs.at(-1) ?? 0, sendTo, reply, now())] } } : {}),
    });
    return { seq, replies: replySeqs.map((at) => ({ seq: at, activity: reply })) };
  }

  return {
    received,
    open: ({ id, user }) =>
      inOrder(async () => {
        const { version, value } = await read(id);
        if (!value) await store.commit({ docs: [{ key: keyOf(id), version, value: json({ user, answered: {} }) }] });
      }),
    async known(conversation) {
      const { value } = await read(conversation);
      return value && { user: value.user };
    },
    receive: (activity, delivery) => inOrder(() => turn(activity, delivery)),
  };
}
