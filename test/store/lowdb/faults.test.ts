import { join } from 'node:path';
import { crc32 } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { type Store, StoreUnavailable } from '../../../src/store/port.ts';
import { row } from '../contract.ts';
import { createFakeDisk, type FakeDisk } from './fake-disk.ts';
import { FOLDER, openOn } from './opened.ts';

const put = (store: Store, id: string, version = 0) =>
  store.commit({ docs: [{ key: `conversation/${id}`, version, value: { id, version } }] });
const version = async (store: Store, id: string) => (await store.read([`conversation/${id}`]))[0]!.version;

/** The folder as a killed process left it: three commits in the journal, no document file. */
async function killed(): Promise<FakeDisk> {
  const disk = createFakeDisk();
  const store = await openOn(disk);
  for (const id of ['a', 'b', 'c']) await put(store, id);
  return disk.cut();
}

/** The folder after a clean stop: documents in their files. */
async function closed(): Promise<FakeDisk> {
  const disk = createFakeDisk();
  const store = await openOn(disk);
  await store.commit({
    docs: [{ key: 'conversation/a', version: 0, value: { text: 'Tere, külaline' } }],
    lines: [{ conversation: 'a', value: 'one' }],
    outbox: { add: [row('r', 't')] },
  });
  await put(store, 'b');
  // Its journal is cleared then, so that the files alone must do.
  await store.erase({});
  await store.close();
  return disk;
}

const find = (disk: FakeDisk, part: string) => disk.paths().filter((path) => path.includes(part));
const change = (disk: FakeDisk, path: string, to: (bytes: Buffer) => Buffer) => {
  disk.file(path).bytes = to(Buffer.from(disk.file(path).bytes));
};
const flip = (at: number) => (bytes: Buffer) => {
  bytes[at]! ^= 4;
  return bytes;
};
const foreign = () => Buffer.from('{"users":[]}\n');
const emptied = () => Buffer.alloc(0);
const refusal = (disk: FakeDisk) =>
  openOn(disk).then(
    () => 'opened',
    (error) => (error instanceof StoreUnavailable ? error.message : `not a refusal: ${error}`),
  );

describe('a damaged journal', () => {
  const journal = (disk: FakeDisk) => find(disk, '.journal').at(-1)!;
  /** Where the record of the commit stands. */
  const recordOf = (bytes: Buffer, id: string) => bytes.indexOf(`d conversation/${id}`);

  it('whose last record is torn is cut there, and that is said', async () => {
    const disk = await killed();
    change(disk, journal(disk), (bytes) => bytes.fill(0, recordOf(bytes, 'c') + 5));
    const warnings: string[] = [];
    const store = await openOn(disk, { warn: (message) => warnings.push(message) });
    expect([await version(store, 'a'), await version(store, 'b'), await version(store, 'c')]).toEqual([1, 1, 0]);
    expect(warnings.join()).toMatch(/0000000001\.journal: an unfinished record at byte \d+ was left out/);
    await put(store, 'c');
    await store.close();
    const again = await openOn(disk);
    expect(await version(again, 'c')).toBe(1);
    await again.close();
  });

  it('with a bad record and sound ones after it is refused by file and byte', async () => {
    for (const id of ['a', 'b']) {
      const disk = await killed();
      const at = recordOf(disk.file(journal(disk)).bytes, id) - 16;
      change(disk, journal(disk), flip(at + 20));
      const before = disk.file(journal(disk)).bytes;
      expect(await refusal(disk)).toContain(`${journal(disk)} is damaged at byte ${at}: sound records follow`);
      expect(disk.file(journal(disk)).bytes).toEqual(before);
    }
  });

  it.each([
    ['empty', emptied, /is empty, damaged at byte 0, or not a journal/],
    ['foreign', foreign, /is empty, damaged at byte 0, or not a journal/],
    ['cut short', (bytes: Buffer) => bytes.subarray(0, 10_000), /was cut short: 10000 of \d+ bytes are left/],
    ['flipped at its head', flip(30), /is empty, damaged at byte 0|is damaged at byte 0/],
  ])('that is %s is refused by its name', async (_, to, words) => {
    const disk = await killed();
    change(disk, journal(disk), to);
    const message = await refusal(disk);
    expect(message).toMatch(words);
    expect(message).toContain(journal(disk));
    expect(message).toContain('backup');
  });

  it('that is missing is refused', async () => {
    const disk = await killed();
    await disk.remove(journal(disk));
    expect(await refusal(disk)).toContain(`${join(FOLDER, 'journal/0000000001.journal')} is missing`);
  });

  it('whose last record was flipped after a clean stop is told from an unfinished one', async () => {
    const disk = await closed();
    const store = await openOn(disk);
    await put(store, 'b', 1);
    await store.close();
    change(disk, journal(disk), (bytes) => flip(bytes.lastIndexOf('d conversation/b') + 3)(bytes));
    expect(await refusal(disk)).toMatch(/is damaged at byte \d+: sound records follow/);
  });
});

describe('a damaged file', () => {
  const document = (disk: FakeDisk) =>
    find(disk, '/documents/').find((path) => disk.file(path).bytes.includes('"conversation/a"'))!;

  it.each([
    ['empty', emptied, /is empty/],
    ['foreign', foreign, /is damaged or was changed by hand/],
    ['cut short', (bytes: Buffer) => bytes.subarray(0, -20), /is damaged/],
    ['changed by one bit', flip(60), /is damaged/],
  ])('that is %s is refused by its name, and the others are not', async (_, to, words) => {
    const disk = await closed();
    const path = document(disk);
    change(disk, path, to);
    const store = await openOn(disk);
    const reads = [() => store.read(['conversation/a']), () => store.lines('a', 0, 9), () => put(store, 'a', 1)];
    for (const read of reads) {
      await expect(read()).rejects.toThrow(StoreUnavailable);
      await expect(read()).rejects.toThrow(words);
      await expect(read()).rejects.toThrow(path);
    }
    await expect(Array.fromAsync(store.contents())).rejects.toThrow(path);
    expect(await version(store, 'b')).toBe(1);
    await put(store, 'b', 1);
    await store.close();
  });

  it('of another document in its place is refused', async () => {
    const disk = await closed();
    const other = find(disk, '/documents/').find((path) => path !== document(disk))!;
    change(disk, document(disk), () => disk.file(other).bytes);
    const store = await openOn(disk);
    await expect(store.read(['conversation/a'])).rejects.toThrow(/belongs to another document/);
    await store.close();
  });

  it('is restored from the journal when that says everything', async () => {
    const disk = createFakeDisk();
    const first = await openOn(disk, { settleMs: 1 });
    await first.commit({
      docs: [{ key: 'conversation/a', version: 0, value: 1 }],
      lines: [{ conversation: 'a', value: 'one' }],
    });
    await expect.poll(() => find(disk, '/documents/')).toHaveLength(1);
    const after = disk.cut();
    change(after, document(after), emptied);
    const store = await openOn(after);
    expect(await version(store, 'a')).toBe(1);
    expect(await store.lines('a', 0, 9)).toEqual([{ seq: 1, value: 'one' }]);
    await store.close();
  });

  it('keeps what the journal has of it until somebody mends it', async () => {
    const disk = await closed();
    const store = await openOn(disk);
    await store.commit({ lines: [{ conversation: 'a', value: 'two' }] });
    const crashed = disk.cut();
    const path = document(crashed);
    const sound = crashed.file(path).bytes;
    change(crashed, path, emptied);
    const warnings: string[] = [];
    for (let start = 0; start < 3; start++) {
      const damaged = await openOn(crashed, { warn: (message) => warnings.push(message) });
      await put(damaged, 'b', 1 + start);
      await damaged.erase({ conversations: ['nobody'] });
      expect(damaged.status()).toMatchObject({ ok: true });
      await damaged.close();
    }
    expect(warnings.join()).toContain(path);
    change(crashed, path, () => sound);
    const mended = await openOn(crashed);
    expect(await mended.lines('a', 0, 9)).toEqual([
      { seq: 1, value: 'one' },
      { seq: 2, value: 'two' },
    ]);
    await mended.close();
    await store.close();
  });

  it.each([
    ['empty', emptied],
    ['foreign', foreign],
    ['changed by one bit', flip(80)],
  ])('store.json that is %s is refused by its name', async (_, to) => {
    const disk = await closed();
    change(disk, join(FOLDER, 'store.json'), to);
    expect(await refusal(disk)).toMatch(/store\.json is .*backup/);
  });

  it.each([
    ['a clean stop', closed],
    ['a kill', killed],
  ])('store.json that is missing after %s is no reason to begin anew', async (_, left) => {
    const disk = await left();
    await disk.remove(join(FOLDER, 'store.json'));
    expect(await refusal(disk)).toMatch(/store\.json is missing though .* holds data/);
  });

  it('of a newer version of the program is left alone', async () => {
    const disk = await closed();
    change(disk, join(FOLDER, 'store.json'), (bytes) => {
      const body = bytes
        .toString()
        .replace('"format":1', '"format":2')
        .replace(/(?<="crc32":").*/s, '');
      return Buffer.from(`${body}${crc32(body).toString(16).padStart(8, '0')}"}\n`);
    });
    expect(await refusal(disk)).toMatch(/store\.json was written by a newer version/);
  });

  it('begins anew where a first start was cut off', async () => {
    for (let operations = 1; operations < 100; operations++) {
      const disk = createFakeDisk();
      let left = operations;
      disk.failure = () => (left-- > 0 ? undefined : new Error('EIO: gone'));
      await refusal(disk);
      const store = await openOn(disk.cut(() => 0.9));
      await put(store, 'a');
      await store.close();
    }
  });
});

describe('a disk', () => {
  const isFull = () => Object.assign(new Error('ENOSPC: no space left on device, write'), { code: 'ENOSPC' });

  it('that is full refuses commits with the reason, and serves again as soon as there is room', async () => {
    const disk = createFakeDisk();
    const store = await openOn(disk);
    await put(store, 'a');
    disk.failure = (operation) => (operation === 'write' ? isFull() : undefined);
    for (const id of ['b', 'c']) {
      await expect(put(store, id)).rejects.toThrow(StoreUnavailable);
      await expect(put(store, id)).rejects.toThrow(/ENOSPC/);
    }
    expect(store.status()).toMatchObject({ ok: false, reason: expect.stringContaining('ENOSPC') });
    expect(await version(store, 'a')).toBe(1);
    disk.failure = undefined;
    await put(store, 'b');
    expect(store.status()).toEqual({ ok: true });
    const after = await openOn(disk.cut());
    expect([await version(after, 'a'), await version(after, 'b'), await version(after, 'c')]).toEqual([1, 1, 0]);
    await after.close();
    await store.close();
  });

  it('that refuses new segments keeps none of the attempts', async () => {
    const disk = createFakeDisk();
    const store = await openOn(disk);
    const spares = () => find(disk, '/tmp/segment').length;
    for (const refused of ['rename', 'flush', 'open'] as const) {
      await store.erase({});
      await expect.poll(spares, { message: 'made ready' }).toBe(1);
      disk.failure = (operation, path) => {
        const isOfJournal = path.includes('/journal') || (operation === 'open' && path.includes('/tmp/segment'));
        return operation === refused && isOfJournal ? isFull() : undefined;
      };
      for (let time = 0; time < 5; time++) await expect(store.erase({})).rejects.toThrow(/ENOSPC/);
      expect(spares(), refused).toBe(0);
      disk.failure = undefined;
    }
    await store.close();
  });

  it('that fails while a segment is begun leaves no commit behind an end that a start believes', async () => {
    const disk = createFakeDisk();
    const store = await openOn(disk);
    await put(store, 'a');
    disk.failure = (operation, path) => (operation === 'flush' && path.endsWith('/journal') ? isFull() : undefined);
    await expect(store.erase({})).rejects.toThrow(/ENOSPC/);
    disk.failure = (operation, path) => (operation === 'rename' && path.includes('/journal') ? isFull() : undefined);
    await put(store, 'b').catch(() => 'refused');
    disk.failure = undefined;
    // Of the segment that was begun in vain, its name may be on the disk, or not.
    const said = await version(store, 'b');
    for (const chance of [() => 0, () => 0.9]) {
      const after = await openOn(disk.cut(chance));
      expect([await version(after, 'a'), await version(after, 'b')]).toEqual([1, said]);
      await after.close();
    }
    await store.close();
  });

  it('that fails in mid-batch leaves nothing of the batch to be replayed', async () => {
    const disk = createFakeDisk();
    const store = await openOn(disk);
    await put(store, 'a');
    let isFailing = true;
    disk.failure = (_, path) => {
      if (!isFailing || !path.endsWith('segment-0')) return undefined;
      isFailing = false;
      return Object.assign(new Error('EIO: i/o error, write'), { isDone: true as const });
    };
    await expect(put(store, 'b')).rejects.toThrow(StoreUnavailable);
    expect(isFailing).toBe(false);
    disk.failure = undefined;
    const after = await openOn(disk.cut());
    expect(await version(after, 'b')).toBe(0);
    await after.close();
    await store.close();
  });

  it('that does not even let the batch be taken back has it left out once the next commit is there', async () => {
    const disk = createFakeDisk();
    const store = await openOn(disk);
    await put(store, 'a');
    disk.failure = (operation, path) => {
      if (operation !== 'write' || !path.endsWith('segment-0')) return undefined;
      disk.failure = (_, again) => (again.endsWith('segment-0') ? new Error('EIO: i/o error, write') : undefined);
      return Object.assign(new Error('EIO: i/o error, write'), { isDone: true as const });
    };
    await expect(put(store, 'b')).rejects.toThrow(StoreUnavailable);
    await put(store, 'c');
    const after = await openOn(disk.cut());
    expect([await version(after, 'a'), await version(after, 'b'), await version(after, 'c')]).toEqual([1, 0, 1]);
    await after.close();
    await store.close();
  });

  it('that fails under the files says so, loses nothing, and catches up', async () => {
    const disk = createFakeDisk();
    const store = await openOn(disk, { settleMs: 1 });
    disk.failure = (operation, path) => (operation === 'write' && path.includes('draft') ? isFull() : undefined);
    await put(store, 'a');
    await expect
      .poll(() => store.status())
      .toMatchObject({ ok: false, reason: expect.stringContaining('cannot write documents') });
    await put(store, 'b');
    expect(await version(store, 'b')).toBe(1);
    disk.failure = undefined;
    await expect.poll(() => store.status()).toEqual({ ok: true });
    expect(find(disk, '/documents/')).toHaveLength(2);
    await store.close();
  });

  it('that is full for long bounds the journal, and keeps it bounded', async () => {
    const disk = createFakeDisk();
    const journalBytes = 64 << 10;
    const store = await openOn(disk, { journalBytes, settleMs: 1e6 });
    disk.failure = (_, path) => (path.includes('draft') ? isFull() : undefined);
    const fill = async () => {
      for (let at = 0; at < 200; at++) {
        await store.commit({ docs: [{ key: `ticket/${crypto.randomUUID()}`, version: 0, value: 'x'.repeat(1_000) }] });
      }
    };
    const size = () => find(disk, '.journal').reduce((sum, path) => sum + disk.file(path).bytes.length, 0);
    await expect(fill()).rejects.toThrow(/cannot write documents: ENOSPC/);
    expect(size()).toBeLessThanOrEqual(journalBytes + journalBytes / 16);
    disk.failure = undefined;
    await fill();
    expect(store.status()).toEqual({ ok: true });
    expect(size()).toBeLessThanOrEqual(journalBytes + journalBytes / 16);
    await store.close();
  });

  it('that is slow makes nobody wait but those who write', async () => {
    const disk = createFakeDisk();
    const store = await openOn(disk);
    await put(store, 'a');
    const release = disk.hold();
    const slow = put(store, 'b');
    expect(await version(store, 'a')).toBe(1);
    expect(await version(store, 'missing')).toBe(0);
    expect(store.status()).toEqual({ ok: true });
    release();
    await slow;
    await store.close();
  });
});

describe('a clock that is put back', () => {
  it('gives no row twice, and holds none longer than its lease', async () => {
    const store = await openOn(createFakeDisk());
    await store.commit({ outbox: { add: [row('a', 'a'), row('b', 'b', { dueAt: 5_000 })] } });
    expect(await store.claim(10_000, 1, 100)).toHaveLength(1);
    expect((await store.claim(10_000, 1, 100)).map(({ id }) => id)).toEqual(['b']);
    expect(await store.claim(1_000, 9, 100)).toEqual([]);
    expect((await store.claim(1_100, 9, 100)).map(({ id }) => id).sort()).toEqual(['a', 'b']);
    await store.close();
  });
});
