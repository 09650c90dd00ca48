import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { AuthenticationOptions } from '../../src/bot/authentication.ts';
import { createDoor, type DoorOptions } from '../../src/bot/door.ts';
import { messagesRoute } from '../../src/bot/messages-route.ts';
import type { Env } from '../../src/config.ts';
import { openLowdbStore } from '../../src/store/lowdb/index.ts';
import { createEchoTurns } from './echo-turns.ts';
import { serve } from './serve.ts';
import { testConfig } from './test-config.ts';

interface Options extends Pick<AuthenticationOptions, 'cloud' | 'allows' | 'patience'>, Pick<DoorOptions, 'desk'> {
  env?: Env;
  clock?: { ahead: number };
}

/** `/api/messages` with echoing turns. `pauses` collects the waits, which take no time. */
export async function serveMessages({ env = {}, clock = { ahead: 0 }, ...rest }: Options = {}) {
  const folder = await mkdtemp(join(tmpdir(), 'messages-'));
  const store = await openLowdbStore({ folder });
  const now = () => Date.now() + clock.ahead;
  const turns = createEchoTurns(store, now);
  const config = testConfig({ RATE_REQUESTS: '0', RATE_MESSAGES: '0', ...env });
  const pauses: number[] = [];
  const warnings: string[] = [];
  const options: DoorOptions = {
    config,
    turns,
    now,
    log: (_, event) => warnings.push(event),
    pause: async (ms) => void pauses.push(ms),
    ...rest,
  };
  const door = createDoor(options);
  const route = messagesRoute({ config, now, log: options.log, open: async () => door });
  const running = await serve([route], { config, now });
  return {
    ...running,
    turns,
    store,
    door,
    pauses,
    warnings,
    clock,
    async post(activity: unknown, { token, headers = {} }: { token?: string; headers?: Record<string, string> } = {}) {
      const response = await fetch(`${running.url}/api/messages`, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          ...(token ? { authorization: `Bearer ${token}` } : {}),
          ...headers,
        },
        body: typeof activity === 'string' ? activity : JSON.stringify(activity),
      });
      const text = await response.text();
      return {
        status: response.status,
        text,
        body: (text ? JSON.parse(text) : undefined) as
          | { activities?: { text?: string; replyToId?: string }[]; error?: { code: string } }
          | undefined,
        headers: response.headers,
      };
    },
    async end() {
      await running.close();
      await store.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
