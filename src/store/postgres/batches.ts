/** Whatever is asked for while a batch is on its way is the next batch: no waiting when alone, few trips when many. */
export interface Batches<Item> {
  push(item: Item): void;
  /** Resolves when nothing is left to do. */
  idle(): Promise<void>;
}

/**
 * @param run settles every item of its batch itself, and never rejects
 * @param take how many of the first items make a batch, at least 1
 */
export function createBatches<Item>(
  run: (batch: Item[]) => Promise<void>,
  take: (items: Item[]) => number = (items) => items.length,
): Batches<Item> {
  let items: Item[] = [];
  let running: Promise<void> | undefined;

  async function work() {
    while (items.length > 0) {
      const count = take(items);
      const batch = items.slice(0, count);
      items = items.slice(count);
      await run(batch);
    }
    running = undefined;
  }

  return {
    push(item) {
      items.push(item);
      // Those who ask in the same turn of the event loop go together.
      running ??= Promise.resolve().then(work);
    },
    async idle() {
      while (running) await running;
    },
  };
}

/** An answer to come. */
export interface Ask<Question, Answer> {
  question: Question;
  resolve(answer: Answer): void;
  reject(error: unknown): void;
}

/** One question out of many; `answerAll` gets those of a batch, and answers in their order. */
export function createAsking<Question, Answer>(
  answerAll: (questions: Question[]) => Promise<Answer[]>,
): (question: Question) => Promise<Answer> {
  const batches = createBatches<Ask<Question, Answer>>(async (batch) => {
    try {
      const answers = await answerAll(batch.map((ask) => ask.question));
      for (const [at, ask] of batch.entries()) ask.resolve(answers[at]!);
    } catch (error) {
      for (const ask of batch) ask.reject(error);
    }
  });
  return (question) => new Promise((resolve, reject) => batches.push({ question, resolve, reject }));
}
