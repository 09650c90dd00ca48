import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openLowdbStore } from '../../../src/store/lowdb/index.ts';
import { exportStore } from '../../../src/store/moving/export.ts';
import { importStore } from '../../../src/store/moving/import.ts';
import { IMPORT_MARK } from '../../../src/store/moving/mark.ts';
import { recordsOf } from '../../../src/store/moving/records.ts';
import { openStore } from '../../../src/store/open.ts';
import type { Store } from '../../../src/store/port.ts';
import { openPostgresStore } from '../../../src/store/postgres/index.ts';
import { lacksPostgres, useSchema } from '../../helpers/postgres.ts';
import { row } from '../contract.ts';

async function furnish(store: Store): Promise<void> {
  await store.commit({
    docs: Array.from({ length: 30 }, (_, at) => ({
      key: `ticket/t${at}` as const,
      version: 0,
      value: { at, text: 'Õ\u2028\n\u0000\ud800' },
    })),
    lines: Array.from({ length: 700 }, (_, at) => ({ conversation: 'long', value: `line ${at}` })),
    outbox: { add: [row('b', 't'), row('a', 't', { state: 'uncertain', reason: 'time-out' }), row('c', 'u')] },
  });
  await store.commit({
    docs: [{ key: 'conversation/both', version: 0, value: { step: 1 } }],
    lines: [{ conversation: 'both', value: 1 }],
  });
  await store.commit({ docs: [{ key: 'conversation/both', version: 1, value: { step: 2 } }] });
}
const COUNTS = { documents: 31, lines: 701, rows: 3 };

/** Whatever the order of the documents. */
const everything = async (store: Store) =>
  (await Array.fromAsync(recordsOf(store))).map((record) => JSON.stringify(record)).sort();

describe('moving house', () => {
  let folder: string;
  let file: string;
  const open: Store[] = [];
  const lowdb = async (name: string) => {
    const store = await openLowdbStore({ folder: join(folder, name) });
    open.push(store);
    return store;
  };
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'cps-moving-'));
    file = join(folder, 'export.jsonl');
  });
  afterEach(async () => {
    for (const store of open.splice(0)) await store.close();
    rmSync(folder, { recursive: true });
  });

  it('writes a file of its owner, under its name only when it is whole, and never over another', async () => {
    const store = await lowdb('a');
    await furnish(store);
    expect(await exportStore(store, file)).toEqual(COUNTS);
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(readdirSync(folder).sort()).toEqual(['a', 'export.jsonl']);
    await expect(exportStore(store, file)).rejects.toThrow('there already');
    const broken = {
      ...store,
      outbox: () => {
        throw new Error('disk');
      },
    };
    await expect(exportStore(broken, join(folder, 'second'))).rejects.toThrow('disk');
    expect(readdirSync(folder).sort()).toEqual(['a', 'export.jsonl']);
  });

  it('refuses a store that is not empty', async () => {
    const store = await lowdb('a');
    await furnish(store);
    await exportStore(store, file);
    const before = await everything(store);
    await expect(importStore(store, file)).rejects.toThrow('not empty');
    expect(await everything(store)).toEqual(before);
  });

  const signed = (lines: string[], end: object) => {
    const body = lines.map((line) => `${line}\n`).join('');
    return `${body}${JSON.stringify({ end, sha256: createHash('sha256').update(body).digest('hex') })}\n`;
  };
  const wrong: [string, RegExp, (whole: string) => string][] = [
    ['empty', /end is missing/, () => ''],
    ['something else', /not an export/, () => 'hello\n'],
    ['of another version', /another version/, (whole) => whole.replace('"version":1', '"version":2')],
    ['cut in a line', /middle of a line/, (whole) => whole.slice(0, whole.length / 2)],
    ['cut between lines', /end is missing/, (whole) => whole.split('\n').slice(0, 99).join('\n').concat('\n')],
    ['changed in one sign', /checksum/, (whole) => whole.replace('line 5"', 'line 6"')],
    ['two files', /follows the end/, (whole) => whole + whole],
    [
      'with a record that no store takes',
      /line 2: this is not a record/,
      (whole) => whole.replace('ticket/', 'Ticket/'),
    ],
    ['with a missing line', /missing before it/, (whole) => whole.replace(/\{"line":"long","seq":9,.*\n/, '')],
    [
      'of other counts',
      /more or fewer/,
      (whole) => signed(whole.split('\n').slice(0, 5), { documents: 9, lines: 0, rows: 0 }),
    ],
  ];
  it.each(wrong)('refuses a file that is %s, and changes nothing', async (_, reason, spoil) => {
    const store = await lowdb('a');
    await furnish(store);
    await exportStore(store, file);
    writeFileSync(file, spoil(readFileSync(file, 'utf8')));
    const other = await lowdb('b');
    await expect(importStore(other, file)).rejects.toThrow(reason);
    expect(await everything(other)).toEqual([]);
    expect((await other.read([IMPORT_MARK]))[0]?.version).toBe(0);
  });

  it('undoes what it began when something fails later', async () => {
    const lines = ['{"format":"cps-support-bot store","version":1}', '{"doc":"ticket/a","value":1}'];
    writeFileSync(file, signed([...lines, lines[1]!], { documents: 2, lines: 0, rows: 0 }));
    const store = await lowdb('a');
    await expect(importStore(store, file)).rejects.toThrow();
    expect(await everything(store)).toEqual([]);
    expect((await store.read([IMPORT_MARK]))[0]?.version).toBe(0);
  });

  it('an import that was cut off is told at the next start, and done over by the next import', async () => {
    const store = await lowdb('a');
    await furnish(store);
    await exportStore(store, file);
    const half = await lowdb('store');
    await half.commit({
      docs: [
        { key: IMPORT_MARK, version: 0, value: true },
        { key: 'ticket/t1', version: 0, value: 'half' },
      ],
    });
    await half.commit({ lines: [{ conversation: 'long', value: 'half' }], outbox: { add: [row('b', 't')] } });
    await open.pop()?.close();
    const settings = { store: 'lowdb' as const, dataDir: folder, databaseUrl: undefined };
    await expect(openStore(settings)).rejects.toThrow('was not finished');
    const again = await lowdb('store');
    await importStore(again, file);
    expect(await everything(again)).toEqual(await everything(store));
    await open.pop()?.close();
    await (await openStore(settings)).close();
  });

  describe.skipIf(lacksPostgres())('between the engines', () => {
    const schema = useSchema();

    it('loses and changes nothing, there and back', async () => {
      const old = await lowdb('a');
      await furnish(old);
      await exportStore(old, file);
      const database = await openPostgresStore({ url: schema.url, exclusive: true });
      open.push(database);
      expect(await importStore(database, file)).toEqual(COUNTS);
      expect(await everything(database)).toEqual(await everything(old));
      const back = join(folder, 'back.jsonl');
      expect(await exportStore(database, back)).toEqual(COUNTS);
      const young = await lowdb('b');
      await importStore(young, back);
      expect(await everything(young)).toEqual(await everything(old));
      expect((await young.lines('long', 699, 9)).map(({ seq }) => seq)).toEqual([700]);
      expect((await young.claim(1, 9, 9)).map(({ id }) => id)).toEqual(['b', 'c']);
    });
  });
});
