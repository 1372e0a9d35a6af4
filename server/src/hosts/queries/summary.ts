import { sql } from 'kysely';
import type { Db } from '../../kernel/db/database.ts';
import { conditionsOf, type HostFilter, hasStatus } from './conditions.ts';

export interface PlatformCount {
  platform: string;
  hosts: number;
  online: number;
  offline: number;
  missing: number;
  new: number;
  low: number;
}

export async function countByPlatform(
  db: Db,
  filter: HostFilter,
  lowDiskSpace: number | null,
): Promise<PlatformCount[]> {
  const count = (status: Parameters<typeof hasStatus>[0]) =>
    sql`count(*) filter (where ${hasStatus(status, filter.now)})::int`;
  const low =
    lowDiskSpace === null ? sql`0` : sql`count(*) filter (where figure.gigs_disk_available < ${lowDiskSpace})::int`;
  const { rows } = await sql<PlatformCount>`
    select host.platform, count(*)::int as hosts, ${count('online')} as online, ${count('offline')} as offline,
      ${count('missing')} as missing, ${count('new')} as new, ${low} as low
    from hosts.host as host left join hosts.host_seen as seen on seen.host_id = host.id
    left join hosts.host_figure as figure on figure.host_id = host.id
    where ${sql.join(conditionsOf(filter), sql` and `)} group by 1 order by 2 desc, 1`.execute(db);
  return rows;
}
