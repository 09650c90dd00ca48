/** The simplest thing that keeps the contract, and random walks that compare an engine with it. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { Commit, DocKey, Json, OutboxRow, Store } from '../../src/store/port.ts';
import { StoreConflict } from '../../src/store/port.ts';

const KEYS: DocKey[] = ['conversation/a', 'conversation/b', 'ticket/a'];
const CONVERSATIONS = ['a', 'b'];
const LEASE = 50;

interface ModelRow {
  row: OutboxRow;
  leasedUntil: number;
}

interface Model {
  docs: Map<DocKey, { version: number; value: Json }>;
  lines: Map<string, Json[]>;
  rows: ModelRow[];
  now: number;
  nextRow: number;
}

type Action =
  | {
      do: 'commit';
      docs: { key: DocKey; value: Json; stale: boolean }[];
      lines: { conversation: string; value: Json }[];
      add: { target: string; dueIn: number; state: OutboxRow['state'] }[];
      update: { pick: number; dueIn: number; state: OutboxRow['state'] }[];
      remove: number[];
    }
  | { do: 'look' }
  | { do: 'lines'; conversation: string; after: number; limit: number }
  | { do: 'claim'; limit: number; wait: number }
  | { do: 'erase'; docs: DocKey[]; conversations: string[]; rows: number[] }
  | { do: 'reopen' };

const state = fc.constantFrom<OutboxRow['state']>('waiting', 'waiting', 'waiting', 'parked', 'uncertain');
// Through JSON once: -0 does not survive it.
const value = fc.json({ maxDepth: 2 }).map((text): Json => JSON.parse(text));
const conversation = fc.constantFrom(...CONVERSATIONS);
const dueIn = fc.constantFrom(0, 0, 0, 30, 200);

const action: fc.Arbitrary<Action> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      do: fc.constant('commit' as const),
      docs: fc.uniqueArray(
        fc.record({ key: fc.constantFrom(...KEYS), value, stale: fc.integer({ max: 9, min: 0 }).map((n) => n === 0) }),
        { maxLength: 2, selector: ({ key }) => key },
      ),
      lines: fc.array(fc.record({ conversation, value }), { maxLength: 3 }),
      add: fc.array(fc.record({ target: fc.constantFrom('x', 'y', 'z'), dueIn, state }), { maxLength: 2 }),
      update: fc.array(fc.record({ pick: fc.nat(5), dueIn, state }), { maxLength: 1 }),
      remove: fc.array(fc.nat(5), { maxLength: 1 }),
    }),
  },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('look' as const) }) },
  {
    weight: 1,
    arbitrary: fc.record({ do: fc.constant('lines' as const), conversation, after: fc.nat(9), limit: fc.nat(5) }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constant('claim' as const),
      limit: fc.constantFrom(1, 9),
      wait: fc.constantFrom(0, 20, 60),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant('erase' as const),
      docs: fc.subarray(KEYS),
      conversations: fc.subarray(CONVERSATIONS),
      rows: fc.array(fc.nat(5), { maxLength: 1 }),
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('reopen' as const) }) },
);

/** The commit that an action means here and now. */
function commitOf(model: Model, step: Extract<Action, { do: 'commit' }>): Commit {
  const picked = (pick: number) => model.rows[pick]?.row;
  const removed = step.remove.flatMap((pick) => picked(pick)?.id ?? []);
  return {
    docs: step.docs.map(({ key, value: json, stale }) => {
      const version = model.docs.get(key)?.version ?? 0;
      return { key, version: stale ? version + 1 : version, value: json };
    }),
    lines: step.lines,
    outbox: {
      add: step.add.map(({ target, dueIn: wait, state: at }) => {
        const id = `r${model.nextRow++}`;
        return { id, target, kind: 'k', payload: id, dueAt: model.now + wait, attempts: 0, state: at };
      }),
      update: step.update.flatMap(({ pick, dueIn: wait, state: at }) => {
        const old = picked(pick);
        if (!old || removed.includes(old.id)) return [];
        return [{ ...old, dueAt: model.now + wait, attempts: old.attempts + 1, state: at }];
      }),
      remove: removed,
    },
  };
}

/** false: a conflict. */
function applyCommit(model: Model, { docs = [], lines = [], outbox = {} }: Commit): boolean {
  if (docs.some(({ key, version }) => (model.docs.get(key)?.version ?? 0) !== version)) return false;
  for (const { key, version, value: json } of docs) {
    if (json === null) model.docs.delete(key);
    else model.docs.set(key, { version: version + 1, value: json });
  }
  for (const { conversation: at, value: json } of lines) model.lines.set(at, [...(model.lines.get(at) ?? []), json]);
  for (const row of outbox.add ?? []) model.rows.push({ row, leasedUntil: 0 });
  for (const row of outbox.update ?? []) {
    model.rows = model.rows.map((old) => (old.row.id === row.id ? { row, leasedUntil: 0 } : old));
  }
  model.rows = model.rows.filter(({ row }) => !outbox.remove?.includes(row.id));
  return true;
}

function claimable(model: Model): ModelRow[] {
  const heads = new Map<string, ModelRow>();
  for (const one of model.rows) {
    if (one.row.state === 'waiting' && !heads.has(one.row.target)) heads.set(one.row.target, one);
  }
  return [...heads.values()].filter(({ row, leasedUntil }) => row.dueAt <= model.now && leasedUntil <= model.now);
}

async function expectSame(store: Store, model: Model) {
  const docs = KEYS.map((key) => ({
    key,
    version: model.docs.get(key)?.version ?? 0,
    value: model.docs.get(key)?.value,
  }));
  expect(await store.read(KEYS)).toEqual(docs);
  for (const kind of ['conversation', 'ticket']) {
    const scanned = (await Array.fromAsync(store.scan(kind))).sort((a, b) => (a.key < b.key ? -1 : 1));
    expect(scanned).toEqual(docs.filter(({ key, version }) => version > 0 && key.startsWith(`${kind}/`)));
  }
  for (const at of CONVERSATIONS) {
    const lines = (model.lines.get(at) ?? []).map((json, index) => ({ seq: index + 1, value: json }));
    expect(await store.lines(at, 0, 1_000)).toEqual(lines);
  }
  expect(await Array.fromAsync(store.outbox())).toEqual(model.rows.map(({ row }) => row));
}

async function expectClaim(store: Store, model: Model, limit: number) {
  const possible = claimable(model);
  const claimed = await store.claim(model.now, limit, LEASE);
  expect(claimed).toHaveLength(Math.min(limit, possible.length));
  for (const row of claimed) {
    const one = possible.find((other) => other.row.id === row.id);
    expect(row).toEqual(one?.row);
    one!.leasedUntil = model.now + LEASE;
  }
}

export function storeBehavesLikeItsModel(
  open: () => Promise<{ store: Store; reopen(): Promise<Store>; drop(): Promise<void> }>,
  numRuns: number,
): void {
  it('behaves like a simple model, whatever is done to it', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(action, { minLength: 5, maxLength: 40 }), async (steps) => {
        const opened = await open();
        let { store } = opened;
        const model: Model = { docs: new Map(), lines: new Map(), rows: [], now: 1_000, nextRow: 1 };
        try {
          for (const step of steps) {
            if (step.do === 'commit') {
              const commit = commitOf(model, step);
              if (applyCommit(model, commit)) await store.commit(commit);
              else await expect(store.commit(commit)).rejects.toThrow(StoreConflict);
            } else if (step.do === 'look') {
              await expectSame(store, model);
            } else if (step.do === 'lines') {
              const lines = (model.lines.get(step.conversation) ?? []).map((json, at) => ({
                seq: at + 1,
                value: json,
              }));
              const expected = lines.slice(step.after, step.after + step.limit);
              expect(await store.lines(step.conversation, step.after, step.limit)).toEqual(expected);
            } else if (step.do === 'claim') {
              model.now += step.wait;
              await expectClaim(store, model, step.limit);
            } else if (step.do === 'erase') {
              const ids = step.rows.flatMap((pick) => model.rows[pick]?.row.id ?? []);
              for (const key of step.docs) model.docs.delete(key);
              for (const at of step.conversations) model.lines.delete(at);
              model.rows = model.rows.filter(({ row }) => !ids.includes(row.id));
              await store.erase({ docs: step.docs, conversations: step.conversations, outbox: ids });
            } else {
              store = await opened.reopen();
              // A restart may end a lease early, but never later.
              model.now += LEASE;
            }
          }
          await expectSame(store, model);
          store = await opened.reopen();
          await expectSame(store, model);
        } finally {
          await opened.drop();
        }
      }),
      { numRuns },
    );
  });
}
