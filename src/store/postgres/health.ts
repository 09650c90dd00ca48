/** What the last failure was, until the database has proven that it writes again. */
export interface Health {
  failure(): string | undefined;
  failed(reason: string): void;
  stop(): void;
}

/** @param probe resolves when a durable write went through */
export function createHealth(probe: () => Promise<unknown>, everyMs: number): Health {
  let failure: string | undefined;
  let waiting: NodeJS.Timeout | undefined;
  let isStopped = false;

  function probeLater() {
    if (isStopped) return;
    waiting ??= setTimeout(async () => {
      const asked = failure;
      await probe().then(
        () => {
          // Something that failed meanwhile wants a proof of its own.
          if (failure === asked) failure = undefined;
        },
        (error: Error) => {
          failure = error.message;
        },
      );
      waiting = undefined;
      if (failure !== undefined) probeLater();
    }, everyMs).unref();
  }

  return {
    failure: () => failure,
    failed(reason) {
      failure = reason;
      probeLater();
    },
    stop() {
      isStopped = true;
      clearTimeout(waiting);
    },
  };
}
