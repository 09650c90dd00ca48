/** A binary heap of what becomes ready when; earliest first, then in the given order. */
export interface Ready {
  at: number;
  order: number;
  target: string;
}

export interface ReadyQueue {
  push(item: Ready): void;
  peek(): Ready | undefined;
  pop(): void;
}

const isBefore = (a: Ready, b: Ready) => a.at < b.at || (a.at === b.at && a.order < b.order);

export function createReadyQueue(): ReadyQueue {
  const heap: Ready[] = [];

  function swap(a: number, b: number) {
    [heap[a], heap[b]] = [heap[b]!, heap[a]!];
  }

  return {
    push(item) {
      let at = heap.push(item) - 1;
      for (let up = (at - 1) >> 1; at > 0 && isBefore(heap[at]!, heap[up]!); up = (at - 1) >> 1) {
        swap(at, up);
        at = up;
      }
    },
    peek: () => heap[0],
    pop() {
      const last = heap.pop();
      if (last === undefined || heap.length === 0) return;
      heap[0] = last;
      for (let at = 0; ; ) {
        const left = 2 * at + 1;
        let least = at;
        for (const down of [left, left + 1]) {
          if (down < heap.length && isBefore(heap[down]!, heap[least]!)) least = down;
        }
        if (least === at) return;
        swap(at, least);
        at = least;
      }
    },
  };
}
