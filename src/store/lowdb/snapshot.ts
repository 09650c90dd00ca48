/** A store folder once more, as it is at this moment, so that it can be copied away while the engine goes on. */
import { copyFile, link, mkdir, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { ownersFolder } from './file-layer.ts';

const FILES_AT_ONCE = 8;

/**
 * Document files are only ever replaced, never written over: a second name for each keeps today's content and costs no room.
 * What is written in place, the journal, is copied. To be called while neither commits nor writing behind go on.
 * Nothing is flushed here: whoever copies the result away does that.
 * @param into must not exist; on the same disk as `folder`, else its files are copied
 */
export async function takeSnapshot(folder: string, into: string): Promise<void> {
  await mkdir(into, { mode: ownersFolder });
  await copyFile(join(folder, 'store.json'), join(into, 'store.json'));
  await repeat(join(folder, 'journal'), join(into, 'journal'), copyFile);
  await repeat(join(folder, 'documents'), join(into, 'documents'), linkOrCopy);
}

async function linkOrCopy(from: string, to: string): Promise<void> {
  await link(from, to).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'EXDEV' || error.code === 'EPERM' || error.code === 'EMLINK') return copyFile(from, to);
    throw error;
  });
}

async function repeat(from: string, to: string, one: (from: string, to: string) => Promise<void>): Promise<void> {
  await mkdir(to, { mode: ownersFolder });
  const entries = (await readdir(from, { withFileTypes: true })).values();
  const worker = async () => {
    for (const entry of entries) {
      const [source, target] = [join(from, entry.name), join(to, entry.name)];
      if (entry.isDirectory()) await repeat(source, target, one);
      else await one(source, target);
    }
  };
  await Promise.all(Array.from({ length: FILES_AT_ONCE }, worker));
}
