import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { newState } from '../../src/conversation/state.ts';
import { entries, type Route, routesOf } from '../../src/flow/flow-paths.ts';
import { findNode, flowNames } from '../../src/flow/flow-table.ts';
import { goTo } from '../../src/flow/run-flow.ts';
import { formatDate } from '../../src/language/values/dates.ts';
import type { Json } from '../../src/store/port.ts';
import { type House, nodes, openHouse } from '../helpers/converse.ts';
import { friday, testWorld, texts } from '../helpers/world.ts';

const world = testWorld();
const prepare = (state: ReturnType<typeof newState>) => ({ ...state, answers: { tiers: { points: { value: 700 } } } });

/** Routes that together take every edge, each up to its last new one. */
function covering(flow: (typeof flowNames)[number]): Route[] {
  const taken = new Set<string>();
  const chosen: Route[] = [];
  for (const start of entries(flow)) {
    for (const route of routesOf(flow, start, world, flow === 'register' ? prepare : undefined)) {
      const edges = route.steps.map(({ node, given }) => `${node}:${given.option ?? given.value}`);
      const last = edges.findLastIndex((edge) => !taken.has(edge));
      if (last < 0) continue;
      for (const edge of edges) taken.add(edge);
      chosen.push({ ...route, steps: route.steps.slice(0, last + 1) });
    }
  }
  return chosen;
}

let house: House;
beforeAll(async () => {
  house = await openHouse();
});
afterAll(() => house.close());

describe.each(texts.languages)('every edge through the whole pipeline, in %s', (language) => {
  test.each(flowNames)('%s', async (flow) => {
    const routes = covering(flow);
    expect(routes.length).toBeGreaterThan(3);
    await Promise.all(
      routes.map(async (route, i) => {
        const id = `${language}-${flow}-${i}`;
        await house.turns.open({ id, channel: 'test', user: 'customer', locale: language });
        const [doc] = await house.store.read([`conversation/${id}`]);
        const begun = goTo({ state: prepareIn(language, flow), replies: [], effects: [] }, flow, route.start, world);
        const value = { ...(doc!.value as { [key: string]: Json }), state: begun.state as unknown as Json };
        await house.store.commit({ docs: [{ key: doc!.key, version: doc!.version, value }] });
        for (const { node, given } of route.steps) {
          const received = await house.say(id, typed(language, flow, node, given), { locale: language });
          expect(nodes(received), `${id} after ${node}: ${JSON.stringify(given)}`).not.toEqual([]);
          for (const { activity } of received.replies) {
            expect(activity.locale).toBe(language);
            expect(activity.text).toBeTruthy();
          }
        }
        const [after] = await house.store.read([`conversation/${id}`]);
        const { state } = after!.value as unknown as { state: { misses: number } };
        expect(state.misses, `${id}: every answer was understood`).toBe(0);
      }),
    );
  });
});

const prepareIn = (language: string, flow: string) => {
  const state = newState(language, friday);
  return { ...(flow === 'register' ? prepare(state) : state), greeted: true as const };
};

/** As a customer would type it: the button's label, or the value in the language's own form. */
function typed(
  language: string,
  flow: string,
  node: string,
  { option, value }: { option?: string; value?: string | number },
): string {
  if (option !== undefined) {
    const pick = findNode(flow, node)?.pick;
    return texts.label(
      language,
      pick ? `flows:contactSupport.${option}.short` : `flows:${flow}.${node}.options.${option}`,
    );
  }
  if (value === 'FI') return { et: 'Soome', lv: 'Somija', en: 'Finland' }[language]!;
  return /^\d{4}-\d\d-\d\d$/.test(String(value)) ? formatDate(String(value), language) : String(value);
}
