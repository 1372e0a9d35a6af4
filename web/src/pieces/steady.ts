/**
 * Fresh rows in the places of those being read: each shows its new content, and one that left the list stays as it was
 * last seen. `changed` says that the fresh list differs in rows or order, so the page can offer it instead of moving.
 */
export function steady<T>(held: readonly T[], fresh: readonly T[], key: (row: T) => string) {
  const byKey = new Map(fresh.map((row) => [key(row), row]));
  const rows = held.map((row) => byKey.get(key(row)) ?? row);
  const changed = fresh.length !== held.length || fresh.some((row, i) => key(row) !== key(held[i] as T));
  return { rows, changed };
}
