import { type Expression, type ExpressionBuilder, type SqlBool, sql } from 'kysely';
import type { DB } from '../../database.ts';
import { ALL_FLEETS } from '../../kernel/counters/spec.ts';
import type { Db } from '../../kernel/db/database.ts';
import { MISSING_DAYS, NEW_HOURS, ONLINE_GRACE_SECONDS } from '../host.ts';

export interface HostFilter {
  /** Absent: all fleets. 0: hosts without one. */
  fleetId?: number;
  text?: string;
  status?: 'new' | 'online' | 'offline' | 'mia' | 'missing';
  platform?: string;
  /** Only hosts that have any of this software; `hosts` says how many there are about, which decides how to look. */
  software?: { ids: number[]; hosts: number };
  now: Date;
}

export interface HostOrder {
  key: keyof typeof ORDERS;
  descending: boolean;
  offset: number;
  limit: number;
}

const ORDERS = {
  id: 'host.id',
  hostname: 'host.hostname',
  display_name: 'host.display_name',
  computer_name: 'host.computer_name',
  uuid: 'host.uuid',
  platform: 'host.platform',
  os_version: 'host.os_version',
  hardware_serial: 'host.serial',
  created_at: 'host.created_at',
  last_enrolled_at: 'host.enrolled_at',
  seen_time: 'seen.seen_at',
  detail_updated_at: 'detail.updated_at',
  software_updated_at: 'inventory.software_updated_at',
} as const;

/** Above this share of all hosts, walking hosts in order and probing each finds a page sooner than collecting them all. */
const DENSE_SHARE = 0.05;

/** Ids of one page, in order; the id breaks ties. */
export async function listHostIds(db: Db, filter: HostFilter, order: HostOrder): Promise<number[]> {
  const direction = order.descending ? 'desc' : 'asc';
  const rows = await (await filtered(db, filter))
    .select('host.id')
    .orderBy(ORDERS[order.key], (by) => (order.descending ? by.desc().nullsLast() : by.asc().nullsFirst()))
    .orderBy('host.id', direction)
    .offset(order.offset)
    .limit(order.limit)
    .execute();
  return rows.map((row) => row.id);
}

export async function countHosts(db: Db, filter: HostFilter): Promise<number> {
  const row = await (await filtered(db, filter))
    .select((select) => select.fn.countAll<number>().as('hosts'))
    .executeTakeFirstOrThrow();
  return row.hosts;
}

async function filtered(db: Db, filter: HostFilter) {
  const dense = filter.software ? filter.software.hosts > DENSE_SHARE * (await countAll(db)) : false;
  return db
    .selectFrom('hosts.host as host')
    .leftJoin('hosts.host_seen as seen', 'seen.host_id', 'host.id')
    .leftJoin('hosts.host_detail as detail', 'detail.host_id', 'host.id')
    .leftJoin('inventory.host_inventory as inventory', 'inventory.host_id', 'host.id')
    .where((where) => where.and([...conditions(where as Where, filter), ...havingSoftware(filter, dense)]));
}

const countAll = async (db: Db) =>
  (
    await db
      .selectFrom('hosts.host')
      .select((select) => select.fn.countAll<number>().as('hosts'))
      .executeTakeFirstOrThrow()
  ).hosts;

type Where = ExpressionBuilder<DB & { host: DB['hosts.host']; seen: DB['hosts.host_seen'] }, 'host' | 'seen'>;

function conditions(where: Where, { fleetId, text, status, platform, now }: HostFilter): Expression<SqlBool>[] {
  const all: Expression<SqlBool>[] = [where('host.deleted_at', 'is', null)];
  if (fleetId === 0) all.push(where('host.fleet_id', 'is', null));
  if (fleetId !== undefined && fleetId > 0) all.push(where('host.fleet_id', '=', fleetId));
  if (platform !== undefined) all.push(where('host.platform', '=', sql<string>`any(${platform.split(',')}::text[])`));
  if (status !== undefined) all.push(hasStatus(status, now));
  if (text) {
    const part = `%${escapeLike(text)}%`;
    const start = `${escapeLike(text)}%`;
    all.push(
      where.or([
        where('host.hostname', 'ilike', part),
        where('host.display_name', 'ilike', part),
        where('host.uuid', 'ilike', start),
        where('host.serial', 'ilike', start),
        where('seen.address', 'like', start),
        sql<SqlBool>`detail.detail ->> 'primaryIp' like ${start}`,
      ]),
    );
  }
  return all;
}

/** The same rule as `statusOf`, as a condition. */
function hasStatus(status: NonNullable<HostFilter['status']>, now: Date): Expression<SqlBool> {
  const online = sql<SqlBool>`seen.seen_at >= ${now}::timestamptz - make_interval(secs =>
    least(host.distributed_interval_seconds, host.config_refresh_seconds) + ${ONLINE_GRACE_SECONDS})`;
  const missing = sql<SqlBool>`seen.seen_at < ${now}::timestamptz - make_interval(days => ${MISSING_DAYS})`;
  switch (status) {
    case 'online':
      return online;
    case 'offline':
      return sql<SqlBool>`(not ${online} and not ${missing})`;
    case 'mia':
    case 'missing':
      return missing;
    case 'new':
      return sql<SqlBool>`host.created_at > ${now}::timestamptz - make_interval(hours => ${NEW_HOURS})`;
  }
}

function havingSoftware({ software }: HostFilter, dense: boolean): Expression<SqlBool>[] {
  if (!software) return [];
  if (dense) {
    // `offset 0` keeps the planner from collecting all of them first.
    return [
      sql<SqlBool>`exists (select from inventory.host_software as on_host
        where on_host.host_id = host.id and on_host.software_id = any(${software.ids}::int[]) offset 0)`,
    ];
  }
  return [
    sql<SqlBool>`host.id = any(array(
      select distinct host_id from inventory.host_software where software_id = any(${software.ids}::int[])))`,
  ];
}

export const escapeLike = (text: string) => text.replace(/[\\%_]/g, '\\$&');

/** The software of a title, a version or an operating system by name, and about how many hosts have it. */
export async function findSoftware(
  db: Db,
  by: { titleId?: number; versionId?: number; os?: { name: string; version: string } },
): Promise<{ ids: number[]; hosts: number }> {
  let software = db
    .selectFrom('inventory.software as software')
    .innerJoin('inventory.version as version', 'version.id', 'software.version_id')
    .leftJoin('inventory.version_fleet as counted', (join) =>
      join.onRef('counted.version_id', '=', 'version.id').on('counted.fleet_id', '=', ALL_FLEETS),
    );
  if (by.titleId !== undefined) software = software.where('version.title_id', '=', by.titleId);
  if (by.versionId !== undefined) software = software.where('version.id', '=', by.versionId);
  if (by.os) {
    software = software
      .where('software.kind', '=', 'os')
      .where('version.name', '=', by.os.name)
      .where('version.version', '=', by.os.version);
  }
  const rows = await software.select(['software.id', 'version.id as version_id', 'counted.hosts']).execute();
  const byVersion = new Map(rows.map((row) => [row.version_id, row.hosts ?? 0]));
  return { ids: rows.map((row) => row.id), hosts: [...byVersion.values()].reduce((sum, hosts) => sum + hosts, 0) };
}
