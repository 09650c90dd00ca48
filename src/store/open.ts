/** The store that is configured; an engine is loaded only when it is wanted. */
import { join } from 'node:path';
import { IMPORT_MARK } from './moving/mark.ts';
import { type Store, StoreUnavailable } from './port.ts';

export interface StoreSettings {
  store: 'lowdb' | 'postgres';
  dataDir: string;
  databaseUrl: string | undefined;
}

type Warn = (message: string) => void;

/** @throws StoreUnavailable when it cannot be opened, or was only half imported: the message says what to do. */
export async function openStore(settings: StoreSettings, warn: Warn = () => undefined): Promise<Store> {
  const store = await openEngine(settings, warn, false);
  const [mark] = await store.read([IMPORT_MARK]);
  if (mark?.version === 0) return store;
  await store.close();
  throw new StoreUnavailable('an import into this store was not finished: run it again, or choose an empty store');
}

/**
 * For moving house: with nobody else beside, and whatever an import that was cut off has left.
 * @throws StoreUnavailable when it cannot be opened, or others have it open
 */
export function openStoreAlone(settings: StoreSettings, warn: Warn): Promise<Store> {
  return openEngine(settings, warn, true);
}

async function openEngine({ store, dataDir, databaseUrl = '' }: StoreSettings, warn: Warn, exclusive: boolean) {
  if (store === 'lowdb') {
    return (await import('./lowdb/index.ts')).openLowdbStore({ folder: join(dataDir, 'store'), warn });
  }
  const patience = exclusive ? { startMs: 2_000 } : {};
  return (await import('./postgres/index.ts')).openPostgresStore({ url: databaseUrl, warn, exclusive, ...patience });
}
