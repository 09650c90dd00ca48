/** Two processes behind a careless load balancer; both are killed again and again, and the database once. */
import { type ChildProcess, fork } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { Activity } from 'botbuilder';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Store } from '../../../src/store/port.ts';
import { openPostgresStore } from '../../../src/store/postgres/index.ts';
import { createSchema, lacksPostgres, startServer, type TestSchema, type TestServer } from '../../helpers/postgres.ts';
import type { Answered, Asked } from './instance.ts';

const patience = { timeout: 60_000 };

type Question = Asked extends infer One ? (One extends { nr: number } ? Omit<One, 'nr'> : never) : never;

interface Instance {
  /** @throws Error when it died or could not store it: nobody was told that it was */
  ask(question: Question): Promise<Answered>;
  kill(): void;
}

function startInstance(url: string, deliveries: string): Instance {
  const child: ChildProcess = fork(join(import.meta.dirname, 'instance.ts'), [url, deliveries]);
  const waiting = new Map<number, (answer: Answered | Error) => void>();
  let nr = 0;
  let isDead = false;
  const isReady = new Promise<void>((resolve) => child.once('message', () => resolve()));
  child.on('message', (answer: Answered) => {
    waiting.get(answer.nr)?.(answer.error ? new Error(answer.error) : answer);
    waiting.delete(answer.nr);
  });
  const died = new Promise<void>((resolve) => {
    child.once('exit', () => {
      isDead = true;
      for (const settle of waiting.values()) settle(new Error('the instance died'));
      resolve();
    });
  });
  return {
    async ask(question) {
      await Promise.race([isReady, died]);
      if (isDead) throw new Error('the instance is dead');
      const asked = { ...question, nr: ++nr };
      const answer = await new Promise<Answered | Error>((resolve) => {
        waiting.set(asked.nr, resolve);
        child.send(asked, (error) => error && resolve(error));
      });
      if (answer instanceof Error) throw answer;
      return answer;
    },
    kill: () => child.kill('SIGKILL'),
  };
}

describe.skipIf(lacksPostgres({ own: true }))('two instances on one PostgreSQL', () => {
  let server: TestServer;
  let schema: TestSchema;
  let folder: string;
  let store: Store;
  beforeAll(async () => {
    server = await startServer({ durable: true });
    schema = await createSchema(server.url);
    store = await openPostgresStore({ url: schema.url, probeMs: 100 });
    folder = mkdtempSync(join(tmpdir(), 'cps-instances-'));
  });
  afterAll(async () => {
    await store?.close();
    await server?.drop();
    rmSync(folder, { recursive: true, force: true });
  });

  it('keep every acknowledged message once and in order, and every promise under the rule for doubt', async () => {
    const deliveries = join(folder, 'deliveries');
    writeFileSync(deliveries, '');
    const start = () => startInstance(schema.url, deliveries);
    const instances = [start(), start()];
    const failures: string[] = [];
    let isOver = false;
    let turn = 0;

    /** As a customer's page and its load balancer do: again at the next instance until somebody says that it is stored. */
    async function insist(question: Question): Promise<Answered> {
      for (;;) {
        try {
          return await instances[turn++ % instances.length]!.ask(question);
        } catch (error) {
          failures.push(String(error));
          await pause(20);
        }
      }
    }

    const said: { text: string; seq: number | undefined }[] = [];
    const customer = async () => {
      for (let at = 1; !isOver; at++) {
        const text = `message ${at}`;
        const activity: Partial<Activity> = {
          type: 'message',
          id: `a${at}`,
          text,
          channelId: 'directline',
          from: { id: 'u', name: '', role: 'user' },
          conversation: { id: 'c', name: '', isGroup: false, conversationType: '' },
        };
        const { seq } = await insist({ activity });
        said.push({ text, seq });
      }
    };
    const promised: Record<'mail' | 'message', string[]> = { mail: [], message: [] };
    const promiser = async (kind: 'mail' | 'message') => {
      for (let at = 1; !isOver; at++) {
        const id = `${kind} ${at}`;
        await insist({ promise: { id, target: kind, kind } });
        promised[kind].push(id);
        await pause(50);
      }
    };
    // What a customer's socket on another instance does: reads on from its own watermark whenever it is woken.
    const seen: number[] = [];
    let reading = Promise.resolve();
    const look = () => {
      reading = reading.then(async () => {
        const lines = await store.lines('c', seen.length, 1_000).catch(() => []);
        seen.push(...lines.map(({ seq }) => seq));
      });
    };
    store.watch('c', look);

    const everybody = [customer(), promiser('mail'), promiser('message')];
    await expect.poll(() => said.length, patience).toBeGreaterThan(3);
    const delivered = () => readFileSync(deliveries, 'utf8').trim().split('\n');
    const ofKind = (kind: string) => delivered().filter((id) => id.startsWith(`${kind} `));
    for (let round = 0; round < 5; round++) {
      // Just after a message has left, before the store is told: when an end is worst.
      const sent = ofKind('message').length;
      await expect.poll(() => ofKind('message').length, { ...patience, interval: 2 }).toBeGreaterThan(sent + 5);
      if (round === 2) {
        await server.kill();
        await pause(300);
        await server.start();
        continue;
      }
      instances[round % 2]!.kill();
      instances[round % 2] = start();
    }
    const before = said.length;
    await expect.poll(() => said.length, patience).toBeGreaterThan(before + 10);
    isOver = true;
    await Promise.all(everybody);

    const lines = await store.lines('c', 0, 1_000_000);
    const own = lines.flatMap(({ seq, value }) => {
      const { from, text } = value as { from?: { role?: string }; text?: string };
      return from?.role === 'user' ? [{ text, seq }] : [];
    });
    expect(own).toEqual(said);
    expect(lines.map(({ seq }) => seq)).toEqual(lines.map((_, at) => at + 1));
    await expect.poll(() => seen, patience).toEqual(lines.map(({ seq }) => seq));

    const left = () => Array.fromAsync(store.outbox());
    const waiting = async () => (await left()).filter(({ state }) => state === 'waiting');
    await expect.poll(waiting, { ...patience, interval: 100 }).toEqual([]);
    for (const instance of instances) instance.kill();
    const uncertain = (await left()).map(({ id }) => id);

    // A mail may leave twice under one Message-ID, and is one to who receives it; a message never leaves twice.
    expect([...new Set(ofKind('mail'))]).toEqual(promised.mail);
    expect(uncertain.filter((id) => id.startsWith('mail'))).toEqual([]);
    expect(new Set(ofKind('message')).size).toBe(ofKind('message').length);
    const settled = promised.message.filter((id) => !uncertain.includes(id) || ofKind('message').includes(id));
    expect(ofKind('message')).toEqual(settled);
    expect(failures.length).toBeGreaterThan(0);
  }, 240_000);
});
