/** Collects single items into batches, so that many small requests share one transaction. */
export interface MicroBatch<T, R = void> {
  /** Resolves with what became of the item when its batch is done, and rejects when it failed. */
  add(item: T): Promise<R>;
}

interface Waiting<T, R> {
  item: T;
  resolve: (result: R) => void;
  reject: (error: unknown) => void;
}

/**
 * A batch starts when it is full, or when its first item has waited; `atOnce` of them may run side by side.
 * `run` resolves with one result an item, in their order.
 */
export function microBatch<T, R = void>(
  run: (items: T[]) => Promise<R[]>,
  { size, waitMilliseconds, atOnce }: { size: number; waitMilliseconds: number; atOnce: number },
): MicroBatch<T, R> {
  let waiting: Waiting<T, R>[] = [];
  let running = 0;
  let timer: NodeJS.Timeout | null = null;
  let isDue = false;

  const start = () => {
    while (running < atOnce && (waiting.length >= size || (isDue && waiting.length > 0))) {
      const batch = waiting.slice(0, size);
      waiting = waiting.slice(size);
      if (waiting.length === 0) stopWaiting();
      running += 1;
      void settle(batch);
    }
  };
  const stopWaiting = () => {
    isDue = false;
    if (timer) clearTimeout(timer);
    timer = null;
  };
  const settle = async (batch: Waiting<T, R>[]) => {
    try {
      const results = await run(batch.map(({ item }) => item));
      batch.forEach(({ resolve }, index) => {
        resolve(results[index] as R);
      });
    } catch (error) {
      if (batch.length === 1) batch[0]?.reject(error);
      else for (const one of batch) await alone(one);
    } finally {
      running -= 1;
      start();
    }
  };
  // One item that cannot be done must not fail those it happens to travel with.
  const alone = ({ item, resolve, reject }: Waiting<T, R>) =>
    run([item]).then(([result]) => resolve(result as R), reject);
  return {
    add(item) {
      return new Promise((resolve, reject) => {
        waiting.push({ item, resolve, reject });
        timer ??= setTimeout(() => {
          isDue = true;
          start();
        }, waitMilliseconds);
        start();
      });
    },
  };
}
