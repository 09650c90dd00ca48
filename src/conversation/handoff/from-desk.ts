/** What somebody at the agents' desk does to the talk. */
import { answerTable } from '../../flow/flow-table.ts';
import { askAside, enterFlow } from '../act.ts';
import { stillWaiting } from '../answer-time.ts';
import { factValues, nodeKey, optionsOf, valuesFor } from '../node-reply.ts';
import type { DeskEvent, Handoff, Outcome, Part, Reply, State, World } from '../state.ts';
import { inTicket, leaveChoice, message, say } from './said.ts';

/** What an agent, or the absence of one, does to the talk. */
export function fromDesk(state: State, event: DeskEvent, ticket: string, world: World): Outcome {
  const talking = (more: Partial<Handoff> = {}): State => ({ ...state, handoff: { ticket, mode: 'talking', ...more } });
  // In the talk about another request: that one is left as it is.
  const isElsewhere = state.handoff && state.handoff.ticket !== ticket && state.handoff.mode !== 'closed';
  const wasTalking = state.handoff?.ticket === ticket && state.handoff.mode === 'talking';
  /** An agent's word takes the talk back from the bot, whose open question waits: whom the next words reach is said before it. */
  function speaking(outcome: Outcome, name: string): Outcome {
    if (wasTalking) return outcome;
    const back: Part = { key: 'bot:handoff.takenBack', values: { name: { words: name } } };
    return { ...outcome, replies: [message([back], 'takenBack', ticket), ...outcome.replies] };
  }
  switch (event.what) {
    case 'joined': {
      const parts: Part[] = [{ key: 'bot:handoff.joined', values: { name: { words: event.name }, ticket } }];
      if (event.language !== state.language) {
        parts.push({ key: 'bot:handoff.writesIn', values: { language: { language: event.language } } });
      }
      return say(talking(), [...parts, { key: 'bot:handoff.asTyped' }], 'joined', ticket, world);
    }
    case 'left': {
      if (isElsewhere) return { state, replies: [], effects: [] };
      const open = state.aside || state.at ? {} : { aside: { kind: 'menu' } as const };
      const part: Part = { key: 'bot:handoff.agentLeft', values: { name: { words: event.name } } };
      return say({ ...state, ...open, handoff: { ticket, mode: 'waiting' } }, [part], 'left', ticket, world);
    }
    case 'answer':
      return speaking(speak(talking(), event.name, event.text, ticket), event.name);
    case 'ready': {
      const { asked: _, ...rest } = talking().handoff!;
      const reply: Reply = { ...message([readyPart(event.ready, world)], 'answer', ticket), from: event.name };
      return speaking({ state: { ...state, handoff: rest }, replies: [reply], effects: [] }, event.name);
    }
    case 'ask': {
      const place = { flow: 'contactSupport', node: event.field } as const;
      const reply: Reply = {
        ...message([{ key: `${nodeKey(place)}.text`, values: valuesFor(place, state, world) }], 'ask', ticket),
        from: event.name,
        choices: [...optionsOf(place, state).map((option) => option.choice), leaveChoice],
      };
      return speaking({ state: talking({ asked: event.field }), replies: [reply], effects: [] }, event.name);
    }
    case 'guide': {
      const { aside: _, at: __, ...rest } = state;
      const free: State = { ...rest, returns: [], handoff: { ticket, mode: 'guided', since: world.now } };
      const outcome = enterFlow(event.flow, free, world, undefined, event.node);
      const [first, ...others] = outcome.replies;
      const part: Part = { key: 'bot:handoff.guided', values: { name: { words: event.name } } };
      return { ...outcome, replies: first ? [{ ...first, ticket, parts: [part, ...first.parts] }, ...others] : [] };
    }
    case 'closed': {
      const part: Part = { key: 'bot:handoff.closed', values: { name: { words: event.name }, ticket } };
      if (isElsewhere) return say(state, [part], 'closed', ticket, world);
      const closed: State = { ...state, handoff: { ticket, mode: 'closed' } };
      return inTicket(askAside({ kind: 'rating' }, closed, world, [part]), ticket);
    }
    case 'unclaimed': {
      const unclaimed: Part = { key: 'bot:handoff.unclaimed', values: { ticket } };
      const parts = [unclaimed, ...stillWaiting(event.since, state, world)];
      if (event.byMail) parts.push({ key: 'bot:handoff.byMail' });
      if (!event.address) parts.push({ key: 'bot:handoff.leaveAddress' });
      return say(state, parts, 'unclaimed', ticket, world);
    }
    case 'stopped': {
      const parts: Part[] = [{ key: 'bot:handoff.stopped', values: { ticket } }];
      if (event.byMail) parts.push({ key: 'bot:handoff.stoppedMail' });
      parts.push({ key: 'bot:handoff.stoppedMore' });
      if (!event.address) parts.push({ key: 'bot:handoff.leaveAddress' });
      if (isElsewhere) return say(state, parts, 'stopped', ticket, world);
      const open = state.aside || state.at ? {} : { aside: { kind: 'menu' } as const };
      return say({ ...state, ...open, handoff: { ticket, mode: 'waiting' } }, parts, 'stopped', ticket, world);
    }
    case 'mailLater':
      return say(state, [{ key: 'bot:handoff.mailLater' }], 'mailLater', ticket, world);
  }
}

/** Ready answers are those of desk.json, and every single fact that the bot itself gives. */
export const readyPart = (name: string, world: Pick<World, 'settings'>): Part =>
  Object.hasOwn(answerTable, name)
    ? { key: `flows:answers.${name}.text`, values: factValues(world) }
    : { key: `desk:ready.${name}.text` };

function speak(state: State, from: string, text: string, ticket: string): Outcome {
  return { state, replies: [{ ...message([], 'answer', ticket), from, typed: text }], effects: [] };
}
