import { type RefObject, useCallback, useRef, useState } from 'react';
import { steady } from './steady.ts';

interface Input<T> {
  rows: readonly T[] | undefined;
  rowKey: (row: T) => string;
  /** Names the question the rows answer; another question brings its own order at once. */
  question: string;
  area: RefObject<HTMLElement | null>;
}

/**
 * Lets live rows change in place, but not move, while the pointer or the focus is in the list. When the order is
 * held back, `changed` is true and `show` lets the fresh order in.
 */
export function useSteadyRows<T>({ rows, rowKey, question, area }: Input<T>) {
  const held = useRef<{ question: string; rows: readonly T[] }>({ question: '', rows: [] });
  const [, redraw] = useState(0);
  const show = useCallback(() => {
    held.current = { question: '', rows: [] };
    redraw((n) => n + 1);
  }, []);
  if (!rows) return { rows, changed: false, show };
  const read = area.current?.matches(':hover, :focus-within') ?? false;
  if (!read || held.current.question !== question || held.current.rows.length === 0) {
    held.current = { question, rows };
    return { rows, changed: false, show };
  }
  return { ...steady(held.current.rows, rows, rowKey), show };
}
