/** Every question with buttons that the bot can put: those of the flows, and its own. */
import { asideOptions } from '../../src/conversation/asides.ts';
import type { Option } from '../../src/conversation/match-option.ts';
import { commandChoices, optionFor, optionsOf } from '../../src/conversation/node-reply.ts';
import { type Aside, newState } from '../../src/conversation/state.ts';
import { flowNames, flowTable, intentTable } from '../../src/flow/flow-table.ts';
import { fieldsOf } from '../../src/support/fields.ts';
import { testWorld } from '../../test/helpers/world.ts';

export interface Question {
  /** `flow.node`, or the name of the bot's own question. */
  name: string;
  options: Option[];
}

const state = newState('en', 0);
const topics = Object.keys(flowTable.contactSupport.nodes.topic?.choose ?? {}) as Parameters<typeof fieldsOf>[0][];
/** A guess is one of several that need not fit together; its labels are those of flows and answers. */
const asides: Aside[] = [
  { kind: 'menu' },
  { kind: 'resume' },
  { kind: 'stuck' },
  { kind: 'offers', offers: flowNames },
  { kind: 'guesses', guesses: Object.keys(intentTable) },
  { kind: 'rating' },
  { kind: 'ratingWhy' },
  { kind: 'data' },
  { kind: 'proof', of: 'erase', tries: 0 },
];

export function questions(): Question[] {
  const ofFlows = flowNames.flatMap((flow) =>
    Object.entries(flowTable[flow].nodes)
      .filter(([, node]) => node.choose)
      .map(([node]) => ({ name: `${flow}.${node}`, options: optionsOf({ flow, node }, state) })),
  );
  // "What shall we change?" offers the questions of its topic, by their short names.
  const picks = topics.map((topic) => ({
    name: `contactSupport.change (${topic})`,
    options: fieldsOf(topic).map((field) => optionFor(field, `flows:contactSupport.${field}.short`, [])),
  }));
  const own = asides.map((aside) => ({ name: aside.kind, options: asideOptions(aside, state, testWorld()) }));
  return [...ofFlows, ...picks, ...own];
}

/** Keys of the labels that stand below every question. */
export const commandKeys = commandChoices.map(({ part }) => part.key);

/** Keys of bot.json under which further words for an option may stand. */
export function wordLists(): Set<string> {
  lists ??= new Set([
    'bot:language.accept',
    ...questions().flatMap(({ options }) => options.flatMap(({ acceptKeys }) => acceptKeys)),
  ]);
  return lists;
}
let lists: Set<string> | undefined;
