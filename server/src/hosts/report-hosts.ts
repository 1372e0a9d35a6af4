import type { Host, reportHosts } from '@flotilla/contract/hosts';
import type { QueryOf } from '@flotilla/contract/route';
import type { Context } from '../kernel/context.ts';
import { badRequest } from '../kernel/errors.ts';
import type { Cell } from '../kernel/http/csv.ts';
import { readFilter } from './filter-hosts.ts';
import { toHostAnswer } from './host-answer.ts';
import type { HostFilter } from './queries/conditions.ts';
import { listHostIds } from './queries/list.ts';
import { readHosts } from './queries/read.ts';

/** The columns of the report, as the answer of a host names them, in the order they have when none are asked for. */
const COLUMNS = [
  'created_at',
  'updated_at',
  'id',
  'detail_updated_at',
  'label_updated_at',
  'policy_updated_at',
  'software_updated_at',
  'last_enrolled_at',
  'last_restarted_at',
  'seen_time',
  'refetch_requested',
  'hostname',
  'uuid',
  'platform',
  'osquery_version',
  'orbit_version',
  'os_version',
  'build',
  'platform_like',
  'code_name',
  'uptime',
  'memory',
  'cpu_type',
  'cpu_subtype',
  'cpu_brand',
  'cpu_physical_cores',
  'cpu_logical_cores',
  'hardware_vendor',
  'hardware_model',
  'hardware_version',
  'hardware_serial',
  'computer_name',
  'display_name',
  'display_text',
  'timezone',
  'primary_ip',
  'primary_mac',
  'public_ip',
  'distributed_interval',
  'config_tls_refresh',
  'logger_tls_period',
  'team_id',
  'team_name',
  'fleet_id',
  'fleet_name',
  'gigs_disk_space_available',
  'percent_disk_space_available',
  'gigs_total_disk_space',
  'status',
  'issues',
] as const satisfies readonly (keyof Host)[];
type Column = (typeof COLUMNS)[number];

const AT_ONCE = 1_000;

/** All hosts a filter finds, as they are when each is reached. @throws AppError `bad_request` for a column that is none */
export async function reportOnHosts(
  ctx: Context,
  query: QueryOf<typeof reportHosts>,
): Promise<{ columns: readonly Column[]; rows: AsyncIterable<Cell[][]> }> {
  const filter = await readFilter(ctx, query);
  const columns = readColumns(query.columns);
  const order = { key: query.order_key ?? 'id', descending: query.order_direction === 'desc' } as const;
  return { columns, rows: readRows(ctx, { filter, columns, order }) };
}

function readColumns(asked: string | undefined): readonly Column[] {
  if (!asked) return COLUMNS;
  return asked.split(',').map((name) => {
    const column = COLUMNS.find((one) => one === name.trim());
    if (!column) throw badRequest('columns', `"${name.trim()}" is none of ${COLUMNS.join(', ')}`);
    return column;
  });
}

interface Reading {
  filter: HostFilter;
  columns: readonly Column[];
  order: Pick<Parameters<typeof listHostIds>[2], 'key' | 'descending'>;
}

async function* readRows(ctx: Context, { filter, columns, order }: Reading): AsyncIterable<Cell[][]> {
  let after: { id: number; value: string | null } | undefined;
  do {
    const page = await listHostIds(ctx.db, filter, { ...order, ...(after && { after }), offset: 0, limit: AT_ONCE });
    const hosts = await readHosts(
      ctx.db,
      page.map((host) => host.id),
    );
    yield hosts.map((host) => toCells(toHostAnswer(host, ctx.clock()), columns));
    after = page.length === AT_ONCE ? page.at(-1) : undefined;
  } while (after);
}

const toCells = (host: Host, columns: readonly Column[]): Cell[] =>
  columns.map((column) => (column === 'issues' ? host.issues.total_issues_count : host[column]));
