/** What cannot be read though the rest serves: said once, and told in the store's status until it is read, replaced or removed. */
import { StoreDamaged } from '../port.ts';

export interface Damage {
  /** Passes on what reading the file of `path` answers, and remembers it. */
  watch<T>(path: string, reading: Promise<T>): Promise<T>;
  /** It was replaced or removed. */
  gone(path: string): void;
  /** A sentence for each, with what to do. */
  list(): string[];
}

export function createDamage(warn: (message: string) => void): Damage {
  const known = new Map<string, string>();
  return {
    async watch(path, reading) {
      try {
        const read = await reading;
        known.delete(path);
        return read;
      } catch (error) {
        if (error instanceof StoreDamaged) {
          if (!known.has(path)) warn(error.message);
          known.set(path, error.message);
        }
        throw error;
      }
    },
    gone: (path) => void known.delete(path),
    list: () => [...known.values()],
  };
}
