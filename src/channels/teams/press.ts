/** From a pressed button and the filled-in form to a command of the desk. */
import { z } from 'zod';
import type { Command } from '../../support/desk.ts';
import { type Person, type Ticket, verdicts } from '../../support/ticket.ts';
import { botAnswers, fieldNames, ownAnswers, questionsOf, walks } from './offered.ts';

const word = z.string().max(100);
const inputs = z.object({
  text: z.string().max(5000).default(''),
  ready: word.optional(),
  place: word.optional(),
  field: word.optional(),
  to: word.optional(),
  cause: word.optional(),
  verdict: z.enum(verdicts).optional().catch(undefined),
  words: z.string().max(200).default(''),
  language: z.string().max(10).optional(),
});
export type Inputs = z.output<typeof inputs>;
export const readInputs = (data: unknown): Inputs | undefined => inputs.safeParse(data ?? {}).data;

const choose = { why: 'choose' } as const;
const unknown = { why: 'unknown' } as const;

const readyNames: readonly string[] = [...ownAnswers, ...botAnswers];

/**
 * @param find a colleague by handle; undefined for somebody who is not in the team
 * @returns or why not: nothing was chosen, or something that is not offered (any more)
 */
export async function commandOf(
  verb: string,
  given: Inputs,
  find: (id: string) => Promise<Person | undefined>,
  ticket: Ticket,
): Promise<Command | { why: 'choose' | 'unknown' }> {
  switch (verb) {
    case 'claim':
    case 'takeOver':
    case 'release':
    case 'reopen':
      return { verb };
    case 'answer':
    case 'note':
      return { verb, text: given.text };
    case 'ready':
      if (!given.ready) return choose;
      return readyNames.includes(given.ready) ? { verb, name: given.ready } : unknown;
    case 'ask':
      if (!given.field) return choose;
      return fieldNames(ticket).includes(given.field) ? { verb, field: given.field } : unknown;
    case 'guide': {
      if (!given.place) return choose;
      const [name, node] = given.place.split('.');
      const flow = walks.find((one) => one === name);
      return flow && (!node || questionsOf(flow).includes(node)) ? { verb, flow, node } : unknown;
    }
    case 'close':
      return given.cause && given.verdict ? { verb, cause: given.cause, verdict: given.verdict } : choose;
    case 'handOver': {
      if (!given.to) return choose;
      const to = await find(given.to);
      return to ? { verb, to } : unknown;
    }
    default:
      return verb.startsWith('resend ') ? { verb: 'resend', row: verb.slice('resend '.length) } : unknown;
  }
}
