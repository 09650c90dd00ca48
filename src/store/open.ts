/** The store that is configured; an engine is loaded only when it is wanted. */
import { join } from 'node:path';
import type { Store } from './port.ts';

export interface StoreSettings {
  store: 'lowdb' | 'postgres';
  dataDir: string;
  databaseUrl: string | undefined;
}

/** @throws StoreUnavailable when it cannot be opened: the message says what to do. */
export async function openStore(
  { store, dataDir, databaseUrl = '' }: StoreSettings,
  warn: (message: string) => void = () => undefined,
): Promise<Store> {
  if (store === 'postgres') return (await import('./postgres/index.ts')).openPostgresStore({ url: databaseUrl, warn });
  return (await import('./lowdb/index.ts')).openLowdbStore({ folder: join(dataDir, 'store'), warn });
}
