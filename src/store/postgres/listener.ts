/** Hears what other instances commit (LISTEN/NOTIFY). Whatever may have been missed is made good by waking everybody. */
import type { Client } from 'pg';
import type { StoreUnavailable } from '../port.ts';
import type { Database } from './connection.ts';
import type { Prepared } from './group.ts';

/** The channel of store_commit (migrations/002-commit.sql). */
const LISTEN = 'LISTEN cps_support_store';
/** PostgreSQL takes payloads of less than 8000 bytes. */
const MOST_BYTES = 7_900;
const FIRST_WAIT_MS = 100;
const LONGEST_WAIT_MS = 3_000;

export interface News {
  conversations: string[];
  /** Whether outbox rows were added or changed. */
  outbox: boolean;
}

const PUT = '+';
const NONE = '-';

/** `<instance> <+ or -> <conversation>,<conversation>,...`: ids hold no commas. None when there is nothing to tell. */
export function newsMessages(instance: string, commits: Prepared[]): string[] {
  const ids = [...new Set(commits.flatMap(({ lines }) => lines.map(({ conversation }) => conversation)))];
  const messages: string[] = [];
  let sign = commits.some(({ putsRows }) => putsRows) ? PUT : NONE;
  for (let at = 0; at < ids.length || sign === PUT; sign = NONE) {
    let message = `${instance} ${sign} ${ids[at++] ?? ''}`;
    while (at < ids.length && message.length + 1 + ids[at]!.length < MOST_BYTES) message += `,${ids[at++]}`;
    messages.push(message);
  }
  return messages;
}

/** undefined: our own, or not a message of ours. */
export function readNews(instance: string, message: string): News | undefined {
  const [from, sign, ids] = message.split(' ');
  if (from === instance || ids === undefined) return undefined;
  return { conversations: ids === '' ? [] : ids.split(','), outbox: sign === PUT };
}

export interface Listener {
  /** Why nothing can be heard at present. */
  failure(): string | undefined;
  close(): Promise<void>;
}

/**
 * @returns after the first connection stands
 * @throws StoreUnavailable when it could not be made
 */
export async function startListener(options: {
  database: Database;
  instance: string;
  /** Run on each new connection before it listens. @throws StoreUnavailable when it must not be used */
  admit(client: Client): Promise<void>;
  heard(news: News): void;
  /** Something may have been missed. */
  missed(): void;
  /** The connection is asked for a sign of life as often. */
  beatMs: number;
}): Promise<Listener> {
  const { database, instance, admit, heard, missed, beatMs } = options;
  let current: Client | undefined;
  let failure: string | undefined;
  let isClosed = false;
  let waiting: NodeJS.Timeout | undefined;
  let waitMs = FIRST_WAIT_MS;

  async function connect() {
    const client = await database.connect();
    try {
      await admit(client);
      client.on('notification', ({ payload = '' }) => {
        const news = readNews(instance, payload);
        if (news) heard(news);
      });
      await client.query(LISTEN);
    } catch (error) {
      client.end().catch(() => {});
      throw error;
    }
    if (isClosed) return client.end();
    client.on('end', () => lose(client, `${database.name} closed the connection`));
    current = client;
    failure = undefined;
    waitMs = FIRST_WAIT_MS;
    missed();
  }

  function lose(client: Client, reason: string) {
    if (client !== current) return;
    current = undefined;
    client.end().catch(() => {});
    connectLater(reason);
  }

  function connectLater(reason: string) {
    if (isClosed) return;
    failure = reason;
    waiting = setTimeout(
      () => connect().catch((error: StoreUnavailable) => connectLater(error.message)),
      waitMs * (0.5 + Math.random() / 2),
    );
    waitMs = Math.min(LONGEST_WAIT_MS, waitMs * 2);
  }

  async function askForLife(): Promise<void> {
    const client = current;
    await client?.query('SELECT').catch(() => lose(client, `${database.name} does not answer`));
    if (!isClosed) beat = setTimeout(askForLife, beatMs).unref();
  }
  let beat = setTimeout(askForLife, beatMs).unref();

  try {
    await connect();
  } catch (error) {
    clearTimeout(beat);
    throw error;
  }

  return {
    failure: () => failure,
    async close() {
      isClosed = true;
      clearTimeout(beat);
      clearTimeout(waiting);
      const client = current;
      current = undefined;
      await client?.end().catch(() => {});
    },
  };
}
