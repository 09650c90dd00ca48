/** What an agent can choose from: ready answers, places in the flows, questions to ask, causes. */
import { nodeKey } from '../../../conversation/node-reply.ts';
import { answerTable, flowNames, flowTable } from '../../../flow/flow-table.ts';
import { causesOf } from '../../../support/causes.ts';
import { fieldsOf } from '../../../support/fields.ts';
import { type Ticket, verdicts } from '../../../support/ticket.ts';
import type { Say } from './say.ts';

export type Choices = { title: string; value: string }[];

const ownReady = ['received', 'needTime', 'moreDetail', 'anythingElse'];
const walks = flowNames.filter((flow) => flow !== 'contactSupport');

export const readyAnswers = (say: Say): Choices => [
  ...ownReady.map((name) => ({ value: name, title: say(`ready.${name}.title`) })),
  ...Object.keys(answerTable).map((name) => ({ value: name, title: say.part({ key: `flows:answers.${name}.short` }) })),
];

/** Every question of every flow, and each flow from its start: `flow` or `flow.node`. */
export const places = (say: Say): Choices => [
  ...walks.map((flow) => ({
    value: flow,
    title: say('inputs.start', { flow: say.part({ key: `bot:flows.${flow}` }) }),
  })),
  ...walks.flatMap((flow) =>
    Object.entries(flowTable[flow].nodes)
      .filter(([, node]) => node.choose || node.ask)
      .map(([node]) => ({
        value: `${flow}.${node}`,
        title: `${say.part({ key: `bot:flows.${flow}` })} · ${say.part({ key: `${nodeKey({ flow, node })}.short` })}`,
      })),
  ),
];

export const fields = (say: Say, { request }: Ticket): Choices =>
  [...new Set([...fieldsOf(request.topic), 'products', 'pointsShown', 'oldEmail'])].map((field) => ({
    value: field,
    title: say.part({ key: `flows:contactSupport.${field}.short` }),
  }));

export const causes = (say: Say, { request }: Ticket): Choices =>
  causesOf(request.topic).map((name) => ({ value: name, title: say(`causes.${name}`) }));

export const verdictChoices = (say: Say): Choices =>
  verdicts.map((name) => ({ value: name, title: say(`verdicts.${name}`) }));
