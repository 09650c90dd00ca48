import { describe, expect, it } from 'vitest';
import { type Costs, capacity, simulate } from '../../scripts/lib/scaling-model.ts';

const costs: Costs = { turn: 0.4, instanceBatch: 0.4, commit: 0.05, databaseBatch: 0.4, flush: 1 };
const one = { instances: 1, databases: 1, cores: 1, elsewhere: 0 };

function chance() {
  let state = 1;
  return () => {
    state = (state * 48_271) % 2_147_483_647;
    return state / 2_147_483_647;
  };
}

describe('the capacity model', () => {
  it('a turn that is alone takes the sum of its parts', () => {
    const { p50, turnsPerSecond } = simulate(costs, one, { customers: 1 }, chance());
    expect(p50).toBeCloseTo(2.25, 5);
    expect(turnsPerSecond).toBeCloseTo(1_000 / 2.25, -1);
  });

  it('answers what comes, as long as nothing is busy all the time', () => {
    const { turnsPerSecond, busy } = simulate(costs, one, { rate: 1_000 }, chance());
    expect(turnsPerSecond).toBeGreaterThan(900);
    expect(turnsPerSecond).toBeLessThan(1_100);
    expect(busy.instances).toBeLessThan(1);
  });

  it('never answers more than the narrowest part can', () => {
    const instance = simulate(costs, one, { customers: 500 }, chance());
    expect(instance.turnsPerSecond).toBeLessThan(1_000 / costs.turn);
    const layout = { instances: 50, databases: 1, cores: 2, elsewhere: 0 };
    const database = simulate(costs, layout, { customers: 200 }, chance());
    expect(database.turnsPerSecond).toBeLessThan(2_000 / costs.commit);
    expect(database.busy.cores).toBeGreaterThan(0.8);
  });

  it('finds more with more instances, and with more databases where one is the limit', () => {
    const rate = (instances: number, databases: number) =>
      capacity(costs, { instances, databases, cores: 1, elsewhere: 0.05 }, 100, chance()).rate;
    const [alone, two, many, parted] = [rate(1, 1), rate(2, 1), rate(16, 1), rate(16, 4)];
    expect(two).toBeGreaterThan(1.7 * alone);
    expect(many).toBeLessThan(1_000 / costs.commit);
    expect(parted).toBeGreaterThan(1.5 * many);
  });
});
