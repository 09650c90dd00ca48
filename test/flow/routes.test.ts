import { describe, expect, test } from 'vitest';
import { toActivity } from '../../src/bot/activities.ts';
import type { Reply, State, World } from '../../src/conversation/state.ts';
import type { FlowName } from '../../src/flow/define-flow.ts';
import { entries, routesOf } from '../../src/flow/flow-paths.ts';
import { flowNames, flowTable } from '../../src/flow/flow-table.ts';
import { testWorld, texts } from '../helpers/world.ts';

const reachable = testWorld();
const open = { open: true, address: undefined, answered: false, wishes: { address: 0, transcript: 0 } };
const outOfReach = testWorld({ settings: { reachable: false }, request: open });
const atDesk: Partial<State> = { tickets: ['T'], handoff: { ticket: 'T', mode: 'waiting' } };
const passedOn: Partial<State> = { tickets: ['T'], passedOnAt: Array(9).fill(reachable.now) };
/** How each entry is tried: what was said before, or what is configured, can decide where it leads. */
function trials(flow: FlowName, start: string): { world: World; points?: number; before?: Partial<State> }[] {
  if (flow === 'contactSupport') {
    const earlier = [atDesk, passedOn].map((before) => ({ world: reachable, before }));
    return [{ world: reachable }, { world: outOfReach }, ...earlier];
  }
  if (start === 'invited')
    return [
      { world: reachable, points: 300 },
      { world: reachable, points: 700 },
    ];
  return [{ world: reachable }];
}

/** A summary is as good as its lines: each line counts once, not every combination of them. */
function* pieces(reply: Reply): Generator<Reply> {
  for (const part of reply.parts) {
    const { summary, ticket: _, ...values } = part.values ?? {};
    yield { ...reply, parts: [{ ...part, values: { ...values, ticket: 'T', summary: 'S' } }] };
    if (!part.key.endsWith('.summary.text') || typeof summary !== 'object' || !('lines' in summary)) continue;
    for (const line of summary.lines)
      yield { ...reply, choices: [], parts: [{ ...part, values: { summary: { lines: [line] } } }] };
  }
}

describe.each(flowNames)('every route of %s', (flow) => {
  const said = new Map<string, Reply>();
  const reached = new Set<string>();
  /** Routes share their beginnings. */
  const checked = new Set<Reply>();
  const ends = { end: 0, jump: 0, loop: 0 };
  for (const start of entries(flow)) {
    for (const { world, points, before } of trials(flow, start)) {
      const answers = points ? { tiers: { points: { value: points } } } : {};
      for (const route of routesOf(flow, start, world, (state) => ({ ...state, ...before, answers }))) {
        ends[route.ends]++;
        for (const reply of route.replies) {
          if (reply.flow === flow) reached.add(reply.node);
          if (checked.has(reply)) continue;
          checked.add(reply);
          for (const piece of pieces(reply)) said.set(JSON.stringify([piece.parts, piece.choices]), piece);
        }
      }
    }
  }

  test('comes to an end, hands over, or comes back to a question with a way out', () => {
    expect(ends.end + ends.jump).toBeGreaterThan(0);
  });

  test('reaches every node', () => {
    expect(Object.keys(flowTable[flow].nodes).filter((node) => !reached.has(node))).toEqual([]);
  });

  test.each(texts.languages)('has words for all of it in %s', (language) => {
    const wrong: string[] = [];
    for (const reply of said.values()) {
      const { text = '', suggestedActions } = toActivity(reply, language, texts);
      const labels = suggestedActions?.actions.map(({ title }) => title) ?? [];
      const all = [text, ...labels];
      if (all.some((one) => one === '' || /\{\{|\}\}|\$t\(|undefined|NaN|\b(flows|bot|portal):/.test(one)))
        wrong.push(reply.node);
      if (new Set(labels).size < labels.length) wrong.push(`${reply.node}: two buttons alike`);
    }
    expect(wrong).toEqual([]);
  });
});
