/** After the agent has closed the request: how good the help was, or words that open it again. */
import { maxText } from '../../support/desk.ts';
import { again, askAside, enterFlow } from '../act.ts';
import { optionFor } from '../node-reply.ts';
import type { Handoff, Outcome, Part, State, World } from '../state.ts';
import { inTicket, say } from './said.ts';

/** Words after the agent has closed the request: they open it again, with those that the bot did not understand since. */
export function reopen(text: string | undefined, state: State, { ticket, unsaid }: Handoff, world: World): Outcome {
  const { aside: _, ...rest } = state;
  const talking: State = { ...rest, handoff: { ticket, mode: 'talking' } };
  const parts: Part[] = [{ key: 'bot:handoff.reopened', values: { ticket } }];
  if (unsaid) parts.push({ key: 'bot:handoff.alsoPassed' });
  const outcome = say(talking, parts, 'reopened', ticket, world);
  const words = [unsaid, text].filter(Boolean).join('\n').slice(-maxText);
  const relay = words ? [{ type: 'relay' as const, ticket, text: words }] : [];
  return { ...outcome, toDesk: [{ type: 'reopen', ticket }, ...relay] };
}

/** How good the help was, and why. */
export function rated(name: string, state: State, handoff: Handoff, world: World): Outcome {
  const { ticket } = handoff;
  // Nobody but a hub can give a talk back to it: for more help there is a new request.
  if (name === 'reopen' && handoff.hub) return enterFlow('contactSupport', state, world, 'talk-to-human');
  if (name === 'reopen') return reopen(undefined, state, handoff, world);
  const thanks: Part = { key: 'bot:rating.thanks' };
  if (name === 'skip') return again(state, world, [thanks]);
  const good = name === 'good';
  const outcome = good ? again(state, world, [thanks]) : askAside({ kind: 'ratingWhy' }, state, world);
  return { ...inTicket(outcome, ticket), toDesk: [{ type: 'rate', ticket, good }] };
}

export function ratedWhy(text: string, state: State, { ticket }: Handoff, world: World): Outcome {
  const { aside: _, ...rest } = state;
  const outcome = again(rest, world, [{ key: 'bot:rating.thanks' }]);
  return { ...outcome, toDesk: [{ type: 'rate', ticket, good: false, why: text }] };
}

export const ratingOptions = (kind: 'rating' | 'ratingWhy') =>
  (kind === 'rating' ? ['good', 'notGood', 'reopen'] : ['skip', 'reopen']).map((name) =>
    optionFor(name, `bot:rating.options.${name}`, [`bot:rating.accept.${name}`]),
  );
