import type { ReactNode } from 'react';
import type { Direction } from './url-state.ts';

/** One column of a list, and what becomes of it in a card on a narrow screen. */
export interface Column<T> {
  key: string;
  title: string;
  cell: (row: T) => ReactNode;
  /** The order key of the API; without it the column cannot be sorted by. */
  sort?: string;
  /** The direction of the first click; numbers and times start with the largest. */
  first?: Direction;
  numeric?: boolean;
  /** A share of the width, such as "20%"; columns never move while rows change. */
  width: string;
  /** Left out where a table fits only barely. */
  wide?: boolean;
  /** `lead` is the heading of the card, `hidden` is left out there. */
  card?: 'lead' | 'hidden';
}

export interface Sorting {
  key: string;
  direction: Direction;
  set: (key: string, direction: Direction) => void;
}

/** Rows that are chosen for an action. */
export interface Selection<T> {
  has: (row: T) => boolean;
  set: (rows: readonly T[], chosen: boolean) => void;
  /** What a row is called, for its box: "ada-laptop". */
  name: (row: T) => string;
}

/** The direction a click on a header asks for. */
export const nextDirection = (column: Column<never>, sorting: Sorting): Direction => {
  if (sorting.key === column.sort) return sorting.direction === 'asc' ? 'desc' : 'asc';
  return column.first ?? 'asc';
};
