/**
 * The engine for several instances: documents, transcripts and outbox in one PostgreSQL (docs/adr/0004). What is distributed
 * here is PostgreSQL's work: its row locks, its transactions, its notifications.
 */
import { randomUUID } from 'node:crypto';
import { checkCommit, checkConversation, checkKey } from '../keys.ts';
import { type OutboxRow, type Store, StoreUnavailable } from '../port.ts';
import { createWatchers } from '../watchers.ts';
import { texts } from './arrays.ts';
import { createBatches } from './batches.ts';
import { type Limits, openDatabase, type Statement } from './connection.ts';
import { groupLength, type Prepared, prepare } from './group.ts';
import { createHealth } from './health.ts';
import { newsMessages, startListener } from './listener.ts';
import { readMigrations } from './migrate.ts';
import { createReads } from './reads.ts';
import { prepareDatabase, takeInstanceLock, untilThere } from './start.ts';
import { createWriter, type Writing } from './writer.ts';

export interface PostgresOptions {
  /** `postgres://user:password@host:5432/name`; TLS as its `sslmode` says. */
  url: string;
  /** Told what an operator should know. No customers' data. */
  warn?: (message: string) => void;
  /** Nobody else has the database open, or may open it: for moving house. */
  exclusive?: boolean;
  /** A database that is not there yet is waited for as long. */
  startMs?: number;
  /** Every listener is called as often, whether there is news or not. */
  pokeMs?: number;
  /** A database that failed is tried again as often, and the listening connection asked for a sign of life. */
  probeMs?: number;
  limits?: Partial<Limits>;
}

const LIMITS: Limits = { connections: 8, connectMs: 3_000, statementMs: 5_000, settleMs: 3_000 };

const CLAIM: Statement = { name: 'store_claim', text: 'SELECT content FROM store_claim($1, $2, $3)' };
const ERASE: Statement = { name: 'store_erase', text: 'SELECT store_erase($1, $2, $3, $4)' };
const PROBE: Statement = {
  name: 'store_probe',
  text: 'INSERT INTO writer (id, batch) VALUES ($1, 0) ON CONFLICT (id) DO UPDATE SET seen_at = now()',
};

const OUTBOX = 'outbox';
const topicOf = (conversation: string) => `lines/${conversation}`;

/** @throws StoreUnavailable when the database cannot be reached or used: the message says why. */
export async function openPostgresStore(options: PostgresOptions): Promise<Store> {
  const { url, warn = () => {}, startMs = 30_000, pokeMs = 60_000, probeMs = 1_000 } = options;
  const limits = { ...LIMITS, ...options.limits };
  const database = openDatabase(url, limits);
  const instance = randomUUID();
  const watchers = createWatchers();
  const migrations = await readMigrations();
  const health = createHealth(() => database.query(PROBE, [instance]), probeMs);

  const start = () =>
    startListener({
      database,
      instance,
      admit: (client) => takeInstanceLock(client, options.exclusive ?? false, database.name),
      heard({ conversations, outbox }) {
        watchers.tell(new Set([...(outbox ? [OUTBOX] : []), ...conversations.map(topicOf)]));
      },
      missed: watchers.tellAll,
      beatMs: probeMs * 5,
    });
  const listener = await untilThere(startMs, warn, async () => {
    await prepareDatabase(database, migrations, warn);
    return start();
  }).catch(async (error) => {
    await database.end();
    throw error;
  });
  const poking = setInterval(watchers.tellAll, pokeMs);
  poking.unref();
  let isClosed = false;

  const queue = createBatches<Writing>(
    createWriter({
      database,
      newId: randomUUID,
      settleMs: limits.settleMs,
      messages: (commits) => newsMessages(instance, commits),
      stored: (commits) => watchers.tell(topicsOf(commits)),
      failed: (error) => health.failed(error.message),
    }),
    (items) => groupLength(items.map(({ prepared }) => prepared)),
  );

  /** A failure shows in `status`. */
  async function query(statement: Statement, values: unknown[]): Promise<unknown[][]> {
    refuseClosed();
    try {
      return await database.query(statement, values);
    } catch (error) {
      health.failed((error as StoreUnavailable).message);
      throw error;
    }
  }
  const reads = createReads({ query });

  function refuseClosed() {
    if (isClosed) throw new StoreUnavailable('the store is closed');
  }

  return {
    async read(keys) {
      for (const key of keys) checkKey(key);
      return reads.read(keys);
    },
    async commit(commit) {
      checkCommit(commit);
      refuseClosed();
      const prepared = prepare(commit);
      const given = [...(commit.lines ?? [])];
      const seqs = await new Promise<number[]>((resolve, reject) => queue.push({ prepared, resolve, reject }));
      return {
        lines: given.map(({ conversation, value }, at) => ({ conversation, line: { seq: seqs[at]!, value } })),
      };
    },
    async lines(conversation, after, limit) {
      checkConversation(conversation);
      return reads.lines({ conversation, after, limit });
    },
    scan: reads.scan,
    contents: reads.contents,
    async claim(now, limit, leaseMs) {
      const rows = await query(CLAIM, [now, limit, leaseMs]);
      return rows.map(([content]) => JSON.parse(content as string) as OutboxRow);
    },
    outbox: reads.outbox,
    watch: (conversation, listen) => watchers.on(topicOf(conversation), listen),
    watchOutbox: (listen) => watchers.on(OUTBOX, listen),
    async erase({ docs = [], conversations = [], outbox = [] }) {
      for (const key of docs) checkKey(key);
      for (const conversation of conversations) checkConversation(conversation);
      const kinds = docs.map((key) => key.slice(0, key.indexOf('/')));
      const ids = docs.map((key) => key.slice(key.indexOf('/') + 1));
      await query(ERASE, [texts(kinds), texts(ids), texts(conversations), texts(outbox)]);
    },
    status() {
      const reason = isClosed ? 'the store is closed' : (health.failure() ?? listener.failure());
      return reason === undefined ? { ok: true } : { ok: false, reason };
    },
    async close() {
      if (isClosed) return;
      isClosed = true;
      clearInterval(poking);
      health.stop();
      await queue.idle();
      await listener.close();
      await database.end();
    },
  };
}

function topicsOf(commits: Prepared[]): Set<string> {
  const topics = new Set(commits.flatMap(({ lines }) => lines.map(({ conversation }) => topicOf(conversation))));
  if (commits.some(({ putsRows }) => putsRows)) topics.add(OUTBOX);
  return topics;
}
