/** A request to support as it is stored, `ticket/<id>`: who has it, what was written both ways, everything that was done. */
import { z } from 'zod';
import type { Given, Request, RequestFacts, Step } from '../conversation/state.ts';
import { addressIn } from './request.ts';

const person = z.object({ id: z.string(), name: z.string(), language: z.string() });
/** A member of the support team; `id` is the channel's own. */
export type Person = z.output<typeof person>;

/**
 * What is known of what an agent has said: `delivered` into the chat, `seen` there, sent by mail (`mailed`); `uncertain` and `failed`
 * with a reason, on channels that take messages one by one.
 */
const deliveries = ['sending', 'delivered', 'seen', 'mailed', 'uncertain', 'failed'] as const;
const message = z.object({
  /** The channel's id of what was written: the same one is taken once. */
  id: z.string(),
  at: z.number(),
  from: z.enum(['customer', 'agent', 'note']),
  name: z.string().optional(),
  /** As it was typed; secrets are masked before. */
  text: z.string(),
  /** A ready answer's name, instead of words: those, in the customer's language, stand in the transcript only. */
  ready: z.string().optional(),
  /** The same for the field that an agent asks the customer for. */
  ask: z.string().optional(),
  /** The same for where an agent sends the customer with the bot: `flow` or `flow.node`. */
  guide: z.string().optional(),
  /** The question that the customer's message answers. */
  field: z.string().optional(),
  /** The line of the customer's transcript. */
  seq: z.number().optional(),
  delivery: z.enum(deliveries).optional(),
  reason: z.string().optional(),
});
export type Message = z.output<typeof message>;

const entry = z.object({ at: z.number(), by: z.string(), what: z.string(), about: z.string().optional() });

export const verdicts = ['right', 'partly', 'wrong', 'notAsked'] as const;

const isRecord = (value: unknown) => typeof value === 'object' && value !== null;

export const ticketSchema = z.object({
  conversation: z.string(),
  channel: z.string().default('directline'),
  request: z.custom<Request>(isRecord),
  status: z.enum(['waiting', 'claimed', 'closed']),
  /** Raised by every change: what a card was made from. */
  revision: z.number().default(0),
  owner: person.optional(),
  /** An agent hub behind the customer's channel has it (ADR 5): the desk is told nothing of it. */
  hub: z.literal(true).optional(),
  /** Names in `log[].by`: an agent's name, `customer` or `bot`. */
  log: z.array(entry).default([]),
  messages: z.array(message).default([]),
  /** Ids of commands and messages that were taken lately. */
  handled: z.array(z.string()).default([]),
  /** Where its card stands: the thread's conversation and the card's own activity. */
  card: z.object({ serviceUrl: z.string(), conversation: z.string(), activity: z.string() }).optional(),
  /** Since when nobody has it. */
  freeSince: z.number().optional(),
  claimedAt: z.number().optional(),
  /** When its owner has done something about it last. */
  activeAt: z.number().optional(),
  answeredAt: z.number().optional(),
  closedAt: z.number().optional(),
  /** The customer's oldest message that no answer followed. */
  waitingSince: z.number().optional(),
  /** For which `freeSince` and `owedSince` it was brought up again. */
  reminded: z.object({ unclaimed: z.number().optional(), unanswered: z.number().optional() }).default({}),
  /** How often the customer has changed the address and asked for the talk by mail; one more than may be: refused, and noted. */
  wishes: z.object({ address: z.number().default(0), transcript: z.number().default(0) }).prefault({}),
  /** The address that stood in the request when an agent answered last. */
  answeredTo: z.string().optional(),
  /** When mails to the customer were written, of the last day; `later`: what is more than may be waits until then. */
  mails: z.object({ at: z.array(z.number()).default([]), later: z.number().optional() }).prefault({}),
  /**
   * The desk has stopped at `at`, which was told and mailed with the talk up to its line `upTo`; `more`: what the customer has
   * written since goes in one more mail.
   */
  stopped: z.object({ at: z.number(), upTo: z.number(), more: z.literal(true).optional() }).optional(),
  /** The walk on which an agent has sent the customer. */
  guided: z.custom<Step[]>(Array.isArray).default([]),
  closing: z.object({ cause: z.string(), verdict: z.enum(verdicts) }).optional(),
  rating: z.object({ good: z.boolean(), why: z.string().optional() }).optional(),
  /** What did not arrive, or may not have: its row of the outbox; `message`: an agent's answer that was in it. */
  doubts: z.array(z.object({ row: z.string(), reason: z.string(), message: z.string().optional() })).default([]),
});
export type Ticket = z.output<typeof ticketSchema>;

/** So much of what the customer has done stays in the ticket: however much they write, the transcript has all of it. */
const mostOfCustomer = 150;
/** Of what agents have done and written, which stands nowhere else; no request comes near it. */
const mostOfTeam = 2000;
const maxHandled = 100;

/** The newest of both, in their order. */
function bounded<One>(all: readonly One[], isCustomers: (one: One) => boolean): One[] {
  const customers = all.filter(isCustomers).length;
  const tooMany = { customer: customers - mostOfCustomer, team: all.length - customers - mostOfTeam };
  if (tooMany.customer <= 0 && tooMany.team <= 0) return [...all];
  return all.filter((one) => tooMany[isCustomers(one) ? 'customer' : 'team']-- <= 0);
}

export function openTicket(request: Request, conversation: string, channel: string): Ticket {
  const log = [{ at: request.openedAt, by: 'customer', what: 'opened' }];
  const { openedAt } = request;
  const waiting = { status: 'waiting', freeSince: openedAt, waitingSince: openedAt };
  return ticketSchema.parse({ conversation, channel, request, ...waiting, log });
}

/** The ticket after one more thing was done; `id` is not taken a second time. */
export function changed(ticket: Ticket, by: string, what: string, now: number, id?: string, about?: string): Ticket {
  return {
    ...ticket,
    revision: ticket.revision + 1,
    log: bounded([...ticket.log, { at: now, by, what, ...(about ? { about } : {}) }], (one) => one.by === 'customer'),
    handled: id ? [...ticket.handled, id].slice(-maxHandled) : ticket.handled,
  };
}

export function withMessage(ticket: Ticket, one: Message): Ticket {
  return { ...ticket, messages: bounded([...ticket.messages, one], ({ from }) => from === 'customer') };
}

export const readTicket = (value: unknown): Ticket => ticketSchema.parse(value);

export const addressOf = ({ request }: Ticket): string | undefined => addressIn(request);

/** Since when its owner owes the customer an answer; undefined: they owe none. */
export function owedSince({ status, waitingSince, claimedAt = 0 }: Ticket): number | undefined {
  return status === 'claimed' && waitingSince !== undefined ? Math.max(waitingSince, claimedAt) : undefined;
}

/** For the talk: src/conversation knows no tickets. */
export function factsOf(ticket: Ticket): RequestFacts {
  const address = addressOf(ticket);
  // Of what a hub's agents have answered nothing comes by here.
  const byHub = ticket.hub === true && ticket.status === 'closed';
  return {
    open: ticket.status !== 'closed',
    address,
    answered: byHub || (address !== undefined && ticket.answeredTo === address),
    wishes: ticket.wishes,
  };
}

/** The request with one more answer; a question is answered once. */
export function withField(request: Request, field: string, given: Given): Request {
  const others = request.fields.filter((one) => one.field !== field);
  return { ...request, fields: [...others, { field, given }] };
}
