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
import { type Commit, type DocKey, type Json, type Store, StoreConflict, StoreUnavailable } from '../store/port.ts';
import { ticketId } from '../support/ticket-id.ts';
import { toActivity } from './activities.ts';
import { createBounded } from './bounded.ts';
import { carryOut, type DeskSettings } from './carry-out.ts';
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
  /** Each conversation's order, shared with what agents do in it. */
  inOrder?: ReturnType<typeof createQueues>;
  /** Told of each turn after its commit; must not throw. */
  onTurn?(facts: TurnFacts): void;
}

/** The document `conversation/<id>`. */
export interface Conversation {
  channel: string;
  user: string;
  openedAt: number;
  /** Where the channel took the last answer: what an agent writes later goes there too. */
  sendTo?: NonNullable<Delivery['sendTo']>;
  state: State;
  /** How many lines the transcript has: every commit that appends lines writes this document too. */
  lines: number;
  /** What was answered lately, newest last: channels deliver again, and pages resend. */
  answered: Answered[];
}
interface Answered {
  ids: string[];
  seq?: number;
  /** Its replies are the lines `from` to `to`. */
  from: number;
  to: number;
  at: number;
}

const rememberMs = 24 * 3600_000;
const rememberCount = 100;
const maxConflicts = 5;
const liveCount = 1000;

type Received = Awaited<ReturnType<Turns['receive']>>;

export function createTurns(tools: TurnTools): Turns {
  const { store, texts } = tools;
  const { inOrder = createQueues() } = tools;

  /** As this process wrote them last: a turn need not read again, and another's writing shows as a conflict. */
  const live = createBounded<{ version: number; value: Conversation }>(liveCount);

  async function read(id: string): Promise<{ version: number; value: Conversation | undefined }> {
    const [doc] = await store.read([keyOf(id)]);
    return { version: doc?.version ?? 0, value: doc?.value as Conversation | undefined };
  }

  async function write(id: string, version: number, value: Conversation, { docs = [], ...rest }: Commit = {}) {
    try {
      await store.commit({ docs: [{ key: keyOf(id), version, value: asJson(value) }, ...docs], ...rest });
    } catch (error) {
      if (error instanceof StoreConflict) live.delete(id);
      throw error;
    }
    live.set(id, { version: version + 1, value });
  }

  function fresh(channel: string, user: string, locale: string | undefined): Conversation {
    const now = tools.now();
    const wanted = primaryTag(locale);
    const language = wanted && texts.languages.includes(wanted) ? wanted : (texts.languages[0] ?? 'en');
    return { channel, user, openedAt: now, state: newState(language, now), lines: 0, answered: [] };
  }

  async function attempt(activity: Partial<Activity>, id: string, { sendTo }: Delivery): Promise<Received> {
    const { version, value } = live.get(id) ?? (await read(id));
    const before = value ?? fresh(activity.channelId ?? '', activity.from?.id ?? '', activity.locale);
    const ids = idsOf(activity);
    const repeated = answeredBefore(before.answered, ids);
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
    const kept = before.answered.slice(1 - rememberCount).filter((entry) => now - entry.at < rememberMs);
    const entry: Answered = { ids, ...(seq ? { seq } : {}), from, to, at: now };
    const answered = ids.length ? [...kept, entry] : kept;
    const after: Conversation = { ...before, state, lines: to, answered, ...(sendTo ? { sendTo } : {}) };
    const message = { id: ids[0] ?? `${id}:${seq ?? from}`, seq, place: seq ?? from };
    const asked = { effects, toDesk, conversation: id, channel: before.channel, from: message, ticket, now };
    const { docs, rows } = carryOut(asked, tools.settings, texts);
    if (sendTo) rows.push(...said.map((reply, i) => replyRow(id, from + i, sendTo, reply, now)));
    await write(id, version, after, {
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
    const known = live.get(id)?.value.state.language ?? primaryTag(activity.locale) ?? '';
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
          const { version, value } = await read(id);
          if (!value) await write(id, version, fresh(channel, user, locale));
        }),
      ),
    async known(id) {
      const { value } = await read(id);
      return value && { user: value.user };
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

export const keyOf = (id: string): DocKey => `conversation/${id}`;

/** The channel's own id, and the one by which a customer's page recognises what it sends again. */
function idsOf(activity: Partial<Activity>): string[] {
  const client: unknown = (activity.channelData as { clientActivityID?: unknown } | undefined)?.clientActivityID;
  return [activity.id, client].filter((id) => typeof id === 'string' && id !== '') as string[];
}

/** Plain loops: a conversation remembers a hundred, and nearly every message is new. */
function answeredBefore(answered: readonly Answered[], ids: readonly string[]): Answered | undefined {
  for (const entry of answered) for (const id of entry.ids) if (ids.includes(id)) return entry;
  return undefined;
}

/** Engines write JSON at the call: a date becomes its ISO form, undefined nothing, and nobody changes what was handed in. */
const asJson = (value: object) => value as unknown as Json;
