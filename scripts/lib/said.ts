/** What the bot says at each node and single answer, in words: the very replies of the core, rendered like any other. */
import { factValues } from '../../src/conversation/node-reply.ts';
import type { Part, Reply } from '../../src/conversation/state.ts';
import { answerTable, findNode, flowNames, flowTable } from '../../src/flow/flow-table.ts';
import { render } from '../../src/language/render.ts';
import type { Texts } from '../../src/language/texts.ts';
import { testWorld } from '../../test/helpers/world.ts';
import { exploreAll } from './explore.ts';

/** A node says the same with other values: so many of its messages are looked at. */
const maxVariants = 20;

/** `flow.node` or `answers.name`. */
export type Spot = string;

export interface Saying {
  /** The text, without the place in the walk-through above it. */
  text: Part;
  options: Part[];
}

/** Every spot with what is said there; a spot that no walk reaches is missing. Computed once. */
export function sayings(): ReadonlyMap<Spot, Saying[]> {
  all ??= collect();
  return all;
}
let all: ReadonlyMap<Spot, Saying[]> | undefined;

function collect(): ReadonlyMap<Spot, Saying[]> {
  const found = new Map<Spot, Map<string, Saying>>();
  for (const { replies } of exploreAll()) {
    for (const reply of replies) {
      const saying = sayingOf(reply);
      if (!saying) continue;
      const spot = `${reply.flow}.${reply.node}`;
      const variants = found.get(spot) ?? new Map<string, Saying>();
      if (variants.size < maxVariants) variants.set(JSON.stringify(saying), saying);
      found.set(spot, variants);
    }
  }
  const values = factValues(testWorld());
  const answers = Object.keys(answerTable).map((name): [Spot, Saying[]] => [
    `answers.${name}`,
    [{ text: { key: `flows:answers.${name}.text`, values }, options: [] }],
  ]);
  return new Map([
    ...[...found].map(([spot, variants]): [Spot, Saying[]] => [spot, [...variants.values()]]),
    ...answers,
  ]);
}

function sayingOf(reply: Reply): Saying | undefined {
  const text = reply.parts.find(({ key }) => key === `flows:${reply.flow}.${reply.node}.text`);
  if (!text) return undefined;
  return { text, options: reply.choices.filter(({ command }) => !command).map(({ part }) => part) };
}

/** The text and its options as plain lines. */
export function inWords({ text, options }: Saying, language: string, texts: Texts): string {
  return [text, ...options].map((part) => render(part, language, texts, 'plain')).join('\n');
}

/** Where each fact is said, by the tables' own word (`says`). */
export function spotsOfFacts(): Map<string, Spot[]> {
  const nodes = flowNames.flatMap((flow) => Object.keys(flowTable[flow].nodes).map((node) => ({ flow, node })));
  const said = [
    ...nodes.map(({ flow, node }) => ({ spot: `${flow}.${node}`, says: findNode(flow, node)?.says ?? [] })),
    ...Object.entries(answerTable).map(([name, answer]) => ({ spot: `answers.${name}`, says: answer.says ?? [] })),
  ];
  const spots = new Map<string, Spot[]>();
  for (const { spot, says } of said) for (const fact of says) spots.set(fact, [...(spots.get(fact) ?? []), spot]);
  return spots;
}

/** Spots whose text holds a conclusion of ours. */
export function inferredSpots(): Spot[] {
  const nodes = flowNames.flatMap((flow) =>
    Object.entries(flowTable[flow].nodes).flatMap(([name, node]) => (node.inferred ? [`${flow}.${name}`] : [])),
  );
  return [
    ...nodes,
    ...Object.entries(answerTable).flatMap(([name, { inferred }]) => (inferred ? [`answers.${name}`] : [])),
  ];
}
