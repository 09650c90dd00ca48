/** What every engine must do alike: `storeContract` in one test file an engine. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Doc, DocKey, Json, OutboxRow, Store } from '../../src/store/port.ts';
import { StoreConflict } from '../../src/store/port.ts';
import { storeBehavesLikeItsModel } from './model.ts';

export interface OpenedStore {
  store: Store;
  /** Closes the store and opens what it left. */
  reopen(): Promise<Store>;
  /** Closes the store and removes what it left. */
  drop(): Promise<void>;
}

export const all = async <T>(items: AsyncIterable<T>): Promise<T[]> => Array.fromAsync(items);

export const row = (id: string, target: string, more: Partial<OutboxRow> = {}): OutboxRow => ({
  id,
  target,
  kind: 'mail',
  payload: { id },
  dueAt: 0,
  attempts: 0,
  state: 'waiting',
  ...more,
});

const ids = (rows: OutboxRow[]) => rows.map(({ id }) => id);
const LEASE = 1_000;

/** `walks`: how many random walks are compared with a model; few for an engine that is slow to open. */
export function storeContract(name: string, open: () => Promise<OpenedStore>, walks = 20): void {
  describe(`${name} keeps the store's contract`, () => {
    let opened: OpenedStore;
    let store: Store;
    const read = async (key: DocKey): Promise<Doc> => (await store.read([key]))[0]!;
    const put = (key: DocKey, version: number, value: Json) => store.commit({ docs: [{ key, version, value }] });

    beforeEach(async () => {
      opened = await open();
      store = opened.store;
    });
    afterEach(() => opened.drop());

    describe('documents', () => {
      it('are read in the order of the keys, missing ones as version 0', async () => {
        await put('ticket/b', 0, { text: 'Õhtu, ünnepnap, ćma, 👍🏽, \u2028, "\\n"\n' });
        expect(await store.read(['ticket/a', 'ticket/b', 'ticket/a'])).toEqual([
          { key: 'ticket/a', version: 0, value: undefined },
          { key: 'ticket/b', version: 1, value: { text: 'Õhtu, ünnepnap, ćma, 👍🏽, \u2028, "\\n"\n' } },
          { key: 'ticket/a', version: 0, value: undefined },
        ]);
      });

      it('count the commits that wrote them', async () => {
        await put('ticket/a', 0, 1);
        await put('ticket/a', 1, 2);
        expect(await read('ticket/a')).toEqual({ key: 'ticket/a', version: 2, value: 2 });
      });

      it('are not overwritten by somebody who read an older version', async () => {
        await put('ticket/a', 0, 'first');
        await expect(put('ticket/a', 0, 'second')).rejects.toThrow(StoreConflict);
        await expect(put('ticket/a', 2, 'third')).rejects.toThrow(StoreConflict);
        expect(await read('ticket/a')).toMatchObject({ version: 1, value: 'first' });
      });

      it('are removed by null, and begin anew', async () => {
        await put('ticket/a', 0, 1);
        await put('ticket/a', 1, null);
        expect(await read('ticket/a')).toEqual({ key: 'ticket/a', version: 0, value: undefined });
        await expect(put('ticket/a', 1, 2)).rejects.toThrow(StoreConflict);
        await put('ticket/a', 0, 3);
        expect(await read('ticket/a')).toMatchObject({ version: 1, value: 3 });
      });

      it('belong to who read them: changing a value read or given changes nothing stored', async () => {
        const given = { list: [1] };
        const commit = put('ticket/a', 0, given);
        given.list.push(2);
        await commit;
        const value = (await read('ticket/a')).value as { list: number[] };
        value.list.push(3);
        expect((await read('ticket/a')).value).toEqual({ list: [1] });
      });

      it('are told apart by kind, by case and by every sign of an id', async () => {
        const keys: DocKey[] = ['ticket/a', 'ticket/A', 'user/a', 'ticket/a.', 'ticket/-', 'ticket/19:x@t|2_B'];
        const long: DocKey = `ticket/${'x'.repeat(200)}`;
        await store.commit({ docs: [...keys, long].map((key) => ({ key, version: 0, value: key })) });
        store = await opened.reopen();
        expect((await store.read([...keys, long])).map(({ value }) => value)).toEqual([...keys, long]);
      });

      it.each([
        'ticket',
        'ticket/',
        '/a',
        'Ticket/a',
        'ticket/a b',
        'ticket/../a',
        'ticket/ä',
        `ticket/${'x'.repeat(201)}`,
      ])('refuse the key "%s"', async (key) => {
        await expect(put(key as DocKey, 0, 1)).rejects.toThrow(TypeError);
        await expect(store.read([key as DocKey])).rejects.toThrow(TypeError);
      });

      it('refuse the same key twice in a commit', async () => {
        const twice = { key: 'ticket/a' as const, version: 0, value: 1 };
        await expect(store.commit({ docs: [twice, twice] })).rejects.toThrow(TypeError);
      });

      it('are scanned by kind, before and after a reopening', async () => {
        for (let at = 0; at < 20; at++) await put(`ticket/t${at}`, 0, at);
        await put('user/u', 0, 'u');
        await put('ticket/t3', 1, null);
        await put('ticket/t4', 1, 'changed');
        const expected = Array.from({ length: 20 }, (_, at) => (at === 4 ? 'changed' : at)).filter((at) => at !== 3);
        const values = async () => (await all(store.scan('ticket'))).map(({ value }) => value);
        expect(new Set(await values())).toEqual(new Set(expected));
        expect(await values()).toHaveLength(19);
        store = await opened.reopen();
        expect(new Set(await values())).toEqual(new Set(expected));
        expect(await all(store.scan('nothing'))).toEqual([]);
      });
    });

    it('lists everything but the outbox, before and after a reopening', async () => {
      expect(await all(store.contents())).toEqual([]);
      await put('ticket/a', 0, 1);
      await put('user/u', 0, 2);
      await put('user/gone', 0, 3);
      await put('user/gone', 1, null);
      await store.commit({
        docs: [{ key: 'conversation/both', version: 0, value: 4 }],
        lines: ['both', 'both', 'only'].map((conversation) => ({ conversation, value: 5 })),
      });
      const expected = [
        ['conversation/both', 1, 4, 2],
        ['conversation/only', 0, undefined, 1],
        ['ticket/a', 1, 1, 0],
        ['user/u', 1, 2, 0],
      ];
      const listed = async () =>
        (await all(store.contents())).map(({ doc, lines }) => [doc.key, doc.version, doc.value, lines]).sort();
      expect(await listed()).toEqual(expected);
      store = await opened.reopen();
      expect(await listed()).toEqual(expected);
    });

    describe('a commit', () => {
      it('writes everything or nothing', async () => {
        await put('ticket/a', 0, 1);
        const commit = store.commit({
          docs: [
            { key: 'ticket/b', version: 0, value: 1 },
            { key: 'ticket/a', version: 0, value: 2 },
          ],
          lines: [{ conversation: 'c', value: 'hello' }],
          outbox: { add: [row('r', 't')] },
        });
        await expect(commit).rejects.toThrow(StoreConflict);
        expect((await store.read(['ticket/a', 'ticket/b'])).map(({ version }) => version)).toEqual([1, 0]);
        expect(await store.lines('c', 0, 9)).toEqual([]);
        expect(await all(store.outbox())).toEqual([]);
      });

      it('is won by one of many who read the same version', async () => {
        await put('ticket/a', 0, 'start');
        const results = await Promise.allSettled(Array.from({ length: 20 }, (_, at) => put('ticket/a', 1, at)));
        const won = results.flatMap(({ status }, at) => (status === 'fulfilled' ? [at] : []));
        expect(won).toHaveLength(1);
        expect(await read('ticket/a')).toMatchObject({ version: 2, value: won[0] });
        for (const result of results) {
          if (result.status === 'rejected') expect(result.reason).toBeInstanceOf(StoreConflict);
        }
      });

      it('is there after a reopening', async () => {
        await store.commit({
          docs: [{ key: 'conversation/c', version: 0, value: { step: 1 } }],
          lines: [{ conversation: 'c', value: 'one' }],
          outbox: { add: [row('r', 't', { reason: 'first try' })] },
        });
        store = await opened.reopen();
        expect(await read('conversation/c')).toMatchObject({ version: 1, value: { step: 1 } });
        expect(await store.lines('c', 0, 9)).toEqual([{ seq: 1, value: 'one' }]);
        expect(await all(store.outbox())).toEqual([row('r', 't', { reason: 'first try' })]);
      });

      it('of nothing is no fault', async () => {
        expect(await store.commit({})).toEqual({ lines: [] });
      });
    });

    describe('a transcript', () => {
      it('counts its lines without gaps, also when many write at once', async () => {
        const returned = await Promise.all(
          Array.from({ length: 30 }, (_, at) =>
            store.commit({ lines: [at, `${at}b`].map((value) => ({ conversation: 'c', value })) }),
          ),
        );
        const lines = await store.lines('c', 0, 1_000);
        expect(lines.map(({ seq }) => seq)).toEqual(Array.from({ length: 60 }, (_, at) => at + 1));
        for (const { lines: own } of returned) {
          expect(own[1]!.line.seq).toBe(own[0]!.line.seq + 1);
          for (const { line } of own) expect(lines[line.seq - 1]).toEqual(line);
        }
      });

      it('is read from a watermark, oldest first, up to a limit', async () => {
        await store.commit({ lines: [1, 2, 3, 4, 5].map((value) => ({ conversation: 'c', value })) });
        const seqs = async (after: number, limit: number) =>
          (await store.lines('c', after, limit)).map(({ seq }) => seq);
        expect(await seqs(2, 2)).toEqual([3, 4]);
        expect(await seqs(4, 9)).toEqual([5]);
        expect(await seqs(5, 9)).toEqual([]);
        expect(await seqs(99, 9)).toEqual([]);
        expect(await seqs(0, 0)).toEqual([]);
        expect(await store.lines('other', 0, 9)).toEqual([]);
      });

      it('is kept when the document of its name is removed', async () => {
        await store.commit({
          docs: [{ key: 'conversation/c', version: 0, value: 1 }],
          lines: [{ conversation: 'c', value: 'one' }],
        });
        await put('conversation/c', 1, null);
        store = await opened.reopen();
        expect(await store.lines('c', 0, 9)).toEqual([{ seq: 1, value: 'one' }]);
      });

      it('may be very long', async () => {
        for (let at = 0; at < 1_000; at += 100) {
          const lines = Array.from({ length: 100 }, (_, more) => ({ conversation: 'c', value: at + more + 1 }));
          await store.commit({ lines });
        }
        store = await opened.reopen();
        await store.commit({ lines: [{ conversation: 'c', value: 1_001 }] });
        store = await opened.reopen();
        expect(await store.lines('c', 995, 99)).toEqual(
          Array.from({ length: 6 }, (_, at) => ({ seq: 996 + at, value: 996 + at })),
        );
        expect((await store.lines('c', 150, 300)).map(({ value }) => value)).toEqual(
          Array.from({ length: 300 }, (_, at) => 151 + at),
        );
      });
    });

    describe('the outbox', () => {
      const add = (...rows: OutboxRow[]) => store.commit({ outbox: { add: rows } });

      it('hands out the oldest row of each target, one at a time', async () => {
        await add(row('a1', 'a'), row('b1', 'b'));
        await add(row('a2', 'a'), row('b2', 'b'));
        expect(ids(await store.claim(10, 9, LEASE)).sort()).toEqual(['a1', 'b1']);
        expect(await store.claim(11, 9, LEASE)).toEqual([]);
        await store.commit({ outbox: { remove: ['a1'] } });
        expect(await store.claim(12, 9, LEASE)).toEqual([row('a2', 'a')]);
      });

      it('hands out no more than asked for', async () => {
        await add(row('a', 'a'), row('b', 'b'), row('c', 'c'));
        const first = ids(await store.claim(1, 2, LEASE));
        const rest = ids(await store.claim(1, 2, LEASE));
        expect([first.length, rest.length]).toEqual([2, 1]);
        expect([...first, ...rest].sort()).toEqual(['a', 'b', 'c']);
      });

      it('gives the same row to no two who claim at once', async () => {
        await add(...Array.from({ length: 10 }, (_, at) => row(`r${at}`, `t${at}`)));
        const claims = await Promise.all(Array.from({ length: 5 }, () => store.claim(1, 4, LEASE)));
        const claimed = claims.flatMap(ids);
        expect(new Set(claimed).size).toBe(claimed.length);
      });

      it('holds a row back until it is due, and those behind it', async () => {
        await add(row('late', 'a', { dueAt: 100 }), row('early', 'a', { dueAt: 5 }), row('other', 'b', { dueAt: 50 }));
        expect(await store.claim(49, 9, LEASE)).toEqual([]);
        expect(ids(await store.claim(50, 9, LEASE))).toEqual(['other']);
        expect(ids(await store.claim(100, 9, LEASE))).toEqual(['late']);
      });

      it('lets parked and uncertain rows hold nobody back, and keeps them', async () => {
        await add(row('p', 'a', { state: 'parked' }), row('u', 'a', { state: 'uncertain' }), row('w', 'a'));
        expect(ids(await store.claim(1, 9, LEASE))).toEqual(['w']);
        expect(ids(await all(store.outbox()))).toEqual(['p', 'u', 'w']);
      });

      it('hands an unsettled row out again after its lease, and not before', async () => {
        await add(row('a', 'a'));
        await store.claim(1_000, 1, LEASE);
        expect(await store.claim(1_999, 1, LEASE)).toEqual([]);
        expect(ids(await store.claim(2_001, 1, LEASE))).toEqual(['a']);
      });

      it('hands an unsettled row out again after a restart, at the latest after its lease', async () => {
        await add(row('a', 'a'));
        await store.claim(1_000, 1, LEASE);
        store = await opened.reopen();
        expect(ids(await store.claim(2_001, 1, LEASE))).toEqual(['a']);
      });

      it('takes an update in its old place and gives its claim back', async () => {
        await add(row('a1', 'a'), row('a2', 'a'));
        const [claimed] = await store.claim(1, 1, LEASE);
        const failed = { ...claimed!, attempts: 1, dueAt: 60, reason: 'timed out' };
        await store.commit({ outbox: { update: [failed] } });
        expect(await store.claim(59, 9, LEASE)).toEqual([]);
        expect(await store.claim(60, 9, LEASE)).toEqual([failed]);
        expect(ids(await all(store.outbox()))).toEqual(['a1', 'a2']);
      });

      it('puts a parked row that waits again before those that came after it', async () => {
        await add(row('a1', 'a', { state: 'parked' }), row('a2', 'a'));
        await store.commit({ outbox: { update: [row('a1', 'a')] } });
        store = await opened.reopen();
        expect(ids(await store.claim(1, 9, LEASE))).toEqual(['a1']);
      });

      it('keeps its order over removals and a reopening', async () => {
        await add(row('a1', 'a'), row('a2', 'a'), row('a3', 'a'));
        await store.commit({ outbox: { remove: ['a1', 'a2', 'never'] } });
        store = await opened.reopen();
        await add(row('a1', 'a'));
        expect(ids(await all(store.outbox()))).toEqual(['a3', 'a1']);
        expect(ids(await store.claim(1, 9, LEASE))).toEqual(['a3']);
      });

      it('refuses an id that is there, and the update of one that is not', async () => {
        await add(row('a', 'a'));
        await expect(add(row('a', 'b'))).rejects.toThrow(StoreConflict);
        await expect(store.commit({ outbox: { update: [row('b', 'a')] } })).rejects.toThrow(StoreConflict);
      });
    });

    describe('erasure', () => {
      it('takes what it names for good and nothing else', async () => {
        for (const at of ['a', 'b']) {
          await store.commit({
            docs: [{ key: `conversation/${at}`, version: 0, value: at }],
            lines: [{ conversation: at, value: at }],
            outbox: { add: [row(at, at)] },
          });
        }
        await store.erase({
          conversations: ['a', 'never'],
          docs: ['conversation/a', 'ticket/never'],
          outbox: ['a', 'never'],
        });
        for (const look of [async () => store, opened.reopen]) {
          store = await look();
          expect((await store.read(['conversation/a', 'conversation/b'])).map(({ version }) => version)).toEqual([
            0, 1,
          ]);
          expect(await store.lines('a', 0, 9)).toEqual([]);
          expect(await store.lines('b', 0, 9)).toHaveLength(1);
          expect(ids(await all(store.outbox()))).toEqual(['b']);
          expect((await all(store.scan('conversation'))).map(({ key }) => key)).toEqual(['conversation/b']);
        }
        await store.commit({ lines: [{ conversation: 'a', value: 'anew' }] });
        expect(await store.lines('a', 0, 9)).toEqual([{ seq: 1, value: 'anew' }]);
      });

      it('makes a commit that read before it fail', async () => {
        await put('conversation/a', 0, 1);
        await store.erase({ docs: ['conversation/a'] });
        await expect(put('conversation/a', 1, 2)).rejects.toThrow(StoreConflict);
      });
    });

    describe('watching', () => {
      /** Resolves at the first call. */
      const call = (watch: (listener: () => void) => () => void) =>
        new Promise<void>((resolve) => {
          const stop = watch(() => {
            stop();
            resolve();
          });
        });

      it('wakes who waits for lines of a conversation', async () => {
        const woken = call((listener) => store.watch('c', listener));
        await store.commit({ lines: [{ conversation: 'c', value: 1 }] });
        await woken;
      });

      it('wakes who waits for the outbox', async () => {
        const woken = call((listener) => store.watchOutbox(listener));
        await store.commit({ outbox: { add: [row('a', 'a')] } });
        await woken;
      });

      it('leaves alone who stopped', async () => {
        let calls = 0;
        const stop = store.watch('c', () => calls++);
        stop();
        const woken = call((listener) => store.watch('c', listener));
        await store.commit({ lines: [{ conversation: 'c', value: 1 }] });
        await woken;
        expect(calls).toBe(0);
      });
    });

    it('says that it is well', () => {
      expect(store.status()).toEqual({ ok: true });
    });

    storeBehavesLikeItsModel(open, walks);
  });
}
