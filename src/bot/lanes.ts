/** So many at a time under each name; who comes later waits for one of them to leave. */
export function createLanes(most: number): (name: string) => Promise<() => void> {
  const lanes = new Map<string, { busy: number; waiting: (() => void)[] }>();
  return async (name) => {
    const lane = lanes.get(name) ?? { busy: 0, waiting: [] };
    lanes.set(name, lane);
    if (lane.busy < most) lane.busy++;
    else await new Promise<void>((resolve) => lane.waiting.push(resolve));
    return () => {
      const next = lane.waiting.shift();
      if (next) return next();
      lane.busy--;
      if (lane.busy === 0) lanes.delete(name);
    };
  };
}
