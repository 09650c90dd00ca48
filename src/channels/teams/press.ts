/** From a pressed button and the filled-in form to a command of the desk. */
import { z } from 'zod';
import type { FlowName } from '../../flow/define-flow.ts';
import { answerTable, findNode, flowNames } from '../../flow/flow-table.ts';
import type { Command } from '../../support/desk.ts';
import { fieldsOf } from '../../support/fields.ts';
import { type Person, verdicts } from '../../support/ticket.ts';

const word = z.string().max(100);
const inputs = z.object({
  text: z.string().max(5000).default(''),
  ready: word.optional(),
  place: word.optional(),
  field: word.optional(),
  to: z.string().max(500).optional(),
  cause: word.optional(),
  verdict: z.enum(verdicts).optional().catch(undefined),
  words: z.string().max(200).default(''),
  language: z.string().max(10).optional(),
});
export type Inputs = z.output<typeof inputs>;
export const readInputs = (data: unknown): Inputs | undefined => inputs.safeParse(data ?? {}).data;

const readyNames = ['received', 'needTime', 'moreDetail', 'anythingElse', ...Object.keys(answerTable)];
const fields = new Set<string>([...fieldsOf('other'), ...Object.keys(fieldTable())]);
function fieldTable(): Record<string, true> {
  const nodes = ['products', 'pointsShown', 'oldEmail', 'sentOn', 'foldersChecked', 'vatRegistered', 'documentKind'];
  const more = ['oldNumber', 'oldEmailGiven', 'productCount', 'refusedField', 'levelsShown', 'switchPosition'];
  return Object.fromEntries(
    [...nodes, ...more, 'method', 'invoiceNumber', 'invoiceDueDate'].map((name) => [name, true]),
  );
}

/**
 * @param find a colleague by id; undefined for somebody who is not in the team
 * @returns undefined for a verb that is no command on a ticket, or a choice that was not offered
 */
export async function commandOf(
  verb: string,
  given: Inputs,
  find: (id: string) => Promise<Person | undefined>,
): Promise<Command | undefined> {
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
      return given.ready && readyNames.includes(given.ready) ? { verb, name: given.ready } : undefined;
    case 'ask':
      return given.field && fields.has(given.field) ? { verb, field: given.field } : undefined;
    case 'guide': {
      const [flow = '', node] = (given.place ?? '').split('.');
      if (!flowNames.includes(flow as FlowName) || flow === 'contactSupport') return undefined;
      return !node || findNode(flow, node) ? { verb, flow: flow as FlowName, node } : undefined;
    }
    case 'close':
      return given.cause && given.verdict ? { verb, cause: given.cause, verdict: given.verdict } : undefined;
    case 'handOver': {
      const to = given.to ? await find(given.to) : undefined;
      return to && { verb, to };
    }
    default:
      return verb.startsWith('resend ') ? { verb: 'resend', row: verb.slice('resend '.length) } : undefined;
  }
}
