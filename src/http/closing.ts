/** What feeds have in common: how they wait, and how they end when their reader goes away. */

/**
 * Ends at once when the reader goes away, also while it waits for the next event: a generator alone would only notice at its
 * next step.
 */
export function closing<T>(
  inner: AsyncGenerator<T>,
  on: { readonly opened: () => void; readonly closed: () => void },
): AsyncIterable<T> {
  return {
    [Symbol.asyncIterator]() {
      let open = true;
      let endPending: (() => void) | undefined;
      on.opened();
      const close = (): void => {
        if (open) on.closed();
        open = false;
        endPending?.();
      };
      return {
        next: () =>
          new Promise<IteratorResult<T>>((resolve, reject) => {
            endPending = () => resolve({ done: true, value: undefined });
            if (!open) return endPending();
            inner.next().then(
              (step) => {
                if (step.done === true) close();
                resolve(step);
              },
              (error: Error) => {
                reject(error);
                close();
              },
            );
          }),
        return() {
          close();
          inner.return(undefined).catch(() => undefined);
          return Promise.resolve({ done: true as const, value: undefined });
        },
      };
    },
  };
}

/** Resolves when somebody wakes all that wait, or when the signal ends. */
export function woken(waiting: Set<() => void>, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const done = (): void => {
      waiting.delete(done);
      signal.removeEventListener('abort', done);
      resolve();
    };
    waiting.add(done);
    signal.addEventListener('abort', done, { once: true });
    if (signal.aborted) done();
  });
}
