/** Plays a conversation on the core: say something, look at the node names. */
import { toActivity } from '../../src/bot/activities.ts';
import { converse } from '../../src/conversation/converse.ts';
import {
  type CustomerEffect,
  type Effect,
  type Event,
  newState,
  type Reply,
  type State,
  type World,
} from '../../src/conversation/state.ts';
import { happened } from '../../src/support/customer-side.ts';
import { factsOf, openTicket, type Ticket } from '../../src/support/ticket.ts';
import { testWorld, texts } from './world.ts';

export interface Talk {
  /** Types a message, or presses the button of that option at the open question (`@name`). */
  say(text: string): Reply[];
  send(event: Event): Reply[];
  /** The last message's node, as `flow.node`; `null.menu` for the bot's own questions. */
  where(): string;
  /** The words of the last turn. */
  words(): string;
  state: State;
  effects: Effect[];
  /** What went to the agents' desk. */
  toDesk: CustomerEffect[];
  /** The request that was passed on last, with what the customer has done to it. */
  ticket: Ticket | undefined;
  later(hours: number): void;
}

export function talk(language: string, changes: Partial<World> = {}): Talk {
  let world = testWorld(changes);
  let last: Reply[] = [];
  const talk: Talk = {
    state: newState(language, world.now),
    effects: [],
    toDesk: [],
    ticket: undefined,
    send(event) {
      const request = talk.ticket && factsOf(talk.ticket);
      const outcome = converse(talk.state, event, { ...world, request });
      talk.state = structuredClone(outcome.state); // what is stored must survive being stored
      talk.effects.push(...outcome.effects);
      talk.toDesk.push(...(outcome.toDesk ?? []));
      for (const effect of outcome.effects)
        if (effect.type === 'openTicket') talk.ticket = openTicket(effect.request, 'c', 'directline');
      for (const effect of outcome.toDesk ?? [])
        talk.ticket = talk.ticket && happened(talk.ticket, effect, world.now, { id: `${talk.toDesk.length}` }).ticket;
      last = outcome.replies;
      return last;
    },
    say: (text) => talk.send({ type: 'message', text: text.startsWith('@') ? press(text.slice(1)) : text }),
    where: () => `${last.at(-1)?.flow}.${last.at(-1)?.node}`,
    words: () => last.map((reply) => toActivity(reply, talk.state.language, texts).text).join('\n\n'),
    later(hours) {
      world = { ...world, now: world.now + hours * 3600_000 };
    },
  };
  function press(option: string): string {
    const choice = last
      .at(-1)
      ?.choices.find(({ part }) => part.key.endsWith(`.${option}`) || part.key.includes(`.${option}.`));
    if (!choice) throw new Error(`no button "${option}" at ${talk.where()}`);
    return texts.label(talk.state.language, choice.part.key);
  }
  talk.send({ type: 'join', language });
  return talk;
}

/** Every test of a conversation runs in every offered language. */
export const everyLanguage = texts.languages;
