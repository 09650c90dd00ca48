import { describe, expect, test } from 'vitest';
import { createOutboxWatch, type OutboxLook } from '../../src/ops/outbox-watch.ts';
import { readinessOf, type SupportLook } from '../../src/ops/readiness.ts';
import type { OutboxRow } from '../../src/store/port.ts';
import { oneRoute, serve } from '../helpers/serve.ts';
import { testConfig } from '../helpers/test-config.ts';

const quiet: OutboxLook = { rows: [], late: 0, oldestSeconds: 0, parked: 0, uncertain: 0 };
const roomy = { free: 50 * 2 ** 30, path: '/data' };
const read = (changes: { outbox?: Partial<OutboxLook>; free?: number; reason?: string; support?: SupportLook } = {}) =>
  readinessOf({
    status: changes.reason ? { ok: false, reason: changes.reason } : { ok: true },
    outbox: async () => ({ ...quiet, ...changes.outbox }),
    support: changes.support,
    disk: async () => ({ ...roomy, ...(changes.free === undefined ? {} : { free: changes.free }) }),
  });

describe('readiness', () => {
  test('green without a word when all is well', async () => {
    expect(await read()).toEqual({ reasons: [], warnings: [] });
  });

  test('red when the store cannot be written, the outbox is stuck or the disk is nearly full: with what to do', async () => {
    expect((await read({ reason: 'disk full' })).reasons).toEqual(['The store cannot be written: disk full']);
    const stuck = await read({ outbox: { late: 3, oldestSeconds: 20 * 60 } });
    expect(stuck.reasons).toEqual([expect.stringMatching(/^3 rows .* for 20 minutes: see .* mail server/)]);
    expect((await read({ outbox: { late: 3, oldestSeconds: 14 * 60 } })).reasons).toEqual([]);
    const full = await read({ free: 100 * 2 ** 20 });
    expect(full.reasons).toEqual(['Only 100 MB are left on the disk of /data: make room, or move DATA_DIR.']);
  });

  test('requests that nobody hears of only warn, with what to do', async () => {
    const warnings = async (support: Partial<SupportLook>) =>
      (await read({ support: { teamId: undefined, email: undefined, desk: undefined, ...support } })).warnings;
    const [teamId, email] = ['19:x@thread.tacv2', 'support@example.com'];
    const stopped = { stopped: { reason: '403' } };
    expect(await warnings({ teamId })).toEqual([
      expect.stringMatching(/^No agents’ desk .* "@CPS set up desk" .* SUPPORT_EMAIL/),
    ]);
    for (const heard of [{ teamId, email }, { teamId, desk: {} }, { email }]) expect(await warnings(heard)).toEqual([]);
    expect(await warnings({ teamId, email, desk: stopped })).toEqual([
      expect.stringMatching(/^Teams refuses the bot \(403\): add it to the team again, then set up the desk\.$/),
    ]);
    expect(await warnings({ teamId, desk: stopped })).toEqual([expect.stringMatching(/requests wait until then/)]);
  });

  test('rows that wait for a person, and a disk that fills up, only warn', async () => {
    const { reasons, warnings } = await read({ outbox: { parked: 1, uncertain: 2 }, free: 500 * 2 ** 20 });
    expect(reasons).toEqual([]);
    expect(warnings).toEqual([
      expect.stringMatching(/^2 rows .* may or may not have arrived: ask/),
      expect.stringMatching(/^1 row .* refused for good: see/),
      '500 MB are left on the disk of /data: make room soon.',
    ]);
  });

  test('an outbox that cannot be read is a reason; a disk that cannot be told is none', async () => {
    const found = await readinessOf({
      status: { ok: true },
      outbox: () => Promise.reject(new Error()),
      disk: () => Promise.reject(new Error()),
    });
    expect(found).toEqual({ reasons: [expect.stringContaining('outbox cannot be read')], warnings: [] });
  });
});

describe('the watch over the outbox', () => {
  const row = (id: string, more: Partial<OutboxRow> = {}): OutboxRow => ({
    ...{ id, target: id, kind: 'mail', payload: {}, dueAt: 0, attempts: 0, state: 'waiting' },
    ...more,
  });
  function watched(initial: OutboxRow[]) {
    const it = { rows: initial, now: 1_000_000, reads: 0 };
    const store = {
      async *outbox() {
        it.reads += 1;
        yield* it.rows;
      },
    };
    return { it, look: createOutboxWatch({ store, now: () => it.now }) };
  }

  test('a reminder for next week is not late; what is due is, from then on', async () => {
    const { it, look } = watched([row('later', { dueAt: 2_000_000 }), row('due', { dueAt: 940_000 })]);
    expect(await look()).toMatchObject({ late: 1, oldestSeconds: 60 });
    it.now = 2_030_000;
    it.rows = [row('later', { dueAt: 2_000_000 })];
    expect(await look()).toMatchObject({ late: 1, oldestSeconds: 30 });
  });

  test('retries move the due time, not the age; a row that left and another that came count for themselves', async () => {
    const { it, look } = watched([row('a', { attempts: 1, dueAt: 1_001_000 })]);
    expect((await look()).oldestSeconds).toBe(0);
    it.now = 1_600_000;
    it.rows = [row('a', { attempts: 9, dueAt: 1_900_000 })];
    expect((await look()).oldestSeconds).toBe(600);
    it.now = 1_700_000;
    it.rows = [row('b', { attempts: 1, dueAt: 1_800_000 })];
    expect((await look()).oldestSeconds).toBe(0);
  });

  test('counts by kind and state; probes share one look', async () => {
    const { it, look } = watched([
      row('a', { state: 'parked' }),
      row('b', { state: 'uncertain', kind: 'reply' }),
      row('c', { state: 'parked' }),
    ]);
    const [one] = await Promise.all([look(), look(), look()]);
    expect(one).toMatchObject({ late: 0, oldestSeconds: 0, parked: 2, uncertain: 1 });
    expect(one.rows).toContainEqual({ kind: 'mail', state: 'parked', count: 2 });
    expect(it.reads).toBe(1);
    it.now += 2000;
    await look();
    expect(it.reads).toBe(2);
  });
});

test('/readyz tells reasons and warnings to operators, others only the colour', async () => {
  const config = testConfig({ OPERATOR_TOKEN: 'q8Wn2LxT5vR9kZ3mB7cJ', TRUST_PROXY: '1', RATE_REQUESTS: '0' });
  const serving = await serve([oneRoute(async () => {})], { config, warnings: () => ['1 row was refused for good'] });
  const ask = async (headers: Record<string, string>) => (await fetch(`${serving.url}/readyz`, { headers })).json();
  const proxied = { 'x-forwarded-for': '203.0.113.7' };
  expect(await ask({})).toEqual({ status: 'ready', reasons: [], warnings: ['1 row was refused for good'] });
  expect(await ask(proxied)).toEqual({ status: 'ready' });
  expect(await ask({ ...proxied, authorization: 'Bearer q8Wn2LxT5vR9kZ3mB7cJ' })).toHaveProperty('warnings');
  await serving.close();
});
