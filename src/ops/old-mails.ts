/** Mails that were written to files instead of being sent (no SMTP_URL) are copies of requests, and go when those go. */
import { readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';

/**
 * @param before milliseconds since 1970
 * @returns how many were removed
 */
export async function removeOldMails(folder: string, before: number): Promise<number> {
  const names = await readdir(folder).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return [];
    throw error;
  });
  let removed = 0;
  for (const name of names.filter((one) => /\.eml(\.part)?$/.test(one))) {
    const path = join(folder, name);
    if ((await stat(path)).mtimeMs >= before) continue;
    await rm(path, { force: true });
    removed += 1;
  }
  return removed;
}
