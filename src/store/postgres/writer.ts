/** Sends batches of commits, one at a time, and finds out what became of one whose answer was lost. */
import { setTimeout as pause } from 'node:timers/promises';
import { StoreConflict, StoreUnavailable } from '../port.ts';
import { texts } from './arrays.ts';
import { codeOf, type Database, isRefusal, type Statement, unavailable } from './connection.ts';
import { columns, type Prepared } from './group.ts';

export interface Writing {
  prepared: Prepared;
  /** `seq` of each of its lines. */
  resolve(seqs: number[]): void;
  reject(error: unknown): void;
}

export interface WriterOptions {
  database: Database;
  newId: () => string;
  /** What other instances are told with these commits. */
  messages(commits: Prepared[]): string[];
  /** After the commits were stored and their promises kept. */
  stored(commits: Prepared[]): void;
  failed(error: StoreUnavailable): void;
  /** How long it asks what became of a batch before it gives up. */
  settleMs: number;
}

type Outcome = { lastSeqs: number[] } | { conflicts: Map<number, string> };

const COMMIT: Statement = {
  name: 'store_commit',
  text: `SELECT conflict_commits, conflict_reasons, last_seqs
    FROM store_commit(${Array.from({ length: 20 }, (_, at) => `$${at + 1}`).join(', ')})`,
};
const SETTLE: Statement = { name: 'store_settle', text: 'SELECT store_settle($1, $2)' };

/** Deadlock, serialization failure, a name that somebody else made at the same moment. */
const PASSING = /^(40P01|40001|23505)$/;
/** What one commit among others can be guilty of: its values are of no use to the server. */
const GUILT = /^(22|23|54)/;
const MOST_RETRIES = 20;

const numbers = (values: unknown): number[] => (values as string[]).map(Number);

export function createWriter(options: WriterOptions): (group: Writing[]) => Promise<void> {
  const { database, newId, settleMs } = options;
  let writer = newId();
  let batch = 0;

  async function send(commits: Prepared[], { values }: ReturnType<typeof columns>): Promise<Outcome> {
    const all = [writer, batch + 1, ...values, texts(options.messages(commits))];
    const [row] = await database.tryQuery(COMMIT, all);
    const [conflicts, reasons, lastSeqs] = row as [number[] | null, string[] | null, unknown];
    if (conflicts?.length) return { conflicts: new Map(conflicts.map((commit, at) => [commit, reasons?.[at] ?? ''])) };
    batch += 1;
    return { lastSeqs: numbers(lastSeqs) };
  }

  /** undefined: it was not stored, and never will be. @throws StoreUnavailable when that could not be found out */
  async function settle(broke: unknown): Promise<number[] | undefined> {
    for (const until = performance.now() + settleMs; ; ) {
      try {
        const [[lastSeqs] = []] = await database.tryQuery(SETTLE, [writer, batch + 1]);
        batch += 1;
        return lastSeqs ? numbers(lastSeqs) : undefined;
      } catch (error) {
        if (performance.now() > until) {
          writer = newId();
          batch = 0;
          const { message } = unavailable(error instanceof StoreUnavailable ? error : broke, database.name);
          throw new StoreUnavailable(`${message} (it broke off in mid-commit: what was under way may be stored)`);
        }
        await pause(100);
      }
    }
  }

  /** Until it is stored, or does not fit. */
  async function store(commits: Prepared[], made: ReturnType<typeof columns>): Promise<Outcome> {
    for (let retries = 0; ; retries++) {
      try {
        return await send(commits, made);
      } catch (error) {
        if (error instanceof StoreUnavailable) throw error;
        if (!isRefusal(error)) {
          const lastSeqs = await settle(error);
          if (lastSeqs) return { lastSeqs };
        } else if (!PASSING.test(codeOf(error))) throw error;
        if (retries === MOST_RETRIES) throw error;
        await pause(Math.random() * 5 * retries);
      }
    }
  }

  async function run(group: Writing[]): Promise<void> {
    if (group.length === 0) return;
    const commits = group.map(({ prepared }) => prepared);
    const made = columns(commits);
    let outcome: Outcome;
    try {
      outcome = await store(commits, made);
    } catch (error) {
      if (group.length > 1 && GUILT.test(codeOf(error))) {
        const half = group.length >> 1;
        await run(group.slice(0, half));
        return run(group.slice(half));
      }
      const failure = unavailable(error, database.name);
      options.failed(failure);
      for (const one of group) one.reject(failure);
      return;
    }
    if ('conflicts' in outcome) {
      const { conflicts } = outcome;
      for (const [at, reason] of conflicts) group[at]?.reject(new StoreConflict(reason));
      return run(group.filter((_, at) => !conflicts.has(at)));
    }
    const { lastSeqs } = outcome;
    for (const [at, one] of group.entries()) {
      one.resolve(made.places[at]!.map(({ head, offset }) => lastSeqs[head]! - made.counts[head]! + offset));
    }
    options.stored(commits);
  }

  return run;
}
