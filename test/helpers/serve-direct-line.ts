import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { directLineRoutes } from '../../src/channels/directline/routes.ts';
import type { Env } from '../../src/config.ts';
import { openLowdbStore } from '../../src/store/lowdb/index.ts';
import { directLineClient } from './direct-line-client.ts';
import { createEchoTurns } from './echo-turns.ts';
import { serve } from './serve.ts';
import { testConfig } from './test-config.ts';

/** An embedded Direct Line with echoing turns, on a store in a folder of its own (or a given one, to start again on it). */
export async function serveDirectLine({
  env = {},
  folder,
  beat,
  clock = { ahead: 0 },
}: {
  env?: Env;
  folder?: string;
  beat?: number;
  clock?: { ahead: number };
} = {}) {
  const home = folder ?? (await mkdtemp(join(tmpdir(), 'direct-line-')));
  const store = await openLowdbStore({ folder: home });
  const now = () => Date.now() + clock.ahead;
  const turns = createEchoTurns(store, now);
  const config = testConfig({ RATE_REQUESTS: '0', RATE_CONVERSATIONS: '0', RATE_MESSAGES: '0', ...env });
  const routes = directLineRoutes({
    config,
    turns,
    store,
    now,
    random: randomBytes,
    log: () => {},
    ...(beat ? { beat } : {}),
  });
  const running = await serve([routes], { config, now });
  return {
    ...running,
    store,
    turns,
    routes,
    folder: home,
    clock,
    client: directLineClient(running.url),
    async stop() {
      await running.close();
      await store.close();
    },
    async end() {
      await running.close();
      await store.close();
      await rm(home, { recursive: true, force: true });
    },
  };
}
