/** Walks every way through a flow once, with the core itself: each answer at each question, per state that makes a difference. */
import { answeredFields } from '../../src/conversation/node-reply.ts';
import { type Given, newState, type Place, type Reply, type State, type World } from '../../src/conversation/state.ts';
import type { FlowName, Topic } from '../../src/flow/define-flow.ts';
import { answersTo, entries } from '../../src/flow/flow-paths.ts';
import { flowNames } from '../../src/flow/flow-table.ts';
import { goTo } from '../../src/flow/run-flow.ts';
import { testWorld } from '../../test/helpers/world.ts';
import { rowsOnStep } from './rows-on-step.ts';

export interface Walked {
  /** The question that was answered; null where the flow was entered. */
  from: Place | null;
  entry: string;
  given?: Given;
  /** What the bot then said. */
  replies: Reply[];
  state: State;
  rows: string[];
  /** The question that is then open has no answer at all. */
  deadEnd: boolean;
}

export interface Setting {
  world: World;
  prepare: (state: State) => State;
}

const withPoints =
  (value: number) =>
  (state: State): State => ({ ...state, answers: { tiers: { points: { value } } } });
const withTopic =
  (topic: Topic) =>
  (state: State): State => ({ ...state, topic });
const asIs = (state: State) => state;
const atDesk = (state: State): State => ({ ...state, tickets: ['T'], handoff: { ticket: 'T', mode: 'waiting' } });
const passedOn = (state: State): State => ({ ...state, tickets: ['T'], passedOnAt: Array(9).fill(state.seenAt) });
const open = { open: true, address: undefined, answered: false, wishes: { address: 0, transcript: 0 } };

/** Worlds and states that open different ways: support reachable or not, points known, a topic brought along, earlier requests. */
export function settingsOf(flow: FlowName): Setting[] {
  const worlds = [testWorld(), testWorld({ settings: { reachable: false } })];
  const [world] = worlds as [World];
  if (flow === 'contactSupport') {
    const fresh = worlds.flatMap((one) =>
      [asIs, withTopic('noPasswordMail')].map((prepare) => ({ world: one, prepare })),
    );
    const again = { world: testWorld({ request: open }), prepare: withTopic('other') };
    return [...fresh, again, ...[atDesk, passedOn].map((prepare) => ({ world, prepare }))];
  }
  if (flow === 'register') return [300, 700].map((points) => ({ world, prepare: withPoints(points) }));
  return [{ world, prepare: asIs }];
}

export function* explore(flow: FlowName): Generator<Walked> {
  for (const setting of settingsOf(flow)) {
    const seen = new Set<string>();
    for (const entry of entries(flow)) yield* exploreFrom(flow, entry, setting, seen);
  }
}

/** Every walk of every flow, computed once. */
export function exploreAll(): Walked[] {
  all ??= flowNames.flatMap((flow) => [...explore(flow)]);
  return all;
}
let all: Walked[] | undefined;

export function* exploreFrom(
  flow: FlowName,
  entry: string,
  { world, prepare }: Setting,
  seen: Set<string>,
): Generator<Walked> {
  const first = goTo({ state: prepare(newState('en', world.now)), replies: [], effects: [] }, flow, entry, world);
  const waiting: Walked[] = [walked(null, entry, undefined, first, flow, world)];
  for (let step = waiting.shift(); step; step = waiting.shift()) {
    yield step;
    const { at } = step.state;
    if (!at || at.flow !== flow || seen.has(keyOf(at, step.state))) continue;
    seen.add(keyOf(at, step.state));
    const onward = [...answersTo(at, step.state, world)].map(({ given, next }) =>
      walked({ flow: at.flow, node: at.node }, entry, given, next, flow, world),
    );
    waiting.unshift(...onward);
  }
}

type Went = { replies: Reply[]; state: State };

function walked(
  from: Place | null,
  entry: string,
  given: Given | undefined,
  went: Went,
  flow: FlowName,
  world: World,
): Walked {
  const { replies, state } = went;
  const { at } = state;
  return {
    from,
    entry,
    ...(given ? { given } : {}),
    replies,
    state,
    rows: rowsOnStep(flow, from, given, entry, replies),
    deadEnd: at !== undefined && at.flow === flow && [...answersTo(at, state, world)].length === 0,
  };
}

/** What of a state decides which way is open: the checks of src/conversation/checks.ts read nothing else. */
function keyOf(at: Place, state: State): string {
  const { register, tiers } = state.answers;
  const pickable = at.flow === 'contactSupport' ? Math.min(answeredFields(state).length, 1) : '';
  return [at.node, state.topic, register?.sentOn?.value, tiers?.points?.value, state.country, pickable].join('|');
}
