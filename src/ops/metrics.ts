/** Figures for Prometheus: counts and names of nodes, never contents, and no label that a customer can choose. */
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import type { TurnFacts } from '../bot/turn-facts.ts';
import type { OutboxRow, Store } from '../store/port.ts';
import type { Sent } from '../support/sender.ts';
import type { OutboxLook } from './outbox-watch.ts';
import type { Readiness } from './readiness.ts';
import type { TicketCounts } from './ticket-counts.ts';

export interface Metrics {
  onTurn(facts: TurnFacts): void;
  /** The core failed; the customer was told so. */
  onFailure(): void;
  onSettled(row: Pick<OutboxRow, 'kind'>, sent: Pick<Sent, 'result'>): void;
  contentType: string;
  /** The text format of Prometheus. */
  text(): Promise<string>;
}

export interface MetricsTools {
  store: Pick<Store, 'status'>;
  outbox(): Promise<OutboxLook>;
  tickets(): Promise<TicketCounts>;
  readiness(): Promise<Readiness>;
  openSockets(): number;
}

/** Seconds: a turn takes a fraction of a millisecond on a quiet machine, and channels give up after 15 s. */
const buckets = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 15];

export function createMetrics(tools: MetricsTools): Metrics {
  const registers = [new Registry()];
  const [registry] = registers as [Registry];
  collectDefaultMetrics({ register: registry });

  const nodes = atMost(400);
  const flows = atMost(20);
  const languages = atMost(20);
  const intents = atMost(40);
  const kinds = atMost(20);

  const turns = new Counter({
    name: 'cps_turns_total',
    help: 'Turns by the node of the last reply',
    labelNames: ['flow', 'node', 'outcome', 'language'],
    registers,
  });
  const failures = new Counter({
    name: 'cps_turn_failures_total',
    help: 'Turns in which the core failed and the customer was told so',
    registers,
  });
  const seconds = new Histogram({
    name: 'cps_turn_seconds',
    help: 'From the begin of a turn until its commit was durable',
    buckets,
    registers,
  });
  const understanding = new Counter({
    name: 'cps_understanding_total',
    help: 'Messages that went through the understanding: answered at once, offered guesses, not understood',
    labelNames: ['language', 'decision'],
    registers,
  });
  const meant = new Counter({
    name: 'cps_intents_total',
    help: 'Messages that were answered by their meaning',
    labelNames: ['language', 'intent'],
    registers,
  });
  const requests = new Counter({
    name: 'cps_handoffs_total',
    help: 'Requests passed on to the support team',
    labelNames: ['language'],
    registers,
  });
  const deliveries = new Counter({
    name: 'cps_deliveries_total',
    help: 'Attempts to send a row of the outbox: done, retry, park, uncertain',
    labelNames: ['kind', 'result'],
    registers,
  });
  const outboxRows = new Gauge({
    name: 'cps_outbox_rows',
    help: 'Rows of the outbox',
    labelNames: ['kind', 'state'],
    registers,
  });
  const gauge = (name: string, help: string) => new Gauge({ name, help, registers });
  const outboxLate = gauge('cps_outbox_late_rows', 'Rows of the outbox that are due, or were tried in vain');
  const outboxOldest = gauge('cps_outbox_oldest_seconds', 'For how long the oldest of the late rows has been due');
  const tickets = new Gauge({
    name: 'cps_tickets',
    help: 'Tickets that are kept, counted now and then',
    labelNames: ['status'],
    registers,
  });
  const sockets = gauge('cps_open_sockets', 'Chats with an open WebSocket');
  const ready = gauge('cps_ready', '1 when /readyz is green');
  const warnings = gauge('cps_readiness_warnings', 'Warnings of /readyz');
  const storeUp = gauge('cps_store_up', '1 when the store can be written');

  /** A part that cannot be read now is absent, and does not take the others with it. */
  async function refresh(): Promise<void> {
    sockets.set(tools.openSockets());
    storeUp.set(tools.store.status().ok ? 1 : 0);
    const [look, counts, readiness] = await Promise.allSettled([tools.outbox(), tools.tickets(), tools.readiness()]);
    outboxRows.reset();
    outboxLate.remove();
    outboxOldest.remove();
    tickets.reset();
    if (look.status === 'fulfilled') {
      for (const { kind, state, count } of look.value.rows) outboxRows.inc({ kind: kinds(kind), state }, count);
      outboxLate.set(look.value.late);
      outboxOldest.set(look.value.oldestSeconds);
    }
    if (counts.status === 'fulfilled') {
      for (const [status, count] of Object.entries(counts.value)) tickets.set({ status }, count);
    }
    const isGreen = readiness.status === 'fulfilled' && readiness.value.reasons.length === 0;
    ready.set(isGreen ? 1 : 0);
    warnings.set(readiness.status === 'fulfilled' ? readiness.value.warnings.length : 0);
  }

  return {
    onTurn({ flow, node, outcome, language: spoken, intent, decision, requests: opened, ms }) {
      const language = languages(spoken);
      turns.inc({ flow: flows(flow), node: nodes(node), outcome: outcome ? nodes(outcome) : 'none', language });
      seconds.observe(ms / 1000);
      if (decision) understanding.inc({ language, decision });
      if (intent) meant.inc({ language, intent: intents(intent) });
      if (opened > 0) requests.inc({ language }, opened);
    },
    onFailure: () => failures.inc(),
    onSettled: ({ kind }, { result }) => deliveries.inc({ kind: kinds(kind), result }),
    contentType: registry.contentType,
    async text() {
      await refresh();
      return registry.metrics();
    },
  };
}

/** The first `limit` values as they are, any later one as `other`: each value of a label costs memory for good. */
function atMost(limit: number): (value: string) => string {
  const known = new Set<string>();
  return (value) => {
    if (known.size < limit) known.add(value);
    return known.has(value) ? value : 'other';
  };
}
