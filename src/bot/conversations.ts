/** The documents `conversation/<id>`: read once, then kept as this process wrote them last. */
import type { State } from '../conversation/state.ts';
import type { LedTo } from '../language/values/mask-led-to.ts';
import { type Commit, type DocKey, type Json, type Store, StoreConflict } from '../store/port.ts';
import { marksIn } from './answered.ts';
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
  /** What was answered lately, newest last (answered.ts). */
  answered: readonly string[];
  /** The last message ended in "my password is": what the next one is taken for. */
  ledTo?: LedTo;
  /** Everything that is stored of it may be fetched, once, until then (milliseconds since 1970). */
  export?: { until: number };
  /** It is being erased, under the receipt of that number: nobody can say anything more in it. */
  erasing?: string;
}

/** In place of a conversation that is being erased, or was: its version goes on, so that nothing remembered of it fits any more. */
export interface Gone {
  version: number;
  gone: 'erasing' | 'erased';
}

/** A conversation as a turn finds it. */
export interface Found {
  /** 0: it is not stored yet. */
  version: number;
  value: Conversation;
  /** Every mark of `value.answered`, and some that were forgotten there. */
  seen: Set<string>;
}

const maxSeen = 400;
const keptCount = 1000;

export function createConversations(store: Store) {
  const kept = createBounded<Found>(keptCount);

  async function read(id: string): Promise<Found | Gone | undefined> {
    const [doc] = await store.read([keyOf(id)]);
    if (!doc?.value) return undefined;
    const value = doc.value as unknown as Conversation;
    if (value.state) return found(doc.version, value);
    return { version: doc.version, gone: value.erasing ? 'erasing' : 'erased' };
  }

  return {
    /** As the store has it now. */
    read,
    /** As this process wrote it last, else as the store has it: another's writing shows as a conflict. */
    last: async (id: string): Promise<Found | Gone | undefined> => kept.get(id) ?? read(id),
    /** The same without asking the store. */
    known: (id: string): Conversation | undefined => kept.get(id)?.value,
    forget: (id: string): void => void kept.delete(id),
    /**
     * @param marks of what this turn answers
     * @throws what the store's commit throws; after a conflict the next `last` reads again
     */
    async write(
      id: string,
      { version, seen }: Found,
      value: Conversation,
      { docs = [], ...rest }: Commit = {},
      marks: readonly string[] = [],
    ): Promise<void> {
      try {
        await store.commit({ docs: [{ key: keyOf(id), version, value: asJson(value) }, ...docs], ...rest });
      } catch (error) {
        if (error instanceof StoreConflict) kept.delete(id);
        throw error;
      }
      if (seen.size > maxSeen) return kept.set(id, found(version + 1, value));
      for (const mark of marks) seen.add(mark);
      kept.set(id, { version: version + 1, value, seen });
    },
  };
}

export const isGone = (stored: Found | Gone): stored is Gone => 'gone' in stored;

/** @param version 0 for one that is not stored yet */
export const found = (version: number, value: Conversation): Found => ({
  version,
  value,
  seen: new Set(marksIn(value.answered)),
});

export const keyOf = (id: string): DocKey => `conversation/${id}`;

/** Engines write JSON at the call: a date becomes its ISO form, undefined nothing, and nobody changes what was handed in. */
export const asJson = (value: object): Json => value as unknown as Json;
