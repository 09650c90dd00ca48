import { randomBytes } from 'node:crypto';
import { link, mkdir, open, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';

/** The secret of an installation that configured none: made at the first start, readable by its owner only. */
export async function keepTokenSecret(
  dataDir: string,
  random: (size: number) => Buffer = randomBytes,
): Promise<string> {
  const path = join(dataDir, 'token-secret');
  const kept = await readIfThere(path);
  if (kept !== undefined) return kept;
  await mkdir(dataDir, { recursive: true, mode: 0o700 });
  const draft = `${path}.${random(6).toString('hex')}`;
  const file = await open(draft, 'wx', 0o600);
  try {
    await file.writeFile(`${random(48).toString('base64url')}\n`);
    await file.sync();
    // A link appears whole or not at all: of two processes that start at once, both use the first one's secret.
    await link(draft, path).catch(unlessThere);
  } finally {
    await file.close();
    await rm(draft, { force: true });
  }
  return (await readIfThere(path)) ?? keepTokenSecret(dataDir, random);
}

function unlessThere(error: NodeJS.ErrnoException): void {
  if (error.code !== 'EEXIST') throw error;
}

async function readIfThere(path: string): Promise<string | undefined> {
  const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  });
  const secret = text?.trim();
  if (secret !== undefined && secret.length < 32) {
    throw new Error(`${path} is damaged: delete it (open chats will have to start again) or set TOKEN_SECRET`);
  }
  return secret;
}
