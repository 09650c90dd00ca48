/**
 * The one door to durable state. Two engines stand behind it (lowdb/, postgres/), one contract test suite holds both to it.
 *
 * A commit is all or nothing, and has returned only when it is durable: nothing may be acknowledged to anybody before that.
 */

/** Anything that survives JSON.stringify and JSON.parse unchanged. */
export type Json = string | number | boolean | null | Json[] | { [key: string]: Json | undefined };

/** `kind/id`; kind is a lower-case word, id has 1 to 200 signs of `A-Z a-z 0-9 . _ : @ | -`. */
export type DocKey = `${string}/${string}`;

/** A document as it was read. `version` counts the commits that wrote it; 0 with `value: undefined` means that it does not exist. */
export interface Doc<T = Json> {
  key: DocKey;
  version: number;
  value: T | undefined;
}

/** One line of a conversation's transcript; `seq` is 1 for the first and has no gaps. */
export interface Line<T = Json> {
  seq: number;
  value: T;
}

/**
 * Something promised to the world outside: a mail, a message to another conversation, a reminder.
 * Rows of one `target` are handed out strictly in the order in which they were committed, one at a time.
 */
export interface OutboxRow<T = Json> {
  id: string;
  target: string;
  kind: string;
  payload: T;
  /** Milliseconds since 1970; the row is not claimed before. */
  dueAt: number;
  /** How often sending was begun. */
  attempts: number;
  /** `parked` and `uncertain` rows are kept and shown, and do not hold back those behind them. */
  state: 'waiting' | 'parked' | 'uncertain';
  /** Why it is parked or uncertain, or why the last attempt failed; no personal data. */
  reason?: string;
}

export interface Commit {
  /** `version` as read (0: must not exist yet); `value: null` removes the document. A key at most once. */
  docs?: { key: DocKey; version: number; value: Json }[];
  /** Appended in this order. A conversation's id follows the rule for the id of a document key. */
  lines?: { conversation: string; value: Json }[];
  outbox?: {
    /** An id that is there already is a conflict. */
    add?: OutboxRow[];
    /** Replaces the row of that id, in its old place in the order, and gives its claim back; a row that is not there is a conflict. */
    update?: OutboxRow[];
    /** Done, or withdrawn; ids that are not there do no harm. */
    remove?: string[];
  };
}

export interface Store {
  /**
   * In the order of the keys, the caller's own copies. Reading sees every commit that has returned before, and none that is not
   * durable. @throws StoreDamaged for a document that cannot be read; StoreUnavailable when none can be now
   */
  read(keys: DocKey[]): Promise<Doc[]>;
  /** @throws StoreConflict when a version is not the stored one (nothing was written); StoreUnavailable when it cannot be made durable; TypeError for a key or a shape that no engine takes. */
  commit(commit: Commit): Promise<{ lines: { conversation: string; line: Line }[] }>;
  /** Lines after `after` (0: from the start), oldest first, at most `limit`. */
  lines(conversation: string, after: number, limit: number): Promise<Line[]>;
  /**
   * All documents of a kind, in no promised order; sees at least what was committed before the call. One that is damaged is
   * left out, and named in `status`: it must not stop those who go through the others.
   */
  scan(kind: string): AsyncIterable<Doc>;
  /**
   * Everything but the outbox, for moving house: each document and how many lines the transcript of its name has; version 0:
   * there is a transcript only. @throws StoreDamaged: nothing is left out
   */
  contents(): AsyncIterable<{ doc: Doc; lines: number }>;
  /**
   * Claims up to `limit` waiting rows that are due at `now`, at most the oldest one of each target, for `leaseMs`;
   * a claim that is not settled by then (the process died) is handed out again with the same id.
   */
  claim(now: number, limit: number, leaseMs: number): Promise<OutboxRow[]>;
  /** Every row, for the desk, readiness and export. */
  outbox(): AsyncIterable<OutboxRow>;
  /** Calls `listener` (which must not throw) after commits that appended lines to the conversation; returns the way to stop. A call may be lost or doubled: read again from your own watermark. */
  watch(conversation: string, listener: () => void): () => void;
  /** Calls `listener` after commits that added or changed outbox rows. */
  watchOutbox(listener: () => void): () => void;
  /**
   * Removes a conversation's transcript and the given documents for good (erasure, retention), damaged ones too: of a
   * conversation only when its document and its transcript are both named.
   */
  erase(what: { conversations?: string[]; docs?: DocKey[]; outbox?: string[] }): Promise<void>;
  /**
   * Everything as it is at one moment, in a new folder from which the same engine can be opened; commits wait meanwhile.
   * Missing where the engine's own tools do that better.
   */
  snapshot?(into: string): Promise<void>;
  /** `damaged`: what cannot be read though the rest serves, a sentence each with what to do; missing when there is nothing. */
  status(): ({ ok: true } | { ok: false; reason: string }) & { damaged?: string[] };
  close(): Promise<void>;
}

/** Somebody else wrote one of the documents since it was read: read again and decide again. */
export class StoreConflict extends Error {
  override name = 'StoreConflict';
}

/** Nothing was stored; `message` says why, for an operator (disk full, server gone), without customers' data. */
export class StoreUnavailable extends Error {
  override name = 'StoreUnavailable';
}

/** One document or transcript cannot be read; the others are not affected. `message` names its file and what to do. */
export class StoreDamaged extends StoreUnavailable {
  override name = 'StoreDamaged';
}
