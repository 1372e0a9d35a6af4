import { sql } from 'kysely';
import { ints } from '../../kernel/db/arrays.ts';
import type { Db } from '../../kernel/db/database.ts';
import type { LabelRule } from './conditions.ts';

const NOT_LINUX = new Set(['', 'darwin', 'windows', 'chrome', 'ios', 'ipados', 'android']);

/** How many hosts each label has, in some fleets; null: in all. */
export async function countLabels(
  db: Db,
  labels: LabelRule[],
  fleetIds: readonly number[] | null,
): Promise<Map<number, number>> {
  const counts = await countRows(db, labels, fleetIds);
  const builtin = labels.filter((label) => label.kind === 'builtin');
  if (builtin.length === 0) return counts;
  const platforms = await countPlatforms(db, fleetIds);
  for (const { id, platform } of builtin) {
    const hosts = platforms.filter((row) => isOn(row.platform, platform)).reduce((sum, row) => sum + row.hosts, 0);
    counts.set(id, hosts);
  }
  return counts;
}

/** The same rule as in `conditions.ts`. */
const isOn = (platform: string, wanted: string): boolean =>
  wanted === '' || platform === wanted || (wanted === 'linux' && !NOT_LINUX.has(platform));

const ofFleets = (fleetIds: readonly number[] | null) =>
  fleetIds === null ? sql`true` : sql`coalesce(host.fleet_id, 0) = any(${ints(fleetIds)}::int[])`;

async function countRows(
  db: Db,
  labels: LabelRule[],
  fleetIds: readonly number[] | null,
): Promise<Map<number, number>> {
  const members = labels.filter(({ kind }) => kind === 'dynamic' || kind === 'manual').map(({ id }) => id);
  const vitals = labels.filter(({ kind }) => kind === 'host_vitals').map(({ id }) => id);
  // Hosts that are gone have no rows of members: without a fleet nothing else need be read.
  const join =
    fleetIds === null ? sql`` : sql`join hosts.host as host on host.id = member.host_id and ${ofFleets(fleetIds)}`;
  const { rows } = await sql<{ label_id: number; hosts: number }>`
    select member.label_id, count(*)::int as hosts from hosts.label_member as member ${join}
    where member.label_id = any(${ints(members)}::int[]) group by 1
    union all
    select labelled.label_id, count(*)::int from hosts.host_label as labelled
    join hosts.host as host on host.id = labelled.host_id and ${ofFleets(fleetIds)}
    where labelled.label_id = any(${ints(vitals)}::int[]) group by 1`.execute(db);
  return new Map(rows.map((row) => [row.label_id, row.hosts]));
}

/** Hosts by osquery's name of their platform. */
export async function countPlatforms(
  db: Db,
  fleetIds: readonly number[] | null,
): Promise<{ platform: string; hosts: number }[]> {
  const { rows } = await sql<{ platform: string; hosts: number }>`
    select platform, count(*)::int as hosts from hosts.host as host
    where deleted_at is null and ${ofFleets(fleetIds)} group by 1 order by 2 desc, 1`.execute(db);
  return rows;
}
