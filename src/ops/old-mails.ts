/** Mails that were written to files instead of being sent (no SMTP_URL) are copies of requests, and go when those go. */
import { readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';

/**
 * @param before milliseconds since 1970
 * @returns how many were removed
 */
export function removeOldMails(folder: string, before: number): Promise<number> {
  return removeMails(folder, async (name) => (await stat(join(folder, name))).mtimeMs < before);
}

/** Of these tickets: a file is named by its mail's Message-ID, `request.K7F3-2Q@…`. */
export function removeMailsOf(folder: string, tickets: readonly string[]): Promise<number> {
  return removeMails(folder, async (name) => tickets.includes(name.split(/[.@]/)[1] ?? ''));
}

async function removeMails(folder: string, goes: (name: string) => Promise<boolean>): Promise<number> {
  const names = await readdir(folder).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return [];
    throw error;
  });
  let removed = 0;
  for (const name of names.filter((one) => /\.eml(\.part)?$/.test(one))) {
    if (!(await goes(name))) continue;
    await rm(join(folder, name), { force: true });
    removed += 1;
  }
  return removed;
}
