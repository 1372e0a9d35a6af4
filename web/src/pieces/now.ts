import { useSyncExternalStore } from 'react';

/** A clock that all who watch it share; it stands still while nobody does. */
function clock(tickMs: number) {
  const watchers = new Set<() => void>();
  let current = Date.now();
  let timer: ReturnType<typeof setInterval> | undefined;
  const watch = (changed: () => void): (() => void) => {
    if (watchers.size === 0) current = Date.now();
    watchers.add(changed);
    timer ??= setInterval(() => {
      current = Date.now();
      for (const watcher of watchers) watcher();
    }, tickMs);
    return () => {
      watchers.delete(changed);
      if (watchers.size > 0) return;
      clearInterval(timer);
      timer = undefined;
    };
  };
  return { watch, read: () => current };
}

const calm = clock(10_000);
const quick = clock(1_000);

/** The present, moving on every ten seconds; all that shows a time moves together. */
export const useNow = (): number => useSyncExternalStore(calm.watch, calm.read);

/** The present to the second, for what a person waits for. */
export const useSecond = (): number => useSyncExternalStore(quick.watch, quick.read);
