/** `POST /backup`: the running bot puts a snapshot of its store beside it, for `npm run backup` to copy away. Operators only. */
import { rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { isOperator } from '../http/health.ts';
import { Refusal, sendJson } from '../http/refusal.ts';
import type { RouteModule } from '../http/route.ts';
import type { Store } from '../store/port.ts';

/** A snapshot that nobody fetched must not outlive what is erased from the store. */
const keepMs = 3600_000;

/** No place can be named in a request, so nobody can have customers' data written to a place of their own. */
export const snapshotFolder = (dataDir: string): string => resolve(join(dataDir, 'backup-being-made'));

export const removeSnapshot = (dataDir: string): Promise<void> =>
  rm(snapshotFolder(dataDir), { recursive: true, force: true });

export function backupRoutes({
  store,
  dataDir,
  operatorToken,
}: {
  store: Pick<Store, 'snapshot'>;
  dataDir: string;
  operatorToken: string | undefined;
}): RouteModule {
  const folder = snapshotFolder(dataDir);
  let busy = false;
  let timer: NodeJS.Timeout | undefined;

  async function make(): Promise<void> {
    clearTimeout(timer);
    await removeSnapshot(dataDir);
    await store.snapshot?.(folder);
    timer = setTimeout(() => void removeSnapshot(dataDir).catch(() => undefined), keepMs).unref();
  }

  return {
    routes: [
      {
        method: 'POST',
        path: '/backup',
        async handle(request, response, call) {
          if (!isOperator(request, call, operatorToken)) throw new Refusal(404, 'NotFound', 'There is nothing here.');
          await call.discard(1024);
          // A page in a browser on this machine can send such a request, though not read the answer.
          if (request.headers.origin !== undefined) throw new Refusal(403, 'OriginRefused', 'Not for web pages.');
          if (!store.snapshot) throw new Refusal(409, 'OtherTool', 'Use pg_dump for a store in PostgreSQL.');
          if (busy) throw new Refusal(409, 'BackupUnderWay', 'Another backup is being made: try again later.');
          busy = true;
          await make().finally(() => {
            busy = false;
          });
          sendJson(response, 200, { folder });
        },
      },
    ],
  };
}
