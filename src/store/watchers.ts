/** Who wants to hear of what. A listener is called after the commit's promise was kept. */
export interface Watchers {
  on(topic: string, listener: () => void): () => void;
  tell(topics: Iterable<string>): void;
  /** Everybody: nobody knows what there is news of. */
  tellAll(): void;
}

export function createWatchers(): Watchers {
  const listeners = new Map<string, Set<() => void>>();

  function tell(topics: Iterable<string>) {
    if (listeners.size === 0) return;
    for (const topic of topics) for (const listener of listeners.get(topic) ?? []) queueMicrotask(listener);
  }

  return {
    on(topic, listener) {
      // Wrapped, so that one function given twice is two listeners.
      const mine = () => listener();
      const all = listeners.get(topic) ?? new Set();
      all.add(mine);
      listeners.set(topic, all);
      return () => {
        all.delete(mine);
        if (all.size === 0 && listeners.get(topic) === all) listeners.delete(topic);
      };
    },
    tell,
    tellAll: () => tell(listeners.keys()),
  };
}
