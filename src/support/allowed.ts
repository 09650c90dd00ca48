/** What somebody may do with a ticket: what is offered on a card, and refused to anybody else. */
import type { Refused, Verb } from './desk.ts';
import { owedSince, type Ticket } from './ticket.ts';

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

/** What a decision must know besides the ticket. */
export interface Circumstances {
  /** Milliseconds since 1970. */
  now: number;
  /** Milliseconds after which an owner who has done nothing about a request counts as away. */
  awayAfter: number;
  /** Whoever has it is no member of the team any more. */
  ownerLeft?: boolean | undefined;
}

/** Nobody is kept from helping: the customer has waited so long that it was said in the channel, or the owner is away. */
function isFree(ticket: Ticket, { now, awayAfter, ownerLeft = false }: Circumstances): boolean {
  const { activeAt = ticket.claimedAt ?? ticket.request.openedAt, reminded } = ticket;
  const owed = owedSince(ticket);
  return ownerLeft || (owed !== undefined && reminded.unanswered === owed) || now - activeAt >= awayAfter;
}

export function allowed(ticket: Ticket, agent: string, circumstances: Circumstances): readonly Verb[] {
  // Whose card is missing in the channel nobody can take there, so anybody may bring it.
  if (ticket.status === 'waiting') return ['claim', 'note', 'resend'];
  if (ticket.status === 'closed') return ['reopen', 'note'];
  if (ticket.owner?.id === agent) return whenOwned;
  return isFree(ticket, circumstances) ? ['takeOver', 'note'] : ['note'];
}

/** Why it is not allowed. */
export function whyNot({ status, owner }: Ticket, verb: Verb): Refused {
  const by = owner ? { by: owner.name } : {};
  if (status === 'closed') return { why: 'closed', ...by };
  if (verb === 'reopen') return { why: 'notClosed', ...by };
  if (status === 'waiting') return { why: 'notTaken' };
  if (verb === 'takeOver') return { why: 'notOverdue', ...by };
  return { why: verb === 'claim' ? 'taken' : 'notYours', ...by };
}
