import type { TimelineEvent } from '@flotilla/contract/host-software';
import type { IntervalRow } from '../queries/on-host.ts';

export type Change = TimelineEvent['changes'][number];

/** What came and what left, a version once; what left and came again looks the same and is no change. */
export function differ(came: IntervalRow[], left: IntervalRow[]): Change[] {
  const opened = byVersion(came);
  const closed = byVersion(left);
  for (const version of closed.keys()) if (opened.delete(version)) closed.delete(version);
  return pair([...opened.values()], [...closed.values()]);
}

const byVersion = (rows: IntervalRow[]) => new Map(rows.map((row) => [row.version_id, row]));

/** A title of which one version left while another came was updated. */
function pair(came: IntervalRow[], left: IntervalRow[]): Change[] {
  const waiting = Map.groupBy(left, (row) => row.title_id);
  const changes = came.map((row) => toChange(row, textOf(row), textOf(waiting.get(row.title_id)?.shift())));
  for (const rest of waiting.values()) for (const row of rest) changes.push(toChange(row, null, textOf(row)));
  return changes.sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** With the release of an rpm package, where two that follow each other mostly differ. */
const textOf = (row: IntervalRow | undefined) => (row ? [row.version, row.release].filter(Boolean).join('-') : null);

const toChange = (row: IntervalRow, version: string | null, previous: string | null): Change => ({
  title_id: row.title_id,
  version_id: row.version_id,
  name: row.name,
  source: row.source,
  kind: row.kind,
  version,
  previous_version: previous,
});

export const countChanges = (changes: Change[]) => ({
  added_count: changes.filter((change) => change.previous_version === null).length,
  removed_count: changes.filter((change) => change.version === null).length,
  updated_count: changes.filter((change) => change.version !== null && change.previous_version !== null).length,
});
