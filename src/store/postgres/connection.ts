/** Connections: limits and time-outs, and what is wrong in words for an operator, without values of anybody. */
import pg from 'pg';
import { StoreUnavailable } from '../port.ts';

export interface Database {
  /** A statement on any connection of the pool, prepared once for each. @throws StoreUnavailable */
  query(statement: Statement, values?: unknown[]): Promise<unknown[][]>;
  /** The same, but once the statement was sent with the error as it came. @throws StoreUnavailable: it was not sent */
  tryQuery(statement: Statement, values?: unknown[]): Promise<unknown[][]>;
  /** A connection of its own, outside the pool; its owner ends it. `work`: for statements that may take long. */
  connect(work?: 'long'): Promise<pg.Client>;
  /** Host and database, for messages. */
  name: string;
  end(): Promise<void>;
}

export interface Statement {
  name: string;
  text: string;
}

export interface Limits {
  /** Connections of this process, beside the one that listens. */
  connections: number;
  connectMs: number;
  /** How long the server works at one statement at most, waiting for others' locks included. */
  statementMs: number;
  /** How long it is asked what became of a commit whose answer was lost. */
  settleMs: number;
}

/** What a pooled session must have whatever the server's defaults are; a stricter synchronous_commit stays. */
const setUp = (statementMs: number) =>
  `SELECT set_config('statement_timeout', '${statementMs}', false),
    set_config('idle_in_transaction_session_timeout', '${statementMs}', false),
    set_config('default_transaction_isolation', 'read committed', false),
    CASE current_setting('synchronous_commit') WHEN 'off' THEN set_config('synchronous_commit', 'on', false) END`;

/** @throws StoreUnavailable when the URL cannot be read */
export function openDatabase(url: string, limits: Omit<Limits, 'settleMs'>): Database {
  const name = nameOf(url);
  const { connections, connectMs, statementMs } = limits;
  const common = {
    connectionString: url,
    connectionTimeoutMillis: connectMs,
    // Should the server not even say that it took too long: its machine is gone, or the network between.
    query_timeout: statementMs + 1_000,
    keepAlive: true,
    application_name: 'cps-support-bot',
  };
  const pool = new pg.Pool({
    ...common,
    max: connections,
    idleTimeoutMillis: 30_000,
    onConnect: async (client) => {
      await client.query(setUp(statementMs));
    },
  });
  // An idle connection that breaks is replaced when one is needed; without this line it would end the process.
  pool.on('error', () => {});

  async function tryQuery({ name: statement, text }: Statement, values: unknown[] = []): Promise<unknown[][]> {
    const client = await pool.connect().catch((error) => {
      throw unavailable(error, name);
    });
    let broken: Error | undefined;
    // A connection can break while it is lent out, and says so outside of the query as well.
    const onError = (error: Error) => {
      broken = error;
    };
    client.on('error', onError);
    try {
      return (await client.query({ name: statement, text, values, rowMode: 'array' })).rows;
    } catch (error) {
      if (!isRefusal(error) || codeOf(error) === '25006') broken = error as Error;
      throw error;
    } finally {
      client.off('error', onError);
      client.release(broken);
    }
  }

  return {
    name,
    tryQuery,
    async query(statement, values) {
      try {
        return await tryQuery(statement, values);
      } catch (error) {
        throw unavailable(error, name);
      }
    },
    async connect(work) {
      const client = new pg.Client({ ...common, query_timeout: work ? 0 : common.query_timeout });
      // Whoever uses it hears of a break from what it asks, or from `end`.
      client.on('error', () => {});
      try {
        await client.connect();
        await client.query(setUp(work ? 0 : statementMs));
        return client;
      } catch (error) {
        client.end().catch(() => {});
        throw unavailable(error, name);
      }
    },
    end: () => pool.end(),
  };
}

/** Host and database as the driver reads them, unset parts from the environment as everywhere with PostgreSQL. */
function nameOf(url: string): string {
  try {
    const { host, port, database } = new pg.Client({ connectionString: url });
    return `PostgreSQL at ${host.startsWith('/') ? host : `${host}:${port}`}, database ${database}`;
  } catch {
    throw new StoreUnavailable('DATABASE_URL cannot be read: write postgres://user:password@host:5432/name');
  }
}

export const codeOf = (error: unknown): string => {
  const { code } = (error ?? {}) as { code?: unknown };
  return typeof code === 'string' ? code : '';
};

/**
 * Whether the server itself said that the statement failed and goes on working for this connection: then it was rolled
 * back. Anything else (a broken connection, a time-out on our side, a server that is being stopped) leaves that open.
 */
export function isRefusal(error: unknown): boolean {
  return error instanceof pg.DatabaseError && error.severity === 'ERROR' && codeOf(error) !== '40003';
}

/** Classes of SQLSTATE whose messages tell an operator what to do and hold no values. */
const SPEAKING = /^(08|25006|28|3D|42501|53|57|58)/;

export function unavailable(error: unknown, name: string): StoreUnavailable {
  if (error instanceof StoreUnavailable) return error;
  const code = codeOf(error);
  const { message = '', errors } = (error ?? {}) as { message?: string; errors?: { message?: string }[] };
  const isSql = error instanceof pg.DatabaseError;
  // Several addresses were tried: the outer error has no words of its own.
  const words = message || errors?.map((one) => one.message).join('; ') || code || 'unknown reason';
  const said = isSql && !SPEAKING.test(code) ? `refused a statement (SQLSTATE ${code})` : `is not available: ${words}`;
  // Of the error itself only its code goes further: its details may hold values.
  return new StoreUnavailable(`${name} ${said}`, { cause: { code } });
}
