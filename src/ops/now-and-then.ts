/**
 * For work that reads much of the store: done when somebody asks, at most once a minute, and seldomer where it takes long: no
 * more than a fiftieth of the time is spent on it. Who asks meanwhile gets the last result.
 * @param now milliseconds
 */
export function nowAndThen<T>(work: () => Promise<T>, now: () => number, keepMs = 60_000): () => Promise<T> {
  let last: Promise<T> | undefined;
  let until = 0;

  async function timed(): Promise<T> {
    const began = now();
    const done = await work();
    until = now() + Math.max(keepMs, 50 * (now() - began));
    return done;
  }

  return () => {
    if (!last || now() >= until) {
      until = Number.POSITIVE_INFINITY;
      last = timed().catch((error: unknown) => {
        last = undefined;
        throw error;
      });
    }
    return last;
  };
}
