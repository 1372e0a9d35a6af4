import { useSyncExternalStore } from 'react';

const tickMs = 10_000;
const watchers = new Set<() => void>();
let current = Date.now();
let timer: ReturnType<typeof setInterval> | undefined;

function watch(changed: () => void): () => void {
  // Nobody watched for a while: the clock stood still.
  if (watchers.size === 0) current = Date.now();
  watchers.add(changed);
  timer ??= setInterval(() => {
    current = Date.now();
    for (const watcher of watchers) watcher();
  }, tickMs);
  return () => {
    watchers.delete(changed);
    if (watchers.size === 0) {
      clearInterval(timer);
      timer = undefined;
    }
  };
}

const read = () => current;

/** The present, moving on every ten seconds; all that shows a time moves together. */
export const useNow = (): number => useSyncExternalStore(watch, read);
