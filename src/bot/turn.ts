/** One turn: read the state, ask the core, write state, transcript, ticket and outbox in one commit, and only then answer. */
import type { Activity } from 'botbuilder';
import { askAside } from '../conversation/act.ts';
import { converse } from '../conversation/converse.ts';
import {
  type Event,
  newState,
  type Outcome,
  type Settings,
  type State,
  type Understood,
  type World,
} from '../conversation/state.ts';
import type { Texts } from '../language/texts.ts';
import { type Store, StoreConflict, StoreUnavailable } from '../store/port.ts';
import { ticketId } from '../support/ticket-id.ts';
import { toActivity } from './activities.ts';
import { carryOut, type DeskSettings } from './carry-out.ts';
import {
  type Answered,
  answeredTo,
  asJson,
  type Conversation,
  createConversations,
  type Found,
  found,
  remembering,
} from './conversations.ts';
import { replyRow } from './outbox-rows.ts';
import { createQueues } from './queues.ts';
import { primaryTag, toEvent } from './to-event.ts';
import { type TurnFacts, turnFacts } from './turn-facts.ts';
import { type Delivery, NotStored, type Turns } from './turns.ts';

export interface TurnTools {
  store: Store;
  texts: Texts;
  understand(text: string, language: string): Understood;
  settings: Settings & DeskSettings;
  /** Told of a failure in the core; never of what the customer wrote. */
  onError?(error: unknown): void;
  /** Milliseconds since 1970. */
  now(): number;
  /** Cryptographic randomness. */
  random(bytes: number): Uint8Array;
  /** Told of each turn after its commit; must not throw. */
  onTurn?(facts: TurnFacts): void;
  /** Each conversation's order, shared with what agents do in it. */
  inOrder?: ReturnType<typeof createQueues>;
}

const maxConflicts = 5;

type Received = Awaited<ReturnType<Turns['receive']>>;

export function createTurns(tools: TurnTools): Turns {
  const { store, texts, inOrder = createQueues() } = tools;

  const conversations = createConversations(store);

  function fresh(channel: string, user: string, locale: string | undefined): Found {
    const now = tools.now();
    const wanted = primaryTag(locale);
    const language = wanted && texts.languages.includes(wanted) ? wanted : (texts.languages[0] ?? 'en');
    return found(0, { channel, user, openedAt: now, state: newState(language, now), lines: 0, answered: [] });
  }

  async function attempt(activity: Partial<Activity>, id: string, { sendTo }: Delivery): Promise<Received> {
    const last =
      (await conversations.last(id)) ?? fresh(activity.channelId ?? '', activity.from?.id ?? '', activity.locale);
    const before = last.value;
    const ids = idsOf(activity);
    const repeated = answeredTo(ids, last);
    if (repeated) return { seq: repeated.seq, replies: await storedReplies(id, repeated) };

    const { event, line } = toEvent(activity);
    const { handoff } = before.state;
    if (!event || (event.type === 'seen' && !handoff)) return { seq: undefined, replies: [] };
    const [ticket] = handoff ? await store.read([`ticket/${handoff.ticket}`]) : [];
    const now = tools.now();
    const began = performance.now();
    let understood: Understood | undefined;
    const world: World = {
      now,
      words: texts,
      understand(text, language) {
        understood = tools.understand(text, language);
        return understood;
      },
      newTicketId: () => ticketId(tools.random),
      settings: tools.settings,
    };
    const { state, replies, effects, toDesk } = answer(before.state, event, world);
    const said = replies.map((reply) => ({
      ...toActivity(reply, state.language, texts),
      from: { id: 'bot', name: 'CPS', role: 'bot' },
      timestamp: new Date(now),
    }));

    const seq = line ? before.lines + 1 : undefined;
    const from = before.lines + (line ? 2 : 1);
    const to = from + said.length - 1;
    const entry: Answered = { ids, ...(seq ? { seq } : {}), from, to, at: now };
    const answered = remembering(entry, before.answered);
    const after: Conversation = { ...before, state, lines: to, answered, ...(sendTo ? { sendTo } : {}) };
    const message = { id: ids[0] ?? `${id}:${seq ?? from}`, seq, place: seq ?? from };
    const asked = { effects, toDesk, conversation: id, channel: before.channel, from: message, ticket, now };
    const { docs, rows } = carryOut(asked, tools.settings, texts);
    if (sendTo) rows.push(...said.map((reply, i) => replyRow(id, from + i, sendTo, reply, now)));
    await conversations.write(id, last, after, {
      docs,
      lines: [...(line ? [line] : []), ...said].map((one) => ({ conversation: id, value: asJson(one) })),
      ...(rows.length ? { outbox: { add: rows } } : {}),
    });
    tools.onTurn?.(turnFacts({ state, replies, effects, understood, ms: performance.now() - began }));
    return { seq, replies: said.map((one, i) => ({ seq: from + i, activity: one })) };
  }

  /** Whatever goes wrong in the core: a plain sentence, a way to a human, and the state as it was. */
  function answer(state: State, event: Event, world: World): Outcome {
    try {
      return converse(state, event, world);
    } catch (error) {
      tools.onError?.(error);
      return { ...askAside({ kind: 'stuck' }, state, world, [{ key: 'bot:internalError' }]), state };
    }
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

  /** Somebody else (another instance) wrote in between: read again and decide again. */
  async function retrying<T>(work: () => Promise<T>): Promise<T> {
    for (let conflicts = 0; ; conflicts++) {
      try {
        return await work();
      } catch (error) {
        if (!(error instanceof StoreConflict) || conflicts >= maxConflicts) throw error;
      }
    }
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
      return stored && { user: stored.value.user };
    },
    receive(activity, delivery = {}) {
      const id = activity.conversation?.id;
      if (!id) throw new Error('an activity must name its conversation');
      return inOrder(id, () => retrying(() => attempt(activity, id, delivery))).catch((error: unknown) => {
        throw notStored(error, activity, id);
      });
    },
  };
}

/** The channel's own id, and the one by which a customer's page recognises what it sends again. */
function idsOf(activity: Partial<Activity>): string[] {
  const client: unknown = (activity.channelData as { clientActivityID?: unknown } | undefined)?.clientActivityID;
  return [activity.id, client].filter((id) => typeof id === 'string' && id !== '') as string[];
}
