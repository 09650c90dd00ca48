/** What a turn comes to: the core's outcome in words, and what is promised with it. Nothing is written here. */
import type { Activity } from 'botbuilder';
import { askAside } from '../conversation/act.ts';
import { converse } from '../conversation/converse.ts';
import type { Event, Outcome, Settings, State, Understood, World } from '../conversation/state.ts';
import type { Texts } from '../language/texts.ts';
import { type Doc, type Store, StoreUnavailable } from '../store/port.ts';
import { factsOf, readTicket } from '../support/ticket.ts';
import { ticketId } from '../support/ticket-id.ts';
import { toActivity } from './activities.ts';
import { carryOut, type DeskSettings } from './carry-out.ts';
import type { Conversation } from './conversations.ts';
import { dataTurn, wantsData } from './data-turns.ts';
import type { Delivery } from './turns.ts';

export interface DecideTools {
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
}

export interface Asked {
  event: Event;
  /** The conversation's. */
  id: string;
  /** The message's id, its line if it leaves one, and where it stands in the order of things. */
  message: { id: string; seq: number | undefined; place: number };
  /** Of the request that is at the desk, else of the last one. */
  ticket: Doc | undefined;
  delivery: Delivery;
  now: number;
}

export async function decide(tools: DecideTools, before: Conversation, asked: Asked) {
  const { texts, settings } = tools;
  const { event, id, message, ticket, delivery, now } = asked;
  let understood: Understood | undefined;
  const world = worldOf(tools, ticket, now, (text, language) => {
    understood = tools.understand(text, language);
    return understood;
  });
  const turned = await answer(before.state, event, world, tools, async (core) => {
    const hasLine = message.seq !== undefined;
    const data = wantsData(core) ? await dataTurn(core, id, hasLine, delivery, tools) : undefined;
    const outcome = data?.outcome ?? core;
    const { effects, toDesk } = outcome;
    const promised = { effects, toDesk, conversation: id, channel: before.channel, from: message, ticket, now };
    const said: Partial<Activity>[] = outcome.replies.map((reply) => ({
      ...toActivity(reply, outcome.state.language, texts),
      from: { id: 'bot', name: 'CPS', role: 'bot' },
      timestamp: new Date(now),
    }));
    return { ...outcome, said, ...carryOut(promised, settings), data };
  });
  return { turned, understood };
}

/** What the core sees of the world in a turn. @param ticket of the request that is at the desk, else of the last one */
export function worldOf(
  { texts, settings, random, understand: read }: DecideTools,
  ticket: Doc | undefined,
  now: number,
  understand: World['understand'] = read,
): World {
  return {
    now,
    words: texts,
    understand,
    newTicketId: () => ticketId(random),
    // Most turns do not ask.
    get request() {
      return ticket?.value === undefined ? undefined : factsOf(readTicket(ticket.value));
    },
    settings,
  };
}

/** Whatever goes wrong inside: a plain sentence, a way to a human, and the state as it was. */
async function answer<Made>(
  state: State,
  event: Event,
  world: World,
  { onError }: DecideTools,
  make: (outcome: Outcome) => Promise<Made>,
): Promise<Made> {
  try {
    return await make(converse(state, event, world));
  } catch (error) {
    if (error instanceof StoreUnavailable) throw error;
    onError?.(error);
    return make({ ...askAside({ kind: 'stuck' }, state, world, [{ key: 'bot:internalError' }]), state });
  }
}
