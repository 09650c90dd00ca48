/** What those who run the service see and rely on: figures, readiness, retention; put together for src/wire.ts. */
import { statfs } from 'node:fs/promises';
import { join } from 'node:path';
import type { TurnFacts } from '../bot/turn-facts.ts';
import type { Config } from '../config.ts';
import type { Ready } from '../http/health.ts';
import type { RouteModule } from '../http/route.ts';
import type { OutboxRow, Store } from '../store/port.ts';
import type { Sent } from '../support/sender.ts';
import { removeSnapshot } from './backup.ts';
import { startDaily } from './daily.ts';
import { errorFacts, type Log } from './log.ts';
import type { Metrics } from './metrics.ts';
import { metricsRoutes } from './metrics-route.ts';
import { removeOldMails } from './old-mails.ts';
import { createOutboxWatch } from './outbox-watch.ts';
import { type Disk, readinessOf, type SupportLook } from './readiness.ts';
import { eraseOlderThan } from './retention.ts';
import { createTicketCounts } from './ticket-counts.ts';
import { eraseTraces } from './traces.ts';

export interface OperationOptions {
  store: Store;
  config: Pick<Config, 'dataDir' | 'operatorToken' | 'retentionDays'>;
  log: Log;
  now: () => number;
  openSockets: () => number;
  /** What else keeps the process from serving. */
  reasons?: () => readonly string[];
  /** Who hears of a request. */
  support?: () => SupportLook;
}

export interface Operation {
  onTurn(facts: TurnFacts): void;
  onFailure(): void;
  onSettled(row: OutboxRow, sent: Sent): void;
  routes: RouteModule;
  ready: Ready;
  warnings: Ready;
  /** After the server listens: loads what was left out of the start, and begins to erase what is old. */
  start(): void;
  stop(): void;
}

const dayMs = 24 * 3600_000;

export function createOperation(options: OperationOptions): Operation {
  const { store, config, log, now, reasons = () => [] } = options;
  const outbox = createOutboxWatch({ store, now });
  const tickets = createTicketCounts({ store, now });
  let loading: Promise<Metrics> | undefined;
  let daily: ReturnType<typeof startDaily> | undefined;

  async function readiness() {
    const disk = () => diskOf(config.dataDir);
    const found = await readinessOf({ status: store.status(), outbox, disk, support: options.support?.() });
    return { reasons: [...reasons(), ...found.reasons], warnings: found.warnings };
  }

  /** Loading takes as long as a third of the start, so the start does not wait for it. */
  function metrics(): Promise<Metrics> {
    loading ??= import('./metrics.ts').then(({ createMetrics }) =>
      createMetrics({ store, outbox, tickets, readiness, openSockets: options.openSockets }),
    );
    return loading;
  }

  async function erase() {
    const before = now() - config.retentionDays * dayMs;
    const mails = await removeOldMails(join(config.dataDir, 'mail'), before);
    return { ...(await eraseOlderThan(before, store)), mails, traces: await eraseTraces(now(), store) };
  }

  return {
    onTurn: (facts) => void metrics().then((loaded) => loaded.onTurn(facts)),
    onFailure: () => void metrics().then((loaded) => loaded.onFailure()),
    onSettled: (row, sent) => void metrics().then((loaded) => loaded.onSettled(row, sent)),
    routes: metricsRoutes({ open: metrics, operatorToken: config.operatorToken }),
    ready: async () => (await readiness()).reasons,
    warnings: async () => (await readiness()).warnings,
    start() {
      void metrics();
      // Of a backup that was cut off: it may hold what is erased here.
      removeSnapshot(config.dataDir).catch((error: unknown) => log('warn', 'a left backup stays', errorFacts(error)));
      daily = startDaily({ name: 'retention', work: erase, log });
    },
    stop: () => daily?.stop(),
  };
}

/** What an ordinary user can still write; undefined before the folder is there. */
async function diskOf(path: string): Promise<Disk | undefined> {
  const { bavail, bsize } = await statfs(path);
  return { free: bavail * bsize, path };
}
