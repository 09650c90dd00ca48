/** What a batch does when its answers are bad: against a database that answers as a test wants. */
import pg from 'pg';
import { describe, expect, it } from 'vitest';
import { StoreConflict, StoreUnavailable } from '../../../src/store/port.ts';
import type { Statement } from '../../../src/store/postgres/connection.ts';
import { columns, groupLength, prepare } from '../../../src/store/postgres/group.ts';
import { createWriter } from '../../../src/store/postgres/writer.ts';
import { row } from '../contract.ts';

const refusal = (code: string) => Object.assign(new pg.DatabaseError('no', 2, 'error'), { severity: 'ERROR', code });
const named = (id: string) => prepare({ docs: [{ key: `ticket/${id}`, version: 0, value: id }] });

/** @param answer gets the ids of a batch's documents, or undefined for the question what became of one */
function play(ids: string[], answer: (ids: string[] | undefined) => unknown[]) {
  const asked: (string[] | undefined)[] = [];
  const settled = new Map<string, unknown>();
  const failures: string[] = [];
  const run = createWriter({
    database: {
      name: 'PostgreSQL',
      async tryQuery({ name }: Statement, values: unknown[] = []) {
        const all = (values[6] as Buffer | undefined)?.toString() ?? '';
        const batch = name === 'store_commit' ? ids.filter((id) => all.includes(id)) : undefined;
        asked.push(batch);
        return [answer(batch)];
      },
      query: () => Promise.reject(new Error('not asked')),
      connect: () => Promise.reject(new Error('not asked')),
      end: async () => {},
    },
    newId: () => 'writer',
    messages: () => [],
    stored: () => {},
    failed: ({ message }) => failures.push(message),
    settleMs: 150,
  });
  const group = ids.map((id) => ({
    prepared: named(id),
    resolve: () => settled.set(id, 'stored'),
    reject: (error: unknown) => settled.set(id, error),
  }));
  return { done: run(group), asked, settled, failures };
}

const stored = [null, null, []];

describe('a batch', () => {
  it('of which one cannot be taken by the server is stored without it', async () => {
    const ids = ['one', 'two', 'bad', 'four', 'five'];
    const { done, settled } = play(ids, (batch) => {
      if (batch?.includes('bad')) throw refusal('22021');
      return stored;
    });
    await done;
    expect(ids.map((id) => settled.get(id) === 'stored')).toEqual([true, true, false, true, true]);
    expect(settled.get('bad')).toBeInstanceOf(StoreUnavailable);
  });

  it('of which some do not fit is stored without them', async () => {
    const { done, settled, asked } = play(['one', 'two', 'three'], (batch) =>
      batch?.includes('two') ? [[1], ['ticket/two is at version 7, not 0'], []] : stored,
    );
    await done;
    expect(settled.get('two')).toEqual(new StoreConflict('ticket/two is at version 7, not 0'));
    expect(asked).toEqual([
      ['one', 'two', 'three'],
      ['one', 'three'],
    ]);
  });

  it.each(['40P01', '40001', '23505'])('that met another one (%s) is sent again', async (code) => {
    let tries = 0;
    const { done, settled } = play(['one'], () => {
      if (++tries < 4) throw refusal(code);
      return stored;
    });
    await done;
    expect(settled.get('one')).toBe('stored');
  });

  it('for which the disk is full is not taken to pieces', async () => {
    const { done, settled, asked, failures } = play(['one', 'two'], () => {
      throw Object.assign(refusal('53100'), { message: 'could not extend file: No space left on device' });
    });
    await done;
    expect(asked).toHaveLength(1);
    for (const error of settled.values()) expect(error).toBeInstanceOf(StoreUnavailable);
    expect(failures).toEqual([expect.stringContaining('No space left')]);
  });

  it('whose answer was lost counts as the database says', async () => {
    const lost = (found: unknown) => {
      let tries = 0;
      return play(['one'], (batch) => {
        if (batch && ++tries === 1) throw new Error('Connection terminated unexpectedly');
        return batch ? stored : [found];
      });
    };
    const wasStored = lost([]);
    await wasStored.done;
    expect([wasStored.asked.length, wasStored.settled.get('one')]).toEqual([2, 'stored']);
    const wasNot = lost(null);
    await wasNot.done;
    expect([wasNot.asked.length, wasNot.settled.get('one')]).toEqual([3, 'stored']);
  });

  it('of which nothing can be found out is refused with these words', async () => {
    const { done, settled } = play(['one'], () => {
      throw new Error('Connection terminated unexpectedly');
    });
    await done;
    expect(String(settled.get('one'))).toContain('may be stored');
  });
});

describe('commits that go together', () => {
  it('do not touch the same document or row', () => {
    expect(groupLength([named('a'), named('b'), named('a'), named('c')])).toBe(2);
    const rows = [prepare({ outbox: { add: [row('r', 't')] } }), prepare({ outbox: { remove: ['r'] } })];
    expect(groupLength(rows)).toBe(1);
    expect(groupLength([named('a')])).toBe(1);
  });

  it('are no more than make a batch quick', () => {
    const big = prepare({ lines: [{ conversation: 'c', value: 'x'.repeat(400_000) }] });
    expect(groupLength([big, big, big, big])).toBe(2);
    expect(groupLength(Array.from({ length: 2_000 }, (_, at) => named(`d${at}`)))).toBe(500);
  });

  it('know where their lines are', () => {
    const say = (...conversations: string[]) =>
      prepare({ lines: conversations.map((conversation) => ({ conversation, value: 1 })) });
    const { places, counts } = columns([say('b', 'a'), say('b', 'b')]);
    expect(counts).toEqual([1, 3]);
    expect(places).toEqual([
      [
        { head: 1, offset: 1 },
        { head: 0, offset: 1 },
      ],
      [
        { head: 1, offset: 2 },
        { head: 1, offset: 3 },
      ],
    ]);
  });
});
