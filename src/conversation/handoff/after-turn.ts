/** What a turn of the bot means for a request at the desk. */
import { addressIn } from '../../support/request.ts';
import type { Outcome, Part, Reply, State, World } from '../state.ts';
import { say } from './said.ts';

/** After a turn of the bot: a new request opens the line to the desk; a walk for the agent is shown to them, and ends with it. */
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
  if (handoff?.mode !== 'guided' || before.handoff?.mode !== 'guided') return outcome;
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
