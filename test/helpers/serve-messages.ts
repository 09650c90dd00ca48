import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { AuthenticationOptions } from '../../src/bot/authentication.ts';
import { createDoor, type DoorOptions } from '../../src/bot/door.ts';
import { messagesRoute } from '../../src/bot/messages-route.ts';
import { startOutbox } from '../../src/bot/outbox.ts';
import { replySender } from '../../src/bot/send-reply.ts';
import type { Env } from '../../src/config.ts';
import { openLowdbStore } from '../../src/store/lowdb/index.ts';
import { createEchoTurns } from './echo-turns.ts';
import { serve } from './serve.ts';
import { testConfig } from './test-config.ts';

interface Options extends Pick<AuthenticationOptions, 'cloud' | 'allows' | 'patience'>, Pick<DoorOptions, 'desk'> {
  env?: Env;
  clock?: { ahead: number };
}

/** `/api/messages` with echoing turns, and the outbox that sends their replies. */
export async function serveMessages({ env = {}, clock = { ahead: 0 }, ...rest }: Options = {}) {
  const folder = await mkdtemp(join(tmpdir(), 'messages-'));
  const store = await openLowdbStore({ folder });
  const now = () => Date.now() + clock.ahead;
  const turns = createEchoTurns(store, now);
  const config = testConfig({ RATE_REQUESTS: '0', RATE_MESSAGES: '0', ...env });
  const warnings: string[] = [];
  const log = (_: unknown, event: string) => void warnings.push(event);
  const options: DoorOptions = {
    config,
    turns,
    now,
    ...rest,
  };
  const door = createDoor(options);
  const route = messagesRoute({ config, now, log, open: async () => door });
  const outbox = startOutbox({
    store,
    senders: { reply: replySender({ open: async () => door, appId: '' }) },
    now,
    random: () => 0.5,
    onSettled: (_, { result }) => {
      if (result !== 'done') warnings.push(`reply: ${result}`);
    },
  });
  const running = await serve([route], { config, now });
  return {
    ...running,
    turns,
    store,
    door,
    outbox,
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
      await outbox.stop(50);
      await store.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
