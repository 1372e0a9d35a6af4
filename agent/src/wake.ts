/** Ends a pause early. Any number of calls before the next pause count as one. */
export interface Wake {
  call(): void;
  /** Waits until called, at once if it was called since the last wait, or until the time is over or the signal comes. */
  wait(ms: number, signal: AbortSignal): Promise<void>;
}

export function createWake(): Wake {
  let isCalled = false;
  let end = () => {};
  return {
    call() {
      isCalled = true;
      end();
    },
    async wait(ms, signal) {
      if (!isCalled && !signal.aborted) {
        await new Promise<void>((resolve) => {
          const timer = setTimeout(resolve, ms);
          const finish = () => {
            clearTimeout(timer);
            signal.removeEventListener('abort', finish);
            resolve();
          };
          end = finish;
          signal.addEventListener('abort', finish);
        });
      }
      end = () => {};
      isCalled = false;
    },
  };
}
