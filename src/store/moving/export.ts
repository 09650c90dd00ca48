import { createHash } from 'node:crypto';
import { type FileHandle, open, rename, rm } from 'node:fs/promises';
import type { Store } from '../port.ts';
import { type Counts, createTally, HEAD, recordsOf } from './records.ts';

const CHUNK = 1 << 20;

/**
 * Writes everything into a new file, which has its name only once it is whole and flushed. For its owner's eyes: it holds what
 * customers wrote.
 * @throws Error when the file is there already
 */
export async function exportStore(store: Store, path: string): Promise<Counts> {
  // Taken first, so that two exports or an older one never mix.
  const place = await open(path, 'wx', 0o600).catch((error: NodeJS.ErrnoException) => {
    throw error.code === 'EEXIST' ? new Error(`${path} is there already: choose another name`) : error;
  });
  await place.close();
  const draft = `${path}.unfinished`;
  try {
    const file = await open(draft, 'w', 0o600);
    try {
      const counts = await writeRecords(store, file);
      await file.sync();
      await file.close();
      await rename(draft, path);
      return counts;
    } finally {
      await file.close().catch(() => {});
    }
  } catch (error) {
    await rm(draft, { force: true });
    await rm(path, { force: true });
    throw error;
  }
}

async function writeRecords(store: Store, file: FileHandle): Promise<Counts> {
  const hash = createHash('sha256');
  const tally = createTally();
  let waiting = '';
  async function flush() {
    hash.update(waiting);
    await file.write(waiting);
    waiting = '';
  }
  waiting = `${JSON.stringify(HEAD)}\n`;
  for await (const record of recordsOf(store)) {
    const text = JSON.stringify(record);
    tally.add(record, text);
    waiting += `${text}\n`;
    if (waiting.length > CHUNK) await flush();
  }
  await flush();
  const end = { end: tally.counts, sha256: hash.digest('hex') };
  await file.write(`${JSON.stringify(end)}\n`);
  return tally.counts;
}
