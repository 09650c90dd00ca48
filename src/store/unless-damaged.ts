import { StoreDamaged } from './port.ts';

/** For `catch`: who goes through many documents goes on where one cannot be read; the store's status names it. */
export function unlessDamaged<T>(instead: T): (error: unknown) => T {
  return (error) => {
    if (error instanceof StoreDamaged) return instead;
    throw error;
  };
}
