/**
 * Instances before databases, as queues. A turn takes its time on its instance's one processor; whatever is ready when an
 * instance has no batch on its way to a database is the next batch; a batch takes its time on a core of that database, and
 * then its flush, one after another for all instances (NOTIFY holds PostgreSQL's commit lock).
 */
export interface Costs {
  /** Milliseconds of an instance's processor: for each turn, and for each batch. */
  turn: number;
  instanceBatch: number;
  /** Milliseconds of a database core: for each commit, and for each batch. */
  commit: number;
  databaseBatch: number;
  /** Milliseconds of a flush, with whatever the network and a standby add. */
  flush: number;
}

export interface Layout {
  instances: number;
  databases: number;
  /** Of each database. */
  cores: number;
  /** Share of the turns that also write to another conversation's database (0 to 1). */
  elsewhere: number;
}

/** `rate`: so many turns come each second, whatever happens. `customers`: so many at each instance, each waiting for its answer. */
export type Load = { rate: number } | { customers: number };

export interface Outcome {
  turnsPerSecond: number;
  /** Milliseconds. */
  p50: number;
  p99: number;
  /** Share of the time that each was busy. */
  busy: { instances: number; cores: number; flushes: number };
}

interface Turn {
  came: number;
  instance: number;
  /** Databases that must have it before it is answered. */
  missing: number;
}

/** Serves in the order of asking; returns when each is done. */
function createServers(count: number) {
  const freeAt = new Float64Array(count);
  let busy = 0;
  return {
    serve(now: number, time: number): number {
      let first = 0;
      for (let at = 1; at < count; at++) if (freeAt[at]! < freeAt[first]!) first = at;
      busy += time;
      freeAt[first] = Math.max(now, freeAt[first]!) + time;
      return freeAt[first]!;
    },
    busy: () => busy / count,
  };
}

/** Events in the order of their time. */
function createAgenda() {
  const heap: { at: number; run: (now: number) => void }[] = [];
  const swap = (a: number, b: number) => {
    [heap[a], heap[b]] = [heap[b]!, heap[a]!];
  };
  return {
    add(at: number, run: (now: number) => void) {
      let place = heap.push({ at, run }) - 1;
      for (let up = (place - 1) >> 1; place > 0 && heap[place]!.at < heap[up]!.at; up = (place - 1) >> 1) {
        swap(place, up);
        place = up;
      }
    },
    next() {
      const [first] = heap;
      const last = heap.pop();
      if (!first || !last || heap.length === 0) return first;
      heap[0] = last;
      for (let place = 0; ; ) {
        let least = place;
        for (const down of [2 * place + 1, 2 * place + 2]) {
          if (down < heap.length && heap[down]!.at < heap[least]!.at) least = down;
        }
        if (least === place) return first;
        swap(place, least);
        place = least;
      }
    },
  };
}

const MOST_COMMITS = 500;

/** @param random 0 <= x < 1 @param lastMs how long the model runs; its first fifth is not counted */
export function simulate(costs: Costs, layout: Layout, load: Load, random: () => number, lastMs = 2_000): Outcome {
  const { instances, databases, cores, elsewhere } = layout;
  const agenda = createAgenda();
  const processors = Array.from({ length: instances }, () => createServers(1));
  const machines = Array.from({ length: databases }, () => ({ cores: createServers(cores), disk: createServers(1) }));
  const lanes = Array.from({ length: instances }, () => machines.map(() => ({ waiting: [] as Turn[], isBusy: false })));
  const times: number[] = [];
  const from = lastMs / 5;
  const pick = (count: number) => Math.floor(random() * count);

  function come(now: number, instance: number) {
    const turn = { came: now, instance, missing: 1 };
    agenda.add(processors[instance]!.serve(now, costs.turn), (ready) => {
      const home = pick(databases);
      const places = random() < elsewhere ? new Set([home, pick(databases)]) : new Set([home]);
      turn.missing = places.size;
      for (const place of places) {
        lanes[instance]![place]!.waiting.push(turn);
        send(ready, instance, place);
      }
    });
  }

  function send(now: number, instance: number, database: number) {
    const lane = lanes[instance]![database]!;
    if (lane.isBusy || lane.waiting.length === 0) return;
    lane.isBusy = true;
    agenda.add(processors[instance]!.serve(now, costs.instanceBatch), (sent) => {
      const batch = lane.waiting.splice(0, MOST_COMMITS);
      const machine = machines[database]!;
      agenda.add(machine.cores.serve(sent, costs.databaseBatch + batch.length * costs.commit), (worked) =>
        agenda.add(machine.disk.serve(worked, costs.flush), (flushed) => {
          lane.isBusy = false;
          for (const turn of batch) answer(flushed, turn);
          send(flushed, instance, database);
        }),
      );
    });
  }

  function answer(now: number, turn: Turn) {
    turn.missing -= 1;
    if (turn.missing > 0) return;
    if (now > from) times.push(now - turn.came);
    if ('customers' in load) come(now, turn.instance);
  }

  if ('customers' in load) {
    for (let instance = 0; instance < instances; instance++) {
      for (let at = 0; at < load.customers; at++) agenda.add(random(), (now) => come(now, instance));
    }
  } else {
    const arrive = (now: number) => {
      come(now, pick(instances));
      agenda.add(now - (Math.log(1 - random()) * 1_000) / load.rate, arrive);
    };
    agenda.add(0, arrive);
  }
  for (let event = agenda.next(); event && event.at < lastMs; event = agenda.next()) event.run(event.at);

  times.sort((a, b) => a - b);
  const share = (all: { busy(): number }[]) => all.reduce((sum, one) => sum + one.busy(), 0) / all.length / lastMs;
  return {
    turnsPerSecond: (times.length / (lastMs - from)) * 1_000,
    p50: times[times.length >> 1] ?? Number.POSITIVE_INFINITY,
    p99: times[Math.floor(times.length * 0.99)] ?? Number.POSITIVE_INFINITY,
    busy: {
      instances: share(processors),
      cores: share(machines.map((machine) => machine.cores)),
      flushes: share(machines.map((machine) => machine.disk)),
    },
  };
}

/** Beyond this share of an instance's time its queue only grows. */
const MOST_BUSY = 0.9;

/** The most turns a second of which 99 in 100 are answered within `withinMs`, to about 2 %. */
export function capacity(
  costs: Costs,
  layout: Layout,
  withinMs: number,
  random: () => number,
): { rate: number; outcome: Outcome } {
  let low = 0;
  let high = ((layout.instances * MOST_BUSY) / costs.turn) * 1_000;
  let outcome = simulate(costs, layout, { rate: 1 }, random);
  while (high - low > 0.02 * high) {
    const rate = (low + high) / 2;
    const tried = simulate(costs, layout, { rate }, random);
    const keepsUp = tried.p99 <= withinMs && tried.turnsPerSecond > 0.97 * rate;
    if (keepsUp) {
      low = rate;
      outcome = tried;
    } else high = rate;
  }
  return { rate: low, outcome };
}
