/**
 * What an agent may do with a ticket, and what comes of it. Pure: who is first is decided by the commit of the result
 * under the version that was read. Whatever is offered on a card is asked of `allowed`, and refused by the same list.
 */
import type { DeskEvent } from '../conversation/state.ts';
import type { FlowName } from '../flow/define-flow.ts';
import { causesOf } from './causes.ts';
import type { Post } from './post.ts';
import { changed, type Message, type Person, type Ticket, type verdicts, withMessage } from './ticket.ts';

export type Command =
  | { verb: 'claim' | 'takeOver' | 'release' | 'reopen' }
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
  why: 'taken' | 'notYours' | 'notTaken' | 'closed' | 'notClosed' | 'notOverdue' | 'empty' | 'tooLong' | 'unknown';
  /** Who has it. */
  by?: string;
}
export type Decision =
  | { ticket: Ticket; tells: DeskEvent[]; posts: Post[] }
  | { refused: Refused }
  /** The same press or message once more. */
  | { repeated: true };

/** Signs of one message, either way: what a card can show. */
export const maxText = 4000;
const whenOwned: readonly Verb[] = [
  'answer',
  'ready',
  'note',
  'ask',
  'guide',
  'handOver',
  'release',
  'close',
  'resend',
];

/** Has the customer waited for an answer so long that it was brought up in the channel? */
export const isOverdue = (ticket: Ticket) =>
  ticket.waitingSince !== undefined && ticket.reminded.unanswered === ticket.waitingSince;

export function allowed(ticket: Ticket, agent: string): readonly Verb[] {
  // Whose card is missing in the channel nobody can take there, so anybody may bring it.
  if (ticket.status === 'waiting') return ['claim', 'note', 'resend'];
  if (ticket.status === 'closed') return ['reopen', 'note'];
  if (ticket.owner?.id === agent) return whenOwned;
  return isOverdue(ticket) ? ['takeOver', 'note'] : ['note'];
}

/** @param id the channel's id of the press or message; the same one changes nothing */
export function decide(before: Ticket, command: Command, actor: Person, now: number, id: string): Decision {
  if (before.handled.includes(id)) return { repeated: true };
  const { verb } = command;
  if (!allowed(before, actor.id).includes(verb)) return { refused: whyNot(before, verb) };
  const log = (about?: string) => changed(before, actor.name, verb, now, id, about);
  /** What the bot puts into the customer's language. */
  const saying = (what: Pick<Message, 'ready' | 'ask' | 'guide'>, about: string) =>
    answered(withMessage(log(about), { id, at: now, from: 'agent', name: actor.name, text: '', ...what }), now);
  const post = (key: string, more: Partial<Post> = {}): Post => ({ key, values: { name: actor.name }, ...more });

  switch (command.verb) {
    case 'claim':
    case 'takeOver': {
      const ticket: Ticket = { ...log(before.owner?.name), status: 'claimed', owner: actor, claimedAt: now };
      const mention = before.owner ? { mention: before.owner } : {};
      return { ticket, tells: [joined(actor)], posts: [post(verb === 'claim' ? 'claimed' : 'takenOver', mention)] };
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
      const ticket: Ticket = { ...log(to.name), owner: to, claimedAt: now };
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

function whyNot({ status, owner }: Ticket, verb: Verb): Refused {
  const by = owner ? { by: owner.name } : {};
  if (status === 'closed') return { why: 'closed', ...by };
  if (verb === 'reopen') return { why: 'notClosed', ...by };
  if (status === 'waiting') return { why: 'notTaken' };
  if (verb === 'takeOver') return { why: 'notOverdue', ...by };
  return { why: verb === 'claim' ? 'taken' : 'notYours', ...by };
}

const joined = ({ name, language }: Person): DeskEvent => ({ what: 'joined', name, language });
const left = ({ name }: Person): DeskEvent => ({ what: 'left', name });

function answered(ticket: Ticket, now: number): Ticket {
  const { waitingSince: _, ...rest } = ticket;
  return { ...rest, answeredAt: ticket.answeredAt ?? now };
}
