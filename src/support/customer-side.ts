/** What a customer does to their ticket. Pure, like src/support/desk.ts. */
import type { CustomerEffect } from '../conversation/state.ts';
import type { Post } from './post.ts';
import { changed, type Ticket, withField, withMessage } from './ticket.ts';

export interface Happened {
  ticket: Ticket;
  posts: Post[];
}

/** @param from the id and the transcript line of the customer's message */
export function happened(
  before: Ticket,
  effect: CustomerEffect,
  now: number,
  from: { id: string; seq?: number | undefined },
): Happened {
  const mention = before.owner ? { mention: before.owner } : {};
  switch (effect.type) {
    case 'relay': {
      const { text, field, given } = effect;
      const ticket = withMessage(changed(before, 'customer', 'wrote', now), {
        ...{ id: from.id, at: now, from: 'customer' as const, text },
        ...(field ? { field } : {}),
        ...(from.seq ? { seq: from.seq } : {}),
      });
      return {
        ticket: {
          ...ticket,
          waitingSince: before.waitingSince ?? now,
          ...(field && given ? { request: withField(before.request, field, given) } : {}),
        },
        posts: [{ key: 'customer', words: text, ...mention }],
      };
    }
    case 'left':
      return { ticket: changed(before, 'customer', 'left', now), posts: [{ key: 'left' }] };
    case 'reopen': {
      if (before.status !== 'closed') return { ticket: before, posts: [] };
      const { closedAt: _, closing: __, ...rest } = changed(before, 'customer', 'reopen', now);
      // Whoever knew the case is asked first; a colleague can take it over when they do not answer.
      return {
        ticket: { ...rest, status: before.owner ? 'claimed' : 'waiting', waitingSince: now, freeSince: now },
        posts: [{ key: 'reopenedByCustomer', ...mention }],
      };
    }
    case 'rate': {
      const { good, why } = effect;
      const rating = { good, ...(why ? { why } : {}) };
      return { ticket: { ...changed(before, 'customer', 'rated', now), rating }, posts: [] };
    }
    case 'progress':
      return { ticket: { ...before, revision: before.revision + 1, guided: effect.steps }, posts: [] };
    case 'address': {
      const request = withField(before.request, 'email', { value: effect.address });
      return { ticket: { ...changed(before, 'customer', 'address', now), request }, posts: [{ key: 'address' }] };
    }
    case 'transcript':
      return { ticket: changed(before, 'customer', 'transcript', now), posts: [] };
    case 'seen': {
      const isNew = before.messages.some((one) => isUnseen(one) && one.seq !== undefined && one.seq <= effect.upTo);
      if (!isNew) return { ticket: before, posts: [] };
      const messages = before.messages.map((one) =>
        isUnseen(one) && one.seq !== undefined && one.seq <= effect.upTo ? { ...one, delivery: 'seen' as const } : one,
      );
      return { ticket: { ...before, revision: before.revision + 1, messages }, posts: [] };
    }
  }
}

const isUnseen = ({ from, delivery }: Ticket['messages'][number]) =>
  from === 'agent' && (delivery === 'delivered' || delivery === 'mailed');
