/** Every route through a flow, walked by the core itself: each option, and one value of each kind that makes a difference. */
import { choose } from '../conversation/answer-question.ts';
import { optionsOf } from '../conversation/node-reply.ts';
import { type Given, newState, type Place, type Reply, type State, type World } from '../conversation/state.ts';
import type { FlowName, ValueKind } from './define-flow.ts';
import { type AnyTarget, findNode, flowNames, flowTable } from './flow-table.ts';
import { answer, goTo } from './run-flow.ts';

export interface RouteStep extends Place {
  /** An option's name, or the value that was given. */
  given: Given;
}
export interface Route {
  start: string;
  steps: RouteStep[];
  /** Everything the bot said, in order. */
  replies: Reply[];
  /** `end`: the flow's own end; `jump`: another flow took over; `loop`: a question came up again. */
  ends: 'end' | 'jump' | 'loop';
  /** The last node, or the flow that took over. */
  at: string;
}

/** Values that lead to different places, per kind (tables D and G); days count back from today. */
export const samples: Record<ValueKind, readonly (string | number)[]> = {
  points: [0, 1, 499, 500, 501, 1999, 2000, 2500, 2501],
  pastDate: ['0', '30'],
  futureDate: ['0'],
  country: ['FI'],
  email: ['name@example.com'],
  text: ['words'],
  number: [3],
};

/** Nodes at which somebody comes into a flow: its start, and where other flows jump to or return to. */
export function entries(flow: FlowName): string[] {
  const found = new Set([flowTable[flow].start]);
  for (const other of flowNames) {
    for (const target of targetsOf(other)) {
      if (typeof target === 'string') continue;
      if (target.flow === flow && target.at) found.add(target.at);
      if (other === flow && target.back) found.add(target.back);
    }
  }
  return [...found];
}

export function targetsOf(flow: FlowName): AnyTarget[] {
  const { nodes, checks } = flowTable[flow];
  return [
    ...Object.values(nodes).flatMap((node) => [
      ...Object.values(node.choose ?? {}),
      ...(node.next === undefined ? [] : [node.next]),
    ]),
    ...Object.values(checks).flatMap((check) => Object.values(check.to)),
  ];
}

export function* routesOf(
  flow: FlowName,
  start: string,
  world: World,
  prepare: (state: State) => State = (s) => s,
): Generator<Route> {
  const state = prepare(newState('en', world.now));
  const walk = goTo({ state, replies: [], effects: [] }, flow, start, world);
  yield* onward({ start, steps: [], replies: walk.replies }, walk.state, flow, world, new Set());
}

type Begun = Pick<Route, 'start' | 'steps' | 'replies'>;

function* onward(
  begun: Begun,
  state: State,
  flow: FlowName,
  world: World,
  seen: ReadonlySet<string>,
): Generator<Route> {
  const { at } = state;
  if (!at || at.flow !== flow) {
    const left = begun.replies.find((reply) => reply.flow !== flow);
    const last = begun.replies.at(-1);
    yield left ? { ...begun, ends: 'jump', at: String(left.flow) } : { ...begun, ends: 'end', at: last?.node ?? '' };
    return;
  }
  if (seen.has(at.node)) {
    yield { ...begun, ends: 'loop', at: at.node };
    return;
  }
  for (const { given, next } of answersTo(at, state, world)) {
    const step = { flow, node: at.node, given };
    const route = { ...begun, steps: [...begun.steps, step], replies: [...begun.replies, ...next.replies] };
    yield* onward(route, next.state, flow, world, new Set([...seen, at.node]));
  }
}

/** All ways to answer an open question, with what follows. */
export function* answersTo(at: Place, state: State, world: World) {
  const node = findNode(at.flow, at.node);
  if (!node) return;
  for (const option of optionsOf(at, state)) {
    yield { given: { option: option.name } as Given, next: choose(at, node, option.name, state, world) };
  }
  if (!node.ask || node.next === undefined) return;
  for (const sample of samples[node.ask]) {
    const value = node.ask === 'pastDate' || node.ask === 'futureDate' ? daysAgo(world.now, Number(sample)) : sample;
    const told = answer(state, at, { value });
    const placed = node.ask === 'country' ? { ...told, country: String(value) } : told;
    yield {
      given: { value } as Given,
      next: goTo({ state: placed, replies: [], effects: [] }, at.flow, node.next, world),
    };
  }
}

const daysAgo = (now: number, days: number) => new Date(now - days * 86_400_000).toISOString().slice(0, 10);
