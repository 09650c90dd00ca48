/** Where no desk of our own is set up, an agent hub behind the customer's channel is asked to take a request over. */
import type { ConversationReference } from 'botbuilder';
import type { Effect } from '../conversation/state.ts';
import type { Json, OutboxRow, Store } from '../store/port.ts';
import type { Sender } from '../support/sender.ts';
import { readTicket } from '../support/ticket.ts';
import { readTalk, withoutLeftOut } from '../support/transcript.ts';
import { initiation } from './handoff-events.ts';
import type { ReplyPayload } from './outbox-rows.ts';

interface InitiationPayload {
  ticket: string;
  /** The last line of the talk that goes along. */
  upTo: number;
  reference: Partial<ConversationReference>;
}

/** Rows of the commit that opens the requests, behind the replies that say so. */
export function initiationRows(
  effects: readonly Effect[],
  { conversation, ...rest }: { conversation: string } & Omit<InitiationPayload, 'ticket'>,
  now: number,
): OutboxRow[] {
  return effects.flatMap((effect) => {
    if (effect.type !== 'openTicket') return [];
    const { id: ticket } = effect.request;
    const payload = JSON.parse(JSON.stringify({ ticket, ...rest } satisfies InitiationPayload)) as Json;
    return [
      {
        ...{ id: `handoff:${ticket}`, target: `reply:${conversation}`, kind: 'handoff', payload },
        ...{ dueAt: now, attempts: 0, state: 'waiting' as const },
      },
    ];
  });
}

/**
 * Sender of `handoff`: the event is written when it is sent, so that the talk is not kept twice.
 * @param reply sends rows of the kind `reply`
 */
export function initiationSender(store: Pick<Store, 'read' | 'lines'>, reply: Sender): Sender {
  return {
    repeatable: false,
    async send(row) {
      const { ticket: id, upTo, reference } = row.payload as unknown as InitiationPayload;
      const activity = await write(id, upTo, reference).catch(() => 'unread' as const);
      if (activity === 'unread') return { result: 'retry', reason: 'the store could not be read' };
      if (!activity) return { result: 'done' };
      const payload = JSON.parse(JSON.stringify({ reference, activity } satisfies ReplyPayload)) as Json;
      return reply.send({ ...row, payload });
    },
  };

  async function write(id: string, upTo: number, reference: InitiationPayload['reference']) {
    const [doc] = await store.read([`ticket/${id}`]);
    if (!doc?.value) return undefined;
    const { request, conversation } = readTicket(doc.value);
    return initiation(request, withoutLeftOut(await readTalk(store, conversation, upTo), request), reference);
  }
}
