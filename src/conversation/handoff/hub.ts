/**
 * An agent hub behind the customer's channel has the talk: it routes what is typed by itself, and says how the hand-off goes
 * (docs/adr/0005-agent-hub.md). The bot keeps quiet from `accepted` to `completed`.
 */
import { again, askAside } from '../act.ts';
import type { Event, HandoffStatus, Outcome, Part, State, World } from '../state.ts';
import { inTicket, isLeave, say } from './said.ts';

const nothing = (state: State): Outcome => ({ state, replies: [], effects: [] });

/** The hub's word about the request that was passed on last; while the agents' own desk has the talk, nobody else takes it. */
export function fromHub(state: State, status: HandoffStatus, world: World): Outcome {
  const { handoff, ...rest } = state;
  const ticket = state.tickets.at(-1);
  const hasIt = handoff?.hub === true && handoff.mode === 'talking';
  if (!ticket || (handoff && !handoff.hub && handoff.mode !== 'closed')) return nothing(state);
  const toDesk: Outcome['toDesk'] = [{ type: 'hub', ticket, status }];
  if (status === 'accepted') {
    if (hasIt) return nothing(state);
    const talking: State = { ...rest, handoff: { ticket, mode: 'talking', hub: true } };
    return { ...say(talking, [{ key: 'bot:handoff.hub.joined' }], 'joined', ticket, world), toDesk };
  }
  if (status === 'completed') {
    if (!hasIt) return nothing(state);
    const closed: State = { ...rest, handoff: { ticket, mode: 'closed', hub: true } };
    const outcome = askAside({ kind: 'rating' }, closed, world, [{ key: 'bot:handoff.hub.closed' }]);
    return { ...inTicket(outcome, ticket), toDesk };
  }
  if (handoff && !hasIt) return nothing(state);
  const where: Part = world.settings.supportEmail
    ? { key: 'bot:handoff.hub.byMail', values: { ticket } }
    : { key: 'flows:contactSupport.kept.text', values: { ticket } };
  return { ...inTicket(again(rest, world, [{ key: 'bot:handoff.hub.failed' }, where]), ticket), toDesk };
}

/** While a hub has the talk, nothing that is typed is for the bot, but the way back to it. */
export function atHub(event: Event, state: State, ticket: string, world: World): Outcome {
  if (event.type !== 'message' || !isLeave(event.text, state, world)) return nothing(state);
  const { handoff: _, ...free } = state;
  const part: Part = { key: 'bot:handoff.hub.left', values: { ticket } };
  return { ...inTicket(again(free, world, [part]), ticket), toDesk: [{ type: 'left', ticket }] };
}
