/**
 * What an agent may do with a ticket, and what comes of it. Pure: who is first is decided by the commit of the result
 * under the version that was read. Whatever is offered on a card is asked of `allowed`, and refused by the same list.
 */
import type { DeskEvent } from '../conversation/state.ts';
import type { FlowName } from '../flow/define-flow.ts';
import { allowed, type Circumstances, whyNot } from './allowed.ts';
import { causesOf } from './causes.ts';
import type { Post } from './post.ts';
import { addressOf, changed, type Message, type Person, type Ticket, type verdicts, withMessage } from './ticket.ts';

export type Command =
  | { verb: 'claim' | 'release' | 'reopen' }
  /** `ownerLeft`: whoever has it is no member of the team any more. */
  | { verb: 'takeOver'; ownerLeft?: boolean }
  | { verb: 'handOver'; to: Person }
  | { verb: 'answer' | 'note'; text: string }
  | { verb: 'ready'; name: string }
  /** Sends the customer into a flow. */
  | { verb: 'guide'; flow: FlowName; node?: string | undefined }
  | { verb: 'ask'; field: string }
  | { verb: 'close'; cause: string; verdict: (typeof verdicts)[number] }
  | { verb: 'resend'; row: string };
export type Verb = Command['verb'];

/** Why not; each is a text `desk:refused.<why>`. */
export interface Refused {
  why:
    | 'taken'
    | 'notYours'
    | 'notTaken'
    | 'closed'
    | 'notClosed'
    | 'notOverdue'
    | 'otherOpen'
    | 'empty'
    | 'tooLong'
    | 'unknown';
  /** Who has it. */
  by?: string;
  /** The customer's other request. */
  other?: string;
}
export type Decision =
  | { ticket: Ticket; tells: DeskEvent[]; posts: Post[] }
  | { refused: Refused }
  /** The same press or message once more. */
  | { repeated: true };

/** Signs of one message, either way: what a card can show. */
export const maxText = 4000;

/**
 * @param id the channel's id of the press or message; the same one changes nothing
 * @param other another request of the same talk that is open: a talk is about one at a time
 */
export function decide(
  before: Ticket,
  command: Command,
  actor: Person,
  circumstances: Circumstances,
  id: string,
  other?: Ticket,
): Decision {
  if (before.handled.includes(id)) return { repeated: true };
  const { verb } = command;
  const ownerLeft = command.verb === 'takeOver' && command.ownerLeft;
  if (!allowed(before, actor.id, { ...circumstances, ownerLeft }).includes(verb))
    return { refused: whyNot(before, verb) };
  if (other && (verb === 'reopen' || (verb === 'claim' && other.status === 'claimed')))
    return { refused: { why: 'otherOpen', other: other.request.id } };
  const decision = carryOut(before, command, actor, circumstances.now, id);
  if (!('ticket' in decision)) return decision;
  const { owner } = decision.ticket;
  const isActive = owner && (owner.id === actor.id || owner.id !== before.owner?.id);
  return isActive ? { ...decision, ticket: { ...decision.ticket, activeAt: circumstances.now } } : decision;
}

function carryOut(before: Ticket, command: Command, actor: Person, now: number, id: string): Decision {
  const { verb } = command;
  const log = (about?: string) => changed(before, actor.name, verb, now, id, about);
  /** What the bot puts into the customer's language. */
  const saying = (what: Pick<Message, 'ready' | 'ask' | 'guide'>, about: string) =>
    answered(withMessage(log(about), { id, at: now, from: 'agent', name: actor.name, text: '', ...what }), now);
  const post = (key: string, more: Partial<Post> = {}): Post => ({ key, values: { name: actor.name }, ...more });

  switch (command.verb) {
    case 'claim':
    case 'takeOver': {
      const { owner } = before;
      const ticket: Ticket = { ...anew(log(owner?.name)), status: 'claimed', owner: actor, claimedAt: now };
      const tells = [...(owner ? [left(owner)] : []), joined(actor)];
      const mention = owner ? { mention: owner } : {};
      return { ticket, tells, posts: [post(verb === 'claim' ? 'claimed' : 'takenOver', mention)] };
    }
    case 'release': {
      const { owner: _, ...free } = log();
      return {
        ticket: { ...free, status: 'waiting', freeSince: now },
        tells: [left(actor)],
        posts: [post('released')],
      };
    }
    case 'handOver': {
      const { to } = command;
      if (to.id === actor.id) return { refused: { why: 'unknown' } };
      const ticket: Ticket = { ...anew(log(to.name)), owner: to, claimedAt: now };
      return { ticket, tells: [left(actor), joined(to)], posts: [post('handedOver', { mention: to })] };
    }
    case 'answer':
    case 'note': {
      const text = command.text.trim();
      if (!text) return { refused: { why: 'empty' } };
      if (text.length > maxText) return { refused: { why: 'tooLong' } };
      const from = verb === 'answer' ? ('agent' as const) : ('note' as const);
      const ticket = withMessage(log(), { id, at: now, from, name: actor.name, text });
      if (from === 'note') return { ticket, tells: [], posts: [] };
      return { ticket: answered(ticket, now), tells: [{ what: 'answer', id, name: actor.name, text }], posts: [] };
    }
    case 'ready': {
      const ticket = saying({ ready: command.name }, command.name);
      const tell: DeskEvent = { what: 'ready', id, name: actor.name, ready: command.name };
      return { ticket, tells: [tell], posts: [] };
    }
    case 'guide': {
      const { flow, node } = command;
      const guide = node ? `${flow}.${node}` : flow;
      const ticket = saying({ guide }, guide);
      const tell: DeskEvent = { what: 'guide', id, name: actor.name, flow, ...(node ? { node } : {}) };
      return { ticket: { ...ticket, guided: [] }, tells: [tell], posts: [] };
    }
    case 'ask': {
      const { field } = command;
      const ticket = saying({ ask: field }, field);
      return { ticket, tells: [{ what: 'ask', id, name: actor.name, field }], posts: [] };
    }
    case 'close': {
      const { cause, verdict } = command;
      if (!causesOf(before.request.topic).includes(cause)) return { refused: { why: 'unknown' } };
      const { waitingSince: _, ...rest } = log(cause);
      const ticket: Ticket = { ...rest, status: 'closed', closedAt: now, closing: { cause, verdict } };
      return { ticket, tells: [{ what: 'closed', name: actor.name }], posts: [post('closed')] };
    }
    case 'reopen': {
      const { closedAt: _, closing: __, ...rest } = log();
      const ticket: Ticket = { ...rest, status: 'claimed', owner: actor, claimedAt: now };
      return { ticket, tells: [joined(actor)], posts: [post('reopened')] };
    }
    case 'resend': {
      const doubt = before.doubts.find(({ row }) => row === command.row);
      if (!doubt) return { refused: { why: 'unknown' } };
      const again = ({ reason: _, ...one }: Message): Message => ({ ...one, delivery: 'sending' });
      const messages = before.messages.map((one) => (one.id === doubt.message ? again(one) : one));
      const doubts = before.doubts.filter((one) => one !== doubt);
      return { ticket: { ...log(), messages, doubts }, tells: [], posts: [] };
    }
  }
}

/** Somebody else has it: how long they let the customer wait is counted from now. */
function anew(ticket: Ticket): Ticket {
  const { unanswered: _, ...reminded } = ticket.reminded;
  return { ...ticket, reminded };
}

const joined = ({ name, language }: Person): DeskEvent => ({ what: 'joined', name, language });
const left = ({ name }: Person): DeskEvent => ({ what: 'left', name });

function answered(ticket: Ticket, now: number): Ticket {
  const { waitingSince: _, ...rest } = ticket;
  const answeredTo = addressOf(ticket);
  return { ...rest, answeredAt: ticket.answeredAt ?? now, ...(answeredTo ? { answeredTo } : {}) };
}
