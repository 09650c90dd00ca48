/** What an agent can choose from, in the agent's language. */
import { nodeKey } from '../../../conversation/node-reply.ts';
import { causesOf } from '../../../support/causes.ts';
import { type Ticket, verdicts } from '../../../support/ticket.ts';
import { botAnswers, fieldNames, ownAnswers, questionsOf, walks } from '../offered.ts';
import type { Choices } from './parts.ts';
import type { Say } from './say.ts';

export const readyAnswers = (say: Say): Choices => [
  ...ownAnswers.map((name) => ({ value: name, title: say(`ready.${name}.title`) })),
  ...botAnswers.map((name) => ({ value: name, title: say.part({ key: `flows:answers.${name}.short` }) })),
];

/** Every question of every flow, and each flow from its start: `flow` or `flow.node`. */
export const places = (say: Say): Choices => {
  const name = (flow: string) => say.part({ key: `bot:flows.${flow}` });
  const question = (flow: string, node: string) => say.part({ key: `${nodeKey({ flow, node })}.short` });
  return [
    ...walks.map((flow) => ({ value: flow, title: say('inputs.start', { flow: name(flow) }) })),
    ...walks.flatMap((flow) =>
      questionsOf(flow).map((node) => ({
        value: `${flow}.${node}`,
        title: `${name(flow)} · ${question(flow, node)}`,
      })),
    ),
  ];
};

export const fields = (say: Say, ticket: Ticket): Choices =>
  fieldNames(ticket).map((field) => ({
    value: field,
    title: say.part({ key: `flows:contactSupport.${field}.short` }),
  }));

export const causes = (say: Say, { request }: Ticket): Choices =>
  causesOf(request.topic).map((name) => ({ value: name, title: say(`causes.${name}`) }));

const chosen: Record<string, ((say: Say, ticket: Ticket) => Choices) | undefined> = {
  ...{ ready: readyAnswers, guide: places, ask: fields, close: causes },
};
/** What somebody has chosen, in the agent's language; undefined for a name that is not offered any more. */
export const titleOf = (what: string, name: string, ticket: Ticket, say: Say): string | undefined =>
  chosen[what]?.(say, ticket).find(({ value }) => value === name)?.title;

export const verdictChoices = (say: Say): Choices =>
  verdicts.map((name) => ({ value: name, title: say(`verdicts.${name}`) }));
