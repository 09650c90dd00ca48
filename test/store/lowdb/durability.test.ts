import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Store } from '../../../src/store/port.ts';
import { row } from '../contract.ts';
import { type Chance, createFakeDisk, type FakeDisk } from './fake-disk.ts';
import { openOn, TINY } from './opened.ts';

const settled = async (promise: Promise<unknown>) => {
  let isSettled = false;
  promise.finally(() => {
    isSettled = true;
  });
  for (let turn = 0; turn < 50; turn++) await new Promise(setImmediate);
  return isSettled;
};

describe('a commit of the embedded store', () => {
  it('does not return, and is not seen, before its flush has returned', async () => {
    const disk = createFakeDisk();
    const store = await openOn(disk);
    const release = disk.hold();
    const commit = store.commit({
      docs: [{ key: 'conversation/a', version: 0, value: 1 }],
      lines: [{ conversation: 'a', value: 1 }],
      outbox: { add: [row('r', 't')] },
    });
    expect(await settled(commit)).toBe(false);
    expect((await store.read(['conversation/a']))[0]!.version).toBe(0);
    expect(await store.lines('a', 0, 9)).toEqual([]);
    expect(await store.claim(1, 9, 1)).toEqual([]);
    release();
    await commit;
    expect((await store.read(['conversation/a']))[0]!.version).toBe(1);
    await store.close();
  });

  it('shares its flush with those of the same moment; one that arrives during a flush shares the next', async () => {
    const disk = createFakeDisk();
    const store = await openOn(disk);
    // Until the next segment has been made ready.
    await settled(Promise.resolve());
    let flushes = 0;
    disk.failure = (operation, path) => {
      if (operation === 'write' && !path.includes('lock-')) flushes++;
      return undefined;
    };
    const release = disk.hold();
    const put = (id: number) => store.commit({ docs: [{ key: `ticket/${id}`, version: 0, value: id }] });
    const first = Array.from({ length: 5 }, (_, id) => put(id));
    await settled(first[0]!);
    const late = Array.from({ length: 45 }, (_, id) => put(100 + id));
    await settled(late[0]!);
    release();
    await Promise.all([...first, ...late]);
    expect(flushes).toBe(2);
    await store.close();
  });

  it('is found after a power cut that takes everything that was not flushed', async () => {
    const disk = createFakeDisk();
    const store = await openOn(disk);
    await store.commit({
      docs: [{ key: 'conversation/a', version: 0, value: 1 }],
      lines: [{ conversation: 'a', value: 'one' }],
      outbox: { add: [row('r', 't')] },
    });
    disk.hold();
    const late = store.commit({ docs: [{ key: 'ticket/late', version: 0, value: 1 }] });
    expect(await settled(late)).toBe(false);
    const after = await openOn(disk.cut());
    expect((await after.read(['conversation/a', 'ticket/late'])).map(({ version }) => version)).toEqual([1, 0]);
    expect(await after.lines('a', 0, 9)).toEqual([{ seq: 1, value: 'one' }]);
    expect(await after.claim(1, 9, 1)).toHaveLength(1);
    await after.close();
  });
});

/** A conversation in which every commit says how many there were, in each thing it writes. */
const LINES_EACH = 60;
const conversation = (at: number) => `c${at}`;

async function step(store: Store, at: number): Promise<number> {
  const id = conversation(at);
  const [state, ticket] = await store.read([`conversation/${id}`, `ticket/${id}`]);
  const n = state!.version + 1;
  await store.commit({
    docs: [
      { key: state!.key, version: state!.version, value: n },
      { key: ticket!.key, version: ticket!.version, value: n },
    ],
    lines: Array.from({ length: LINES_EACH }, () => ({ conversation: id, value: n })),
    outbox: { add: [row(`${id}-${n}`, id, { payload: n })], remove: [`${id}-${n - 1}`] },
  });
  return n;
}

/** How many commits are found; all parts must say the same. */
async function count(store: Store, at: number): Promise<number> {
  const id = conversation(at);
  const [state, ticket] = await store.read([`conversation/${id}`, `ticket/${id}`]);
  const n = state!.version;
  expect(ticket).toMatchObject({ version: n, value: n === 0 ? undefined : n });
  const expected = Array.from({ length: n * LINES_EACH }, (_, line) => ({
    seq: line + 1,
    value: Math.floor(line / LINES_EACH) + 1,
  }));
  expect(await store.lines(id, 0, 1e6)).toEqual(expected);
  const rows = (await Array.fromAsync(store.outbox())).filter(({ target }) => target === id);
  expect(rows.map(({ payload }) => payload)).toEqual(n === 0 ? [] : [n]);
  return n;
}

/** Numbers that look random and depend on the seed alone (mulberry32). */
function chanceOf(seed: number): Chance {
  let at = seed;
  return () => {
    at = (at + 0x6d2b79f5) | 0;
    let x = Math.imul(at ^ (at >>> 15), 1 | at);
    x = (x + Math.imul(x ^ (x >>> 7), 61 | x)) ^ x;
    return ((x ^ (x >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Some operations take a while, so that the power fails in the midst of everything. */
function dawdle(disk: FakeDisk, chance: Chance) {
  disk.delay = async () => {
    while (chance() < 0.3) await new Promise(setImmediate);
  };
}

describe('power cuts', () => {
  it('lose no acknowledged commit and no half of one, whenever they come and whatever they tear', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer(),
        fc.array(fc.integer({ min: 5, max: 60 }), { minLength: 1, maxLength: 3 }),
        async (seed, cuts) => {
          const chance = chanceOf(seed);
          let disk = createFakeDisk();
          for (const turns of cuts) {
            dawdle(disk, chance);
            // Files are written behind in a while, or only when the journal is half full.
            const store = await openOn(disk, { ...TINY, settleMs: chance() < 0.5 ? 1 : 1e6 });
            const acknowledged = [0, 0, 0];
            const work = async (at: number) => {
              for (;;)
                acknowledged[at] =
                  (await store.read([`conversation/${conversation(at)}`]))[0]!.version < 0 ? 0 : await step(store, at);
            };
            for (const at of [0, 1, 2]) work(at).catch(() => {});
            for (let turn = 0; turn < turns; turn++) await new Promise(setImmediate);
            const said = [...acknowledged];
            const cut = disk.cut(chance() < 0.3 ? undefined : chance);
            // The process dies with the machine: its disk answers nothing any more.
            disk.delay = () => new Promise(() => {});
            disk = cut;
            const after = await openOn(disk, { ...TINY, settleMs: 1e6 });
            for (const at of [0, 1, 2]) expect(await count(after, at)).toBeGreaterThanOrEqual(said[at]!);
            await after.close();
          }
        },
      ),
      { numRuns: 60 },
    );
  });

  it('in mid-erasure leave nothing behind that nobody finds any more', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer(), fc.integer({ min: 0, max: 40 }), async (seed, turns) => {
        const chance = chanceOf(seed);
        const disk = createFakeDisk();
        const store = await openOn(disk);
        const lines = Array.from({ length: 1_000 }, () => ({ conversation: 'a', value: 'Mari Maasikas' }));
        await store.commit({ lines });
        await store.erase({});
        dawdle(disk, chance);
        store.erase({ conversations: ['a'] }).catch(() => {});
        for (let turn = 0; turn < turns; turn++) await new Promise(setImmediate);
        const after = disk.cut(chance);
        disk.delay = () => new Promise(() => {});
        const again = await openOn(after);
        const isErased = (await again.lines('a', 0, 1)).length === 0;
        await again.erase({});
        const left = after.cut();
        const mentions = left.paths().filter((path) => left.file(path).bytes.includes('Mari'));
        if (isErased) expect(mentions).toEqual([]);
        else expect(await again.lines('a', 0, 1e6)).toHaveLength(1_000);
        await again.close();
      }),
      { numRuns: 80 },
    );
  });

  it('bring back nothing that was erased', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer(), async (seed) => {
        const chance = chanceOf(seed);
        const disk = createFakeDisk();
        dawdle(disk, chance);
        const store = await openOn(disk, TINY);
        for (let at = 0; at < 12; at++) await step(store, at % 2);
        await store.erase({ conversations: ['c0'], docs: ['conversation/c0', 'ticket/c0'], outbox: ['c0-6'] });
        const after = await openOn(disk.cut(chance));
        expect([await count(after, 0), await count(after, 1)]).toEqual([0, 6]);
        await after.close();
        await store.close();
      }),
      { numRuns: 30 },
    );
  });
});
