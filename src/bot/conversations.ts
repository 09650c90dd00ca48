/** The documents `conversation/<id>`: read once, then kept as this process wrote them last. */
import type { State } from '../conversation/state.ts';
import { type Commit, type DocKey, type Json, type Store, StoreConflict } from '../store/port.ts';
import { createBounded } from './bounded.ts';
import type { Delivery } from './turns.ts';

export interface Conversation {
  channel: string;
  user: string;
  openedAt: number;
  /** Where the channel took the last answer: what an agent writes later goes there too. */
  sendTo?: NonNullable<Delivery['sendTo']>;
  state: State;
  /** How many lines the transcript has: every commit that appends lines writes this document too. */
  lines: number;
  /** What was answered lately, newest last: channels deliver again, and pages resend. */
  answered: readonly Answered[];
}

export interface Answered {
  ids: readonly string[];
  seq?: number;
  /** Its replies are the lines `from` to `to`. */
  from: number;
  to: number;
  at: number;
}

/** A conversation as a turn finds it. */
export interface Found {
  /** 0: it is not stored yet. */
  version: number;
  value: Conversation;
  /** Every id of `value.answered`, and some that were forgotten there. */
  seen: Set<string>;
}

const rememberMs = 24 * 3600_000;
const rememberCount = 40;
const keptCount = 1000;

export function createConversations(store: Store) {
  const kept = createBounded<Found>(keptCount);

  async function read(id: string): Promise<Found | undefined> {
    const [doc] = await store.read([keyOf(id)]);
    return doc?.value ? found(doc.version, doc.value as unknown as Conversation) : undefined;
  }

  return {
    /** As the store has it now. */
    read,
    /** As this process wrote it last, else as the store has it: another's writing shows as a conflict. */
    last: async (id: string): Promise<Found | undefined> => kept.get(id) ?? read(id),
    /** The same without asking the store. */
    known: (id: string): Conversation | undefined => kept.get(id)?.value,
    /** @throws what the store's commit throws; after a conflict the next `last` reads again */
    async write(id: string, before: Found, value: Conversation, { docs = [], ...rest }: Commit = {}): Promise<void> {
      const { version, seen } = before;
      try {
        await store.commit({ docs: [{ key: keyOf(id), version, value: asJson(value) }, ...docs], ...rest });
      } catch (error) {
        if (error instanceof StoreConflict) kept.delete(id);
        throw error;
      }
      if (seen.size > 4 * rememberCount) return kept.set(id, found(version + 1, value));
      for (const one of value.answered.at(-1)?.ids ?? []) seen.add(one);
      kept.set(id, { version: version + 1, value, seen });
    },
  };
}

/** @param version 0 for one that is not stored yet */
export const found = (version: number, value: Conversation): Found => ({
  version,
  value,
  seen: new Set(value.answered.flatMap((entry) => entry.ids)),
});

/** What was answered to one of these ids. */
export function answeredTo(ids: readonly string[], { value, seen }: Found): Answered | undefined {
  if (!ids.some((id) => seen.has(id))) return undefined;
  return value.answered.find((entry) => entry.ids.some((id) => ids.includes(id)));
}

/** The newest ones up to `entry`, which is left out when it has no id by which it could come again. */
export function remembering(entry: Answered, answered: readonly Answered[]): readonly Answered[] {
  let first = Math.max(0, answered.length + 1 - rememberCount);
  while (first < answered.length && entry.at - answered[first]!.at >= rememberMs) first++;
  const rest = answered.slice(first);
  if (entry.ids.length > 0) rest.push(entry);
  return rest;
}

export const keyOf = (id: string): DocKey => `conversation/${id}`;

/** Engines write JSON at the call: a date becomes its ISO form, undefined nothing, and nobody changes what was handed in. */
export const asJson = (value: object): Json => value as unknown as Json;
