import type { hostSummary } from '@flotilla/contract/hosts';
import type { QueryOf, ResponseOf } from '@flotilla/contract/route';
import type { Context } from '../kernel/context.ts';
import { readFilter } from './filter-hosts.ts';
import { toSummary } from './list-labels.ts';
import { listLabels } from './queries/labels.ts';
import { countByPlatform } from './queries/summary.ts';

const NOT_LINUX = ['', 'darwin', 'windows', 'chrome', 'ios', 'ipados', 'android'];

/** How many hosts there are, by status and platform, in one pass over them. */
export async function summariseHosts(
  ctx: Context,
  query: QueryOf<typeof hostSummary>,
): Promise<ResponseOf<typeof hostSummary>> {
  const { low_disk_space: lowDiskSpace, ...filters } = query;
  const rows = await countByPlatform(ctx.db, await readFilter(ctx, filters), lowDiskSpace ?? null);
  const sum = (of: 'hosts' | 'online' | 'offline' | 'missing' | 'new' | 'low', some = rows) =>
    some.reduce((total, row) => total + row[of], 0);
  const labels = await listLabels(ctx.db, { fleetIds: [], key: 'id', descending: false, offset: 0, limit: 1_000 });
  const fleetId = query.fleet_id ?? query.team_id;
  return {
    ...(fleetId !== undefined && { team_id: fleetId, fleet_id: fleetId }),
    totals_hosts_count: sum('hosts'),
    online_count: sum('online'),
    offline_count: sum('offline'),
    mia_count: sum('missing'),
    missing_30_days_count: sum('missing'),
    new_count: sum('new'),
    all_linux_count: sum(
      'hosts',
      rows.filter((row) => !NOT_LINUX.includes(row.platform)),
    ),
    dep_assign_error_count: 0,
    ...(lowDiskSpace !== undefined && { low_disk_space_count: sum('low') }),
    builtin_labels: labels.filter((label) => label.kind === 'builtin').map(toSummary),
    platforms: rows.map(({ platform, hosts }) => ({ platform, hosts_count: hosts })),
  };
}
