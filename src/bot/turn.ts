/** One turn: read the state, ask the core, write state, transcript, ticket and outbox in one commit, and only then answer. */
import type { Activity } from 'botbuilder';
import { newState } from '../conversation/state.ts';
import { StoreUnavailable } from '../store/port.ts';
import { retrying } from '../store/retrying.ts';
import { type Answered, answeredTo, markOf, remembering } from './answered.ts';
import { asJson, type Conversation, createConversations, type Found, found, isGone } from './conversations.ts';
import { type DataKeeper, takeExport } from './data-turns.ts';
import { type DecideTools, decide, worldOf } from './decide.ts';
import { initiationRows } from './hub.ts';
import { leadingOn, withoutLedTo } from './led-to.ts';
import { replyRow } from './outbox-rows.ts';
import { createQueues } from './queues.ts';
import { primaryTag, toEvent } from './to-event.ts';
import { type TurnFacts, turnFacts } from './turn-facts.ts';
import { ConversationGone, type Delivery, NotStored, type Turns } from './turns.ts';

export interface TurnTools extends DecideTools {
  /** Told of each turn after its commit; must not throw. */
  onTurn?(facts: TurnFacts): void;
  /** Each conversation's order, shared with what agents do in it. */
  inOrder?: ReturnType<typeof createQueues>;
}

type Received = Awaited<ReturnType<Turns['receive']>>;

export function createTurns(tools: TurnTools): Turns & DataKeeper {
  const { store, texts, inOrder = createQueues() } = tools;

  const conversations = createConversations(store);

  function fresh(channel: string, user: string, locale: string | undefined, version = 0): Found {
    const now = tools.now();
    const wanted = primaryTag(locale);
    const language = wanted && texts.languages.includes(wanted) ? wanted : (texts.languages[0] ?? 'en');
    return found(version, { channel, user, openedAt: now, state: newState(language, now), lines: 0, answered: [] });
  }

  /** @throws ConversationGone, StoreUnavailable while it is being erased */
  async function lastOf(id: string, { channelId, from, locale }: Partial<Activity>, fetches: boolean): Promise<Found> {
    const stored = await conversations.last(id);
    if (stored && !isGone(stored)) return stored;
    if (fetches) throw new ConversationGone();
    if (stored?.gone === 'erasing') throw beingErased();
    // Teams uses the id of a chat for ever: whoever was forgotten there begins anew.
    return fresh(channelId ?? '', from?.id ?? '', locale, stored?.version);
  }

  async function attempt(activity: Partial<Activity>, id: string, delivery: Delivery): Promise<Received> {
    const { sendTo, fetches = false } = delivery;
    const incoming = toEvent(activity);
    // Where no request is known it is dropped without a commit that would show that another instance has passed one on.
    if (incoming.event?.type === 'seen') conversations.forget(id);
    const last = await lastOf(id, activity, fetches);
    const before = last.value;
    const ids = idsOf(activity);
    const marks = ids.map(markOf);
    const repeated = marks.some((mark) => last.seen.has(mark)) && answeredTo(marks, before.answered);
    if (repeated) return { seq: repeated.seq, replies: await storedReplies(id, repeated) };
    if (before.erasing) throw fetches ? new ConversationGone() : beingErased();

    const { event, line } = before.ledTo
      ? withoutLedTo(incoming, before, worldOf(tools, undefined, tools.now()))
      : incoming;
    const { handoff, tickets } = before.state;
    // Only a channel of the Bot Framework can have a hub behind it: a page may not speak for one.
    const isFor = event?.type === 'seen' ? handoff !== undefined : event?.type !== 'hub' || sendTo !== undefined;
    if (!event || !isFor) return { seq: undefined, replies: [] };
    const about = (event.type === 'hub' ? undefined : handoff?.ticket) ?? tickets.at(-1);
    const [ticket] = about ? await store.read([`ticket/${about}`]) : [];
    const now = tools.now();
    const began = performance.now();
    const seq = line ? before.lines + 1 : undefined;
    const from = before.lines + (line ? 2 : 1);
    const message = { id: ids[0] ?? `${id}:${seq ?? from}`, seq, place: seq ?? from };
    const { turned, understood } = await decide(tools, before, { event, id, message, ticket, delivery, now });
    const { state, replies, effects, said, docs, rows, data } = turned;

    const to = from + said.length - 1;
    const answered = remembering({ seq, from, to }, marks, before.answered);
    const after: Conversation = {
      ...leadingOn(before, event),
      state,
      lines: to,
      answered,
      ...(sendTo ? { sendTo } : {}),
      ...data?.marks,
    };
    if (sendTo) rows.push(...said.map((reply, i) => replyRow(id, from + i, sendTo, reply, now)));
    rows.push(...(data?.rows(to) ?? []));
    if (sendTo && !tools.settings.desk)
      rows.push(...initiationRows(effects, { conversation: id, upTo: message.place, reference: sendTo }, now));
    const lines = [...(line ? [line] : []), ...said].map((one) => ({ conversation: id, value: asJson(one) }));
    const more = { docs, lines, ...(rows.length ? { outbox: { add: rows } } : {}) };
    await conversations.write(id, last, after, more, marks);
    // What was passed on to an agent was not for the bot to understand.
    const isRelayed = turned.toDesk?.some(({ type }) => type === 'relay');
    const read = isRelayed ? undefined : understood;
    tools.onTurn?.(turnFacts({ state, replies, effects, understood: read, ms: performance.now() - began }));
    const copies = sendTo ? [] : (data?.copies ?? []).map((activity) => ({ seq: to, activity }));
    return { seq, replies: [...said.map((one, i) => ({ seq: from + i, activity: one })), ...copies] };
  }

  function notStored(error: unknown, activity: Partial<Activity>, id: string): unknown {
    if (!(error instanceof StoreUnavailable)) return error;
    const known = conversations.known(id)?.state.language ?? primaryTag(activity.locale) ?? '';
    const language = texts.languages.includes(known) ? known : (texts.languages[0] ?? 'en');
    return new NotStored(error, texts.label(language, 'bot:tryAgain'));
  }

  async function storedReplies(id: string, { from, to }: Answered): Promise<Received['replies']> {
    const lines = await store.lines(id, from - 1, to - from + 1);
    return lines.map(({ seq, value }) => ({ seq, activity: value as Partial<Activity> }));
  }

  return {
    open: ({ id, channel, user, locale }) =>
      inOrder(id, () =>
        retrying(async () => {
          if (await conversations.read(id)) return;
          const opened = fresh(channel, user, locale);
          await conversations.write(id, opened, opened.value);
        }),
      ),
    async known(id) {
      const stored = await conversations.read(id);
      if (stored && isGone(stored)) return 'erased';
      return stored && { user: stored.value.user };
    },
    receive(activity, delivery = {}) {
      const id = activity.conversation?.id;
      if (!id) throw new Error('an activity must name its conversation');
      return inOrder(id, () => retrying(() => attempt(activity, id, delivery))).catch((error: unknown) => {
        throw notStored(error, activity, id);
      });
    },
    forget: conversations.forget,
    takeExport: (id) => inOrder(id, () => retrying(() => takeExport(id, conversations, tools))),
  };
}

const beingErased = () => new StoreUnavailable('the conversation is being erased');

/** The channel's own id, and the one by which a customer's page recognises what it sends again. */
function idsOf(activity: Partial<Activity>): string[] {
  const client: unknown = (activity.channelData as { clientActivityID?: unknown } | undefined)?.clientActivityID;
  return [activity.id, client].filter((id) => typeof id === 'string' && id !== '') as string[];
}
