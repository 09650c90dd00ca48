/**
 * A map of at most `most` entries: the half that was not asked for longest is forgotten in one stroke. One by one, each reading
 * would move its entry to the end, and a Map that is full of removed entries is slow.
 */
export function createBounded<T>(most: number) {
  let recent = new Map<string, T>();
  let older = new Map<string, T>();

  function set(key: string, value: T): void {
    if (recent.size >= most / 2 && !recent.has(key)) {
      older = recent;
      recent = new Map();
    }
    recent.set(key, value);
  }

  return {
    get(key: string): T | undefined {
      const value = recent.get(key);
      if (value !== undefined) return value;
      const before = older.get(key);
      if (before !== undefined) set(key, before);
      return before;
    },
    set,
    delete(key: string): boolean {
      const wasOlder = older.delete(key);
      return recent.delete(key) || wasOlder;
    },
  };
}
