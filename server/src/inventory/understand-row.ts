import { cleanText } from '../kernel/clean-text.ts';
import type { Row } from '../kernel/host-queries.ts';
import { packSoftware } from './identity.ts';
import type { RowProblem, RowSource, Software } from './software.ts';

/** What a row says, with the packed identity of it. */
export interface Understood {
  software: Software;
  packed: string;
}

/** Rows remembered of each source: some 50 MB, and more than a usual fleet has. */
const MOST = 100_000;
const remembered = new WeakMap<RowSource, Map<string, Understood | null>>();

/**
 * Reads a row; null when it is about no software. Most rows are what other hosts, or the same one before, said too: finding
 * what such a row means costs a fraction of reading it, and all hosts share one copy of it, which nobody may change.
 */
export function understandRow(source: RowSource, row: unknown): Understood | RowProblem | null {
  const known = remembered.get(source) ?? new Map<string, Understood | null>();
  remembered.set(source, known);
  const text = JSON.stringify(row);
  const before = known.get(text);
  if (before !== undefined) return before;
  const clean = cleanRow(row);
  const read = clean ? source.toSoftware(clean) : { problem: 'not an object of texts' };
  if (read !== null && 'problem' in read) return read;
  if (known.size >= MOST) known.clear();
  const understood = read && { software: read, packed: packSoftware(read) };
  known.set(text, understood);
  return understood;
}

/** A row as text without what PostgreSQL cannot keep; null for what is no row. */
export function cleanRow(row: unknown): Row | null {
  if (typeof row !== 'object' || row === null || Array.isArray(row)) return null;
  const clean: Row = {};
  for (const [name, value] of Object.entries(row)) {
    if (typeof value !== 'string') return null;
    clean[name] = cleanText(value);
  }
  return clean;
}
