/** What a customer does to their ticket. Pure, like src/support/desk.ts. */
import type { CustomerEffect, HandoffStatus, MailWish } from '../conversation/state.ts';
import type { Post } from './post.ts';
import { changed, type Ticket, withField, withMessage } from './ticket.ts';

export interface Happened {
  ticket: Ticket;
  posts: Post[];
}

/** @param from the id and the transcript line of the customer's message, whose writer has what stands above it in sight */
export function happened(
  stored: Ticket,
  effect: CustomerEffect,
  now: number,
  from: { id: string; seq?: number | undefined },
): Happened {
  const before = withSeen(stored, effect.type === 'seen' ? effect.upTo : (from.seq ?? 0));
  const mention = before.owner ? { mention: before.owner } : {};
  switch (effect.type) {
    case 'relay': {
      const { text, field, given } = effect;
      // No word in the log: who wrote what and when stands in the messages.
      const ticket = withMessage(
        { ...before, revision: before.revision + 1 },
        {
          ...{ id: from.id, at: now, from: 'customer' as const, text },
          ...(field ? { field } : {}),
          ...(from.seq ? { seq: from.seq } : {}),
        },
      );
      return {
        ticket: {
          ...ticket,
          waitingSince: before.waitingSince ?? now,
          ...(field && given ? { request: withField(before.request, field, given) } : {}),
        },
        posts: [{ key: 'customer', words: text, ...mention }],
      };
    }
    case 'left': {
      const left = changed(before, 'customer', 'left', now);
      return before.hub ? { ticket: backFromHub(left, now), posts: [] } : { ticket: left, posts: [{ key: 'left' }] };
    }
    case 'hub':
      return { ticket: atHub(before, effect.status, now), posts: [] };
    case 'reopen': {
      if (before.status !== 'closed') return { ticket: before, posts: [] };
      const { closedAt: _, closing: __, ...rest } = changed(before, 'customer', 'reopen', now);
      // Whoever knew the case is asked first; a colleague can take it over when they do not answer.
      return {
        ticket: {
          ...rest,
          status: before.owner ? 'claimed' : 'waiting',
          waitingSince: now,
          freeSince: now,
          activeAt: now,
        },
        posts: [{ key: 'reopenedByCustomer', ...mention }],
      };
    }
    case 'rate': {
      const { good, why } = effect;
      const rating = { good, ...(why ? { why } : {}) };
      return { ticket: { ...changed(before, 'customer', 'rated', now), rating }, posts: [] };
    }
    case 'language': {
      const { language } = effect;
      const request = { ...before.request, language };
      return {
        ticket: { ...changed(before, 'customer', 'language', now, undefined, language), request },
        posts: [],
      };
    }
    case 'progress':
      return { ticket: { ...before, revision: before.revision + 1, guided: effect.steps }, posts: [] };
    case 'address': {
      const request = withField(before.request, 'email', { value: effect.address });
      const ticket = { ...changed(before, 'customer', 'address', now), request, wishes: oneMore(before, 'address') };
      return { ticket, posts: [{ key: 'address' }] };
    }
    case 'transcript': {
      const ticket = changed(before, 'customer', 'transcript', now);
      return { ticket: { ...ticket, wishes: oneMore(before, 'transcript') }, posts: [] };
    }
    case 'refused': {
      const { what } = effect;
      return {
        ticket: { ...changed(before, 'customer', `${what}Refused`, now), wishes: oneMore(before, what) },
        posts: [],
      };
    }
    case 'seen':
      return { ticket: before, posts: [] };
  }
}

const oneMore = ({ wishes }: Ticket, what: MailWish) => ({ ...wishes, [what]: wishes[what] + 1 });

/** A hub's word, in the log by the names of what an agent at the desk does. */
function atHub(before: Ticket, status: HandoffStatus, now: number): Ticket {
  if (status === 'completed')
    return { ...changed(before, 'hub', 'close', now), hub: true, status: 'closed', closedAt: now };
  if (status === 'failed') return before.hub ? backFromHub(changed(before, 'hub', 'release', now), now) : before;
  const { waitingSince: _, freeSince: __, ...taken } = changed(before, 'hub', 'claim', now);
  return { ...taken, hub: true, status: 'claimed', claimedAt: now };
}

function backFromHub({ hub: _, ...ticket }: Ticket, now: number): Ticket {
  return { ...ticket, status: 'waiting', freeSince: now, waitingSince: now };
}

/** The ticket itself where nothing is new. */
function withSeen(ticket: Ticket, upTo: number): Ticket {
  const isNewlySeen = ({ from, delivery, seq }: Ticket['messages'][number]) =>
    from === 'agent' && (delivery === 'delivered' || delivery === 'mailed') && seq !== undefined && seq <= upTo;
  if (!ticket.messages.some(isNewlySeen)) return ticket;
  const messages = ticket.messages.map((one) => (isNewlySeen(one) ? { ...one, delivery: 'seen' as const } : one));
  return { ...ticket, revision: ticket.revision + 1, messages };
}
