/**
 * Fresh rows in the order the person is reading: what is still there keeps its place and shows its new content.
 * `changed` says that the fresh order differs, so the page can offer it instead of moving the rows by itself.
 */
export function steady<T>(order: readonly string[], fresh: readonly T[], key: (row: T) => string) {
  const byKey = new Map(fresh.map((row) => [key(row), row]));
  const rows = order.flatMap((id) => byKey.get(id) ?? []);
  const changed = fresh.length !== order.length || fresh.some((row, i) => key(row) !== order[i]);
  return { rows, changed };
}
