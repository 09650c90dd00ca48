/** What an agent can choose from, by name: the cards show it in the agent's language, and a press is held against it. */
import { createHash } from 'node:crypto';
import { answerTable, flowNames, flowTable } from '../../flow/flow-table.ts';
import { fieldsOf } from '../../support/fields.ts';
import type { Ticket } from '../../support/ticket.ts';

/** A colleague in a list of choices: an id of Teams has over a hundred signs. */
export const handleOf = ({ id }: { id: string }): string =>
  createHash('sha256').update(id).digest('base64url').slice(0, 10);

/** The team's own, and every single fact that the bot itself gives. */
export const ownAnswers = ['received', 'needTime', 'moreDetail', 'anythingElse'] as const;
export const botAnswers = Object.keys(answerTable);

/** Flows that can be walked with a customer. */
export const walks = flowNames.filter((flow) => flow !== 'contactSupport');
export const questionsOf = (flow: (typeof walks)[number]) =>
  Object.entries(flowTable[flow].nodes).flatMap(([node, { choose, ask }]) => (choose || ask ? [node] : []));

/** What the customer can be asked for, with its own question. */
export const fieldNames = ({ request }: Ticket): string[] => [
  ...new Set<string>([...fieldsOf(request.topic), 'products', 'pointsShown', 'oldEmail']),
];
