import { useSyncExternalStore } from 'react';

const query = () => matchMedia('(max-width: 47.99em)');

function watch(changed: () => void): () => void {
  const list = query();
  list.addEventListener('change', changed);
  return () => list.removeEventListener('change', changed);
}

/** Whether the screen is too narrow for tables; the style sheets use the same width. */
export const useNarrow = (): boolean => useSyncExternalStore(watch, () => query().matches);
