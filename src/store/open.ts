/** Chooses the engine, and loads only that one. */
import { join } from 'node:path';
import { IMPORT_MARK } from './moving/mark.ts';
import { type Store, StoreUnavailable } from './port.ts';

export interface StoreConfig {
  store: 'lowdb' | 'postgres';
  /** Set when `store` is postgres. */
  databaseUrl: string | undefined;
  dataDir: string;
}

export interface OpenOptions {
  /** Told what an operator should know. No customers' data. */
  warn: (message: string) => void;
}

/** @throws StoreUnavailable when it is in use, damaged, not to be reached or half imported: the message says what to do */
export async function openStore(config: StoreConfig, options: OpenOptions): Promise<Store> {
  const store = await openEngine(config, options);
  const [mark] = await store.read([IMPORT_MARK]);
  if (mark?.version === 0) return store;
  await store.close();
  throw new StoreUnavailable('an import into this store was not finished: run it again, or choose an empty store');
}

/** For moving house: with nobody else beside, and whatever an import that was cut off has left. */
export function openStoreAlone(config: StoreConfig, options: OpenOptions): Promise<Store> {
  return openEngine(config, options, true);
}

async function openEngine(config: StoreConfig, { warn }: OpenOptions, exclusive = false): Promise<Store> {
  if (config.store === 'lowdb') {
    const { openLowdbStore } = await import('./lowdb/index.ts');
    return openLowdbStore({ folder: join(config.dataDir, 'store'), warn });
  }
  const { openPostgresStore } = await import('./postgres/index.ts');
  return openPostgresStore({
    url: config.databaseUrl ?? '',
    warn,
    exclusive,
    ...(exclusive ? { startMs: 2_000 } : {}),
  });
}
