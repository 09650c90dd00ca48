/** A backup is a folder: `store/` (the embedded store, opened and read whole once), `token-secret`, and `backup.json` that says what was counted. */
import { copyFile, mkdir, open, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { openLowdbStore } from '../../src/store/lowdb/index.ts';
import { type Counts, createTally, recordsOf } from '../../src/store/moving/records.ts';

export interface Manifest {
  format: 'cps-support-bot backup';
  version: 1;
  /** ISO 8601. */
  madeAt: string;
  counts: Counts;
  /** Of all records, whatever their order. */
  sum: string;
}

const FILES_AT_ONCE = 8;
const SECRET = 'token-secret';
const MANIFEST = 'backup.json';

/**
 * Copies a snapshot away and tries the copy: it is opened and read to its end, which checks every file's own checksum.
 * @param into made when missing; must be empty
 * @throws Error saying what to do
 */
export async function keepBackup(snapshot: string, dataDir: string, into: string, now: number): Promise<Counts> {
  if ((await namesIn(into)).length > 0) throw new Error(`${into} is not empty: name a new folder for each backup`);
  await mkdir(into, { recursive: true, mode: 0o700 });
  const store = join(into, 'store');
  await copyTree(snapshot, store);
  const found = await readWhole(store);
  await copyIfThere(join(dataDir, SECRET), join(into, SECRET));
  const manifest: Manifest = {
    format: 'cps-support-bot backup',
    version: 1,
    madeAt: new Date(now).toISOString(),
    ...found,
  };
  // Written last: a backup without it is not whole.
  await writeDurably(join(into, MANIFEST), `${JSON.stringify(manifest, undefined, 2)}\n`);
  return found.counts;
}

/**
 * Puts a backup where there is no store yet; it has its place only when it was read whole and is what was counted at the backup.
 * @throws Error saying what to do; nothing is changed then
 */
export async function restoreBackup(from: string, dataDir: string): Promise<Manifest> {
  const manifest = await readManifest(from);
  const store = join(dataDir, 'store');
  if ((await namesIn(store)).length > 0) {
    throw new Error(`${store} holds data: stop the bot and move that folder away first (keep it until all is well)`);
  }
  const draft = join(dataDir, 'store.restoring');
  await rm(draft, { recursive: true, force: true });
  await mkdir(dataDir, { recursive: true, mode: 0o700 });
  try {
    await copyTree(join(from, 'store'), draft);
    const { counts, sum } = await readWhole(draft);
    if (sum !== manifest.sum || JSON.stringify(counts) !== JSON.stringify(manifest.counts)) {
      throw new Error(`${from} does not hold what was counted when it was made: take another backup`);
    }
    await rm(store, { recursive: true, force: true });
    await rename(draft, store);
  } finally {
    await rm(draft, { recursive: true, force: true });
  }
  // Over one that is there: without a store it has signed nothing that could be missed.
  await copyIfThere(join(from, SECRET), join(dataDir, SECRET));
  return manifest;
}

async function readManifest(from: string): Promise<Manifest> {
  const text = await readFile(join(from, MANIFEST), 'utf8').catch(() => {
    throw new Error(`${join(from, MANIFEST)} is missing: this is not a backup, or not a whole one`);
  });
  const manifest = JSON.parse(text) as Manifest;
  if (manifest.format !== 'cps-support-bot backup' || manifest.version !== 1) {
    throw new Error(`${from} was made by another version of this program: restore it with that version`);
  }
  return manifest;
}

/** @throws StoreUnavailable naming a damaged file */
async function readWhole(folder: string): Promise<Pick<Manifest, 'counts' | 'sum'>> {
  const store = await openLowdbStore({ folder });
  try {
    const tally = createTally();
    for await (const record of recordsOf(store)) tally.add(record, JSON.stringify(record));
    return { counts: tally.counts, sum: tally.sum().toString(16) };
  } finally {
    await store.close();
  }
}

/** Every file is on the disk when it returns. */
async function copyTree(from: string, to: string): Promise<void> {
  await mkdir(to, { mode: 0o700 });
  const entries = (await readdir(from, { withFileTypes: true })).values();
  const worker = async () => {
    for (const entry of entries) {
      const [source, target] = [join(from, entry.name), join(to, entry.name)];
      if (entry.isDirectory()) await copyTree(source, target);
      else await copyDurably(source, target);
    }
  };
  await Promise.all(Array.from({ length: FILES_AT_ONCE }, worker));
  await flush(to);
}

async function copyDurably(from: string, to: string): Promise<void> {
  await copyFile(from, to);
  await flush(to);
}

const copyIfThere = (from: string, to: string) =>
  copyDurably(from, to).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'ENOENT') throw error;
  });

async function writeDurably(path: string, text: string): Promise<void> {
  await writeFile(path, text, { mode: 0o600 });
  await flush(path);
}

async function flush(path: string): Promise<void> {
  const file = await open(path, 'r');
  try {
    await file.sync();
  } finally {
    await file.close();
  }
}

const namesIn = (folder: string): Promise<string[]> =>
  readdir(folder).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return [];
    throw error;
  });
