import type { hostTimeline, TimelineEvent } from '@flotilla/contract/host-software';
import type { QueryOf, ResponseOf } from '@flotilla/contract/route';
import { readHost } from '../hosts/index.ts';
import type { Context } from '../kernel/context.ts';
import { type IntervalRow, readChanges, readChangeTimes } from './queries/on-host.ts';

const PAGE = 50;
/** Changes of one event that are listed; the counts cover all. */
const LISTED = 50;

type Change = TimelineEvent['changes'][number];

/** What happened on the host, newest first: each moment at which an inventory differed from the one before. */
export async function readTimeline(
  ctx: Context,
  hostId: number,
  query: QueryOf<typeof hostTimeline>,
): Promise<ResponseOf<typeof hostTimeline>> {
  const host = await readHost(ctx, hostId);
  const limit = query.per_page ?? PAGE;
  const before = query.before ? new Date(query.before) : new Date(ctx.clock().getTime() + 1);
  const times = await readChangeTimes(ctx.db, hostId, { before, limit });
  const [newest, oldest] = [times[0], times.at(-1)];
  const rows = newest && oldest ? await readChanges(ctx.db, hostId, { from: oldest, until: newest }) : [];
  const events = times.map((at) => toEvent(at, rows)).filter((event) => event !== null);
  const isLast = times.length < limit;
  if (isLast && host.createdAt < before) events.push(enrolled(host.createdAt));
  return { events, next_before: isLast ? null : (oldest?.toISOString() ?? null) };
}

const enrolled = (at: Date): TimelineEvent => ({
  at: at.toISOString(),
  kind: 'enrolled',
  added_count: 0,
  removed_count: 0,
  updated_count: 0,
  changes: [],
});

/** @returns null when what left and what came look the same, as after an upgrade of the distribution */
function toEvent(at: Date, rows: IntervalRow[]): TimelineEvent | null {
  const time = at.getTime();
  const came = byVersion(rows.filter((row) => row.since.getTime() === time));
  const left = byVersion(rows.filter((row) => row.gone?.getTime() === time));
  for (const version of left.keys()) if (came.delete(version)) left.delete(version);
  const changes = pair([...came.values()], [...left.values()]);
  if (changes.length === 0) return null;
  return {
    at: at.toISOString(),
    kind: 'software_changed',
    added_count: changes.filter((change) => change.previous_version === null).length,
    removed_count: changes.filter((change) => change.version === null).length,
    updated_count: changes.filter((change) => change.version !== null && change.previous_version !== null).length,
    changes: changes.slice(0, LISTED),
  };
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
