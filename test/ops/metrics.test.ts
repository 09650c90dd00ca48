import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createMetrics, type MetricsTools } from '../../src/ops/metrics.ts';
import { metricsRoutes } from '../../src/ops/metrics-route.ts';
import { createTicketCounts } from '../../src/ops/ticket-counts.ts';
import type { Doc } from '../../src/store/port.ts';
import { openHouse } from '../helpers/converse.ts';
import { serve } from '../helpers/serve.ts';
import { testConfig } from '../helpers/test-config.ts';

const tools: MetricsTools = {
  store: { status: () => ({ ok: true }) },
  outbox: async () => ({
    ...{ late: 2, oldestSeconds: 42, parked: 1, uncertain: 0 },
    rows: [{ kind: 'mail', state: 'parked', count: 1 }],
  }),
  tickets: async () => ({ waiting: 3, claimed: 1, closed: 7, other: 0 }),
  readiness: async () => ({ reasons: [], warnings: ['look'] }),
  openSockets: () => 5,
};

/** `name{a="b"} 1` -> `{ 'name{a="b"}': 1 }`. */
const read = (text: string): Record<string, number> =>
  Object.fromEntries(
    text
      .split('\n')
      .filter((line) => line !== '' && !line.startsWith('#'))
      .map((line) => [line.slice(0, line.lastIndexOf(' ')), Number(line.slice(line.lastIndexOf(' ') + 1))]),
  );

describe('figures of real turns', () => {
  let figures: Record<string, number>;
  beforeAll(async () => {
    const metrics = createMetrics(tools);
    const house = await openHouse({
      onTurn: metrics.onTurn,
      understand: (text) => ({
        ...{ intent: 'none', decision: 'none', ranking: [], language: 'en', languageSure: false },
        ...(text === 'levels please'
          ? { intent: 'tiers', decision: 'answer', ranking: [{ intent: 'tiers', score: 1 }] }
          : {}),
      }),
    });
    const words = [
      'levels please',
      'qwertz',
      'Talk to a human',
      '10',
      'words',
      'Photo Ltd',
      'me@example.com',
      'mail',
      'Yes, pass it on',
    ];
    for (const text of words) await house.say('c', text);
    await house.close();
    metrics.onSettled({ kind: 'mail' }, { result: 'retry' });
    metrics.onSettled({ kind: 'mail' }, { result: 'done' });
    metrics.onFailure();
    figures = read(await metrics.text());
  });

  test('turns by flow, node, outcome and language, with their time', () => {
    const turns = Object.entries(figures).filter(([name]) => name.startsWith('cps_turns_total{'));
    expect(turns.reduce((sum, [, count]) => sum + count, 0)).toBe(9);
    expect(turns.map(([name]) => name)).toContainEqual(
      expect.stringMatching(/flow="contactSupport",node="\w+",outcome="none",language="en"/),
    );
    expect(figures.cps_turn_seconds_count).toBe(9);
    expect(figures['cps_turn_seconds_bucket{le="+Inf"}']).toBe(9);
    expect(figures.cps_turn_seconds_sum).toBeGreaterThan(0);
    expect(figures.cps_turn_failures_total).toBe(1);
  });

  test('what was understood, by language; what was passed on; what was delivered', () => {
    expect(figures['cps_understanding_total{language="en",decision="answer"}']).toBe(1);
    expect(figures['cps_understanding_total{language="en",decision="none"}']).toBe(1);
    expect(figures['cps_intents_total{language="en",intent="tiers"}']).toBe(1);
    expect(figures['cps_handoffs_total{language="en"}']).toBe(1);
    expect(figures['cps_deliveries_total{kind="mail",result="retry"}']).toBe(1);
    expect(figures['cps_deliveries_total{kind="mail",result="done"}']).toBe(1);
  });

  test('what is asked at the time of the look', () => {
    expect(figures).toMatchObject({
      'cps_outbox_rows{kind="mail",state="parked"}': 1,
      cps_outbox_late_rows: 2,
      cps_outbox_oldest_seconds: 42,
      'cps_tickets{status="waiting"}': 3,
      'cps_tickets{status="closed"}': 7,
      cps_open_sockets: 5,
      cps_ready: 1,
      cps_readiness_warnings: 1,
      cps_store_up: 1,
    });
    expect(figures.process_resident_memory_bytes).toBeGreaterThan(0);
  });
});

test('no label grows without end', async () => {
  const metrics = createMetrics(tools);
  const facts = { outcome: undefined, intent: undefined, decision: 'none', requests: 0, ms: 1 } as const;
  for (let i = 0; i < 2000; i++) {
    metrics.onTurn({ ...facts, flow: `f${i}`, node: `n${i}`, language: `l${i}` });
    metrics.onSettled({ kind: `k${i}` }, { result: 'done' });
  }
  const names = Object.keys(read(await metrics.text()));
  expect(names.filter((name) => name.startsWith('cps_turns_total')).length).toBeLessThan(500);
  expect(names.filter((name) => name.startsWith('cps_deliveries_total')).length).toBe(21);
  expect(names.filter((name) => name.startsWith('cps_understanding_total')).length).toBe(21);
});

test('a store that is away takes only its own figures with it', async () => {
  const away = () => Promise.reject(new Error('gone'));
  const status = () => ({ ok: false, reason: 'gone' }) as const;
  const metrics = createMetrics({ ...tools, outbox: away, tickets: away, readiness: away, store: { status } });
  const figures = read(await metrics.text());
  expect(figures).toMatchObject({ cps_ready: 0, cps_store_up: 0, cps_open_sockets: 5 });
  expect(figures).not.toHaveProperty('cps_outbox_oldest_seconds');
  expect(Object.keys(figures).some((name) => name.startsWith('cps_tickets'))).toBe(false);
});

describe('counting tickets', () => {
  test('by status, once for all who ask, and seldomer when it takes long', async () => {
    let now = 0;
    let scans = 0;
    const store = {
      async *scan() {
        scans += 1;
        for (const status of ['waiting', 'closed', 'closed', 'lost']) {
          now += 1000;
          yield { key: 'ticket/x', version: 1, value: { status } } as Doc;
        }
      },
    };
    const counts = createTicketCounts({ store, now: () => now });
    const [one] = await Promise.all([counts(), counts()]);
    expect(one).toEqual({ waiting: 1, claimed: 0, closed: 2, other: 1 });
    now += 100_000;
    await counts();
    expect(scans).toBe(1);
    now += 100_001;
    await counts();
    expect(scans).toBe(2);
  });

  test('a failure is not kept', async () => {
    let isAway = true;
    const store = {
      async *scan() {
        if (isAway) throw new Error('away');
        yield { key: 'ticket/x', version: 1, value: { status: 'waiting' } } as Doc;
      },
    };
    const counts = createTicketCounts({ store, now: () => 0 });
    await expect(counts()).rejects.toThrow('away');
    isAway = false;
    expect(await counts()).toMatchObject({ waiting: 1 });
  });
});

describe('GET /metrics', () => {
  const operatorToken = 'q8Wn2LxT5vR9kZ3mB7cJ';
  let serving: Awaited<ReturnType<typeof serve>>;
  beforeAll(async () => {
    const config = testConfig({ TRUST_PROXY: '1', RATE_REQUESTS: '0' });
    serving = await serve([metricsRoutes({ open: async () => createMetrics(tools), operatorToken })], { config });
  });
  afterAll(() => serving.close());
  const get = (headers: Record<string, string>) => fetch(`${serving.url}/metrics`, { headers });
  const proxied = { 'x-forwarded-for': '203.0.113.7' };

  test('is for this machine and for the operator’s token; nobody else learns that it is there', async () => {
    expect((await get({})).status).toBe(200);
    expect((await get({ ...proxied, authorization: `Bearer ${operatorToken}` })).status).toBe(200);
    expect((await get(proxied)).status).toBe(404);
    expect((await get({ ...proxied, authorization: 'Bearer q8Wn2LxT5vR9kZ3mB7cK' })).status).toBe(404);
    expect(await serving.raw('GET /metrics HTTP/1.1\r\nhost: evil.example\r\n\r\n')).toMatch(/^HTTP\/1.1 404/);
  });

  test('speaks the text format', async () => {
    const response = await get({});
    expect(response.headers.get('content-type')).toMatch(/^text\/plain; version=0\.0\.4/);
    expect(response.headers.get('cache-control')).toBe('no-store');
    expect(await response.text()).toContain('# TYPE cps_turns_total counter');
  });
});
