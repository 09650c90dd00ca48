/** What a turn of the bot means for a request at the desk. */
import { maxText } from '../../support/desk.ts';
import { addressIn } from '../../support/request.ts';
import type { Handoff, Outcome, Part, Reply, State, World } from '../state.ts';
import { reopenChoice, say } from './said.ts';

/**
 * After a turn of the bot: a new request opens the line to the desk; words that the bot did not understand belong to the request;
 * a walk for the agent is shown to them, and ends with it.
 */
export function afterTurn(before: State, outcome: Outcome, world: World): Outcome {
  const { state, effects } = outcome;
  const opened = effects.find((effect) => effect.type === 'openTicket');
  if (opened && world.settings.desk) {
    const part: Part = { key: 'bot:handoff.waiting' };
    const address = addressIn(opened.request);
    const handoff = { ticket: opened.request.id, mode: 'waiting' } as const;
    return {
      ...outcome,
      state: { ...state, ...(address ? { address } : {}), handoff },
      replies: withPart(outcome.replies, part),
    };
  }
  const { handoff } = state;
  if (!handoff || handoff.ticket !== before.handoff?.ticket || handoff.mode !== before.handoff.mode) return outcome;
  const { missed } = outcome;
  const kept = missed === undefined || handoff.hub ? outcome : withMissed(missed, handoff, outcome);
  return handoff.mode === 'guided' ? walking(handoff, kept, world) : kept;
}

/** What the bot did not understand is for the request: an open one gets it, a closed one can be opened with it. */
function withMissed(missed: string, handoff: Handoff, outcome: Outcome): Outcome {
  const { ticket, mode, unsaid } = handoff;
  const { state, replies, effects } = outcome;
  const told = (name: string): Reply[] => {
    const [first, ...others] = replies;
    const part: Part = { key: `bot:handoff.${name}`, values: { ticket } };
    return first ? [{ ...first, ticket, parts: [part, ...first.parts] }, ...others] : [];
  };
  if (mode !== 'closed') {
    const toDesk: Outcome['toDesk'] = [...(outcome.toDesk ?? []), { type: 'relay', ticket, text: missed }];
    // It is for people to understand now, and no misunderstanding after which a human is offered.
    const others = effects.filter(({ type }) => type !== 'unknown');
    return { ...outcome, state: { ...state, misses: 0 }, replies: told('added'), effects: others, toDesk };
  }
  // What is typed into a new request is for that one.
  if (state.at?.flow === 'contactSupport') return outcome;
  const words = [unsaid, missed].filter(Boolean).join('\n').slice(-maxText);
  const said = told('closedHint');
  const last = said.at(-1);
  const choices = [reopenChoice(ticket), ...(last?.choices ?? [])];
  return {
    ...outcome,
    state: { ...state, handoff: { ...handoff, unsaid: words } },
    replies: last ? [...said.slice(0, -1), { ...last, choices }] : said,
  };
}

function walking(handoff: Handoff, outcome: Outcome, world: World): Outcome {
  const { state } = outcome;
  const { ticket, since = 0 } = handoff;
  const steps = state.ledger.filter(({ at, flow }) => at >= since && flow !== 'contactSupport').slice(-40);
  const shown: Outcome = { ...outcome, toDesk: [...(outcome.toDesk ?? []), { type: 'progress', ticket, steps }] };
  if (state.at) return shown;
  const { aside: _, ...rest } = state;
  const talking: State = { ...rest, handoff: { ticket, mode: 'talking' } };
  const back = say(talking, [{ key: 'bot:handoff.walked' }], 'walked', ticket, world);
  return {
    ...shown,
    state: back.state,
    replies: [...shown.replies.map((one) => ({ ...one, choices: [] })), ...back.replies],
  };
}

function withPart(replies: Reply[], part: Part): Reply[] {
  const last = replies.at(-1);
  return last ? [...replies.slice(0, -1), { ...last, parts: [...last.parts, part] }] : replies;
}
