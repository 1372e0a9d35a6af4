import type { Loop } from './domain.ts';

/** A loop that can be told not to wait. */
export interface Repeating extends Loop {
  /** Runs at once, or once more when it is running. */
  now(): void;
}

/** Runs `work` again and again, with a pause of `milliseconds` after each time. `work` must not throw. */
export function repeat(milliseconds: number, work: () => Promise<void>): Repeating {
  let isStopped = false;
  let isRunning = false;
  let again = false;
  let running = Promise.resolve();
  let timer = setTimeout(start, milliseconds);
  function start(): void {
    clearTimeout(timer);
    isRunning = true;
    running = work().then(() => {
      isRunning = false;
      if (isStopped) return;
      timer = setTimeout(start, again ? 0 : milliseconds);
      again = false;
    });
  }
  return {
    now() {
      if (isRunning) again = true;
      else if (!isStopped) start();
    },
    async stop() {
      isStopped = true;
      clearTimeout(timer);
      await running;
    },
  };
}
