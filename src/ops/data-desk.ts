/** A person's request, carried out by an operator: to find, to show, to erase what is stored about a conversation. */
import { setTimeout as pause } from 'node:timers/promises';
import type { Doc, DocKey, Json, Line, Store } from '../store/port.ts';
import { unlessDamaged } from '../store/unless-damaged.ts';
import { orderErasure, type Receipt, readReceipt } from './erase-order.ts';
import { conversationOf } from './last-change.ts';
import { allDataOf, exportOf, idOf } from './personal-data.ts';

export interface DataDesk {
  /** @param of a conversation's id, a ticket's number, or a receipt's. @throws NothingStored */
  show(of: string): Promise<Json>;
  /** @returns the receipt's number, and the receipt when it was done within a few seconds. @throws NothingStored */
  erase(of: string): Promise<Erased>;
  /** @param of words that stand in a ticket or a talk, such as an e-mail address */
  find(of: string): Promise<Found[]>;
}
export interface Erased {
  receipt: string;
  done?: Receipt;
}
export interface Found {
  conversation: string;
  tickets: string[];
}

export class NothingStored extends Error {
  override name = 'NothingStored';
  constructor(of: string) {
    super(
      `nothing is stored about "${of}": give a conversation's id or a ticket's number (npm run data -- find WORDS)`,
    );
  }
}

const waitMs = 20_000;
const lookEveryMs = 100;

export interface DataDeskTools {
  store: Store;
  now(): number;
  random: (bytes: number) => Uint8Array;
  /** Carries out what was ordered, where no outbox does. */
  work?: () => Promise<void>;
}

export function createDataDesk({ store, now, random, work }: DataDeskTools): DataDesk {
  /** The conversation that is meant. */
  async function conversationFor(of: string): Promise<string> {
    const number = /^[\w-]{1,40}$/.test(of) ? of.toUpperCase() : '-';
    const [ticket] = await store.read([`ticket/${number}`]);
    if (ticket?.value) return conversationOf(ticket) ?? of;
    if (!/^[A-Za-z0-9._:@|-]{1,200}$/.test(of)) throw new NothingStored(of);
    const key: DocKey = `conversation/${of}`;
    const [doc] = await store.read([key]).catch(unlessDamaged<(Doc | undefined)[]>([]));
    // One that is damaged can still be erased.
    const isThere = doc === undefined || (doc.value as { state?: unknown } | undefined)?.state !== undefined;
    if (isThere || (await store.lines(of, 0, 1)).length > 0) return of;
    const { tickets, notUnderstood } = await allDataOf(of, store);
    if (tickets.length + notUnderstood.length === 0) throw new NothingStored(of);
    return of;
  }

  return {
    async show(of) {
      const receipt = /^R-[\w-]{1,40}$/i.test(of) ? await readReceipt(of.toUpperCase(), store) : undefined;
      if (receipt) return { ...receipt, counts: { ...receipt.counts } };
      return exportOf(await allDataOf(await conversationFor(of), store), now());
    },
    async erase(of) {
      const receipt = await orderErasure(await conversationFor(of), { store, now, random });
      await work?.();
      for (const end = now() + waitMs; ; await pause(lookEveryMs)) {
        const done = await readReceipt(receipt, store);
        if (done) return { receipt, done };
        if (now() >= end) return { receipt };
      }
    },
    async find(of) {
      const words = of.toLowerCase();
      const has = (value: unknown) => JSON.stringify(value).toLowerCase().includes(words);
      const found = new Map<string, Set<string>>();
      const add = (conversation: string) => {
        const tickets = found.get(conversation) ?? new Set<string>();
        found.set(conversation, tickets);
        return tickets;
      };
      for await (const doc of store.scan('ticket')) {
        const conversation = conversationOf(doc);
        if (conversation && has(doc.value)) add(conversation).add(idOf(doc));
      }
      for await (const doc of store.scan('conversation')) {
        const id = idOf(doc);
        const said = await store.lines(id, 0, longTalk).catch(unlessDamaged<Line[]>([]));
        if (has([doc.value, said])) add(id);
      }
      return [...found].map(([conversation, tickets]) => ({ conversation, tickets: [...tickets] }));
    },
  };
}

const longTalk = 5000;
