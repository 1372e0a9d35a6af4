import { sql } from 'kysely';
import { ints } from '../../kernel/db/arrays.ts';
import type { Db, Tx } from '../../kernel/db/database.ts';
import { platformOf } from '../../kernel/host-platform.ts';
import type { Platform } from '../../kernel/host-queries.ts';
import type { HostDetail } from '../detail-queries.ts';

export interface HostColumns {
  hostname: string;
  computer_name: string;
  display_name: string;
  serial: string;
  platform: string;
  os_version: string;
  context_id: number;
  distributed_interval_seconds: number;
  config_refresh_seconds: number;
}

/** What a host said of itself. */
export interface DetailRow {
  hostId: number;
  columns: Partial<HostColumns>;
  detail: HostDetail;
  at: Date;
}

/** Keeps what the new detail leaves out. What lists sort by is kept apart too. */
export const mergeDetails = (db: Db, rows: Omit<DetailRow, 'columns'>[]) =>
  sql`
    with merged as (
      insert into hosts.host_detail as old (host_id, detail, updated_at)
      select * from unnest(${ints(rows.map((row) => row.hostId))}::int[],
        ${rows.map((row) => JSON.stringify(row.detail))}::jsonb[], ${rows.map((row) => row.at)}::timestamptz[])
        as new (host_id, detail, updated_at) order by host_id
      on conflict (host_id) do update set detail = old.detail || excluded.detail, updated_at = excluded.updated_at
      returning host_id, detail, updated_at
    )
    insert into hosts.host_figure as old
    select host_id, figure.* from merged cross join lateral hosts.figures_of(detail, updated_at) as figure
    on conflict (host_id) do update set detail_updated_at = excluded.detail_updated_at, restarted_at = excluded.restarted_at,
      memory = excluded.memory, gigs_disk_available = excluded.gigs_disk_available,
      percent_disk_available = excluded.percent_disk_available, primary_ip = excluded.primary_ip,
      hardware_model = excluded.hardware_model, osquery_version = excluded.osquery_version`.execute(db);

/** Writes rows only where something differs: they have indexes. What is not said stays. Locks hosts in the order of ids. */
export async function updateHosts(db: Db, rows: DetailRow[]): Promise<void> {
  const said = rows.map(({ hostId, columns }) => ({ host_id: hostId, ...columns }));
  await sql`
    with said as materialized (
      select host.id, coalesce(new.hostname, host.hostname) as hostname,
        coalesce(new.computer_name, host.computer_name) as computer_name,
        coalesce(new.display_name, host.display_name) as display_name, coalesce(new.serial, host.serial) as serial,
        coalesce(new.platform, host.platform) as platform, coalesce(new.os_version, host.os_version) as os_version,
        coalesce(new.context_id, host.context_id) as context_id,
        coalesce(new.distributed_interval_seconds, host.distributed_interval_seconds) as distributed_interval_seconds,
        coalesce(new.config_refresh_seconds, host.config_refresh_seconds) as config_refresh_seconds
      from jsonb_to_recordset(${JSON.stringify(said)}::jsonb) as new (host_id int, hostname text, computer_name text,
        display_name text, serial text, platform text, os_version text, context_id int,
        distributed_interval_seconds int, config_refresh_seconds int)
      join hosts.host as host on host.id = new.host_id
    ), differing as materialized (
      select said.* from said join hosts.host as host on host.id = said.id
      where (said.hostname, said.computer_name, said.display_name, said.serial, said.platform, said.os_version,
          said.context_id, said.distributed_interval_seconds, said.config_refresh_seconds)
        is distinct from (host.hostname, host.computer_name, host.display_name, host.serial, host.platform, host.os_version,
          host.context_id, host.distributed_interval_seconds, host.config_refresh_seconds)
      order by said.id for no key update of host
    )
    update hosts.host as host set hostname = differing.hostname, computer_name = differing.computer_name,
      display_name = differing.display_name, serial = differing.serial, platform = differing.platform,
      os_version = differing.os_version, context_id = differing.context_id,
      distributed_interval_seconds = differing.distributed_interval_seconds,
      config_refresh_seconds = differing.config_refresh_seconds, updated_at = now()
    from differing where host.id = differing.id`.execute(db);
}

/** Refused input of a known host, counted by what was wrong with it. */
export const countProblem = (db: Db, hostId: number, problem: { kind: string; detail: string; at: Date }) =>
  sql`
    insert into hosts.host_problem as old (host_id, kind, detail, count, at)
    values (${hostId}, ${problem.kind}, ${problem.detail}, 1, ${problem.at})
    on conflict (host_id, kind, detail) do update set count = old.count + 1, at = excluded.at`.execute(db);

export const readProblems = (db: Db, hostId: number) =>
  db
    .selectFrom('hosts.host_problem')
    .select(['kind', 'detail', 'count', 'at'])
    .where('host_id', '=', hostId)
    .orderBy('at', 'desc')
    .orderBy('kind')
    .orderBy('detail')
    .limit(100)
    .execute();

export interface LockedHost {
  id: number;
  fleetId: number | null;
  contextId: number;
  platform: Platform;
}

/** Locks hosts in id order, so that their inventories are written one after the other. Deleted ones are left out. */
export async function lockHosts(tx: Tx, hostIds: number[]): Promise<LockedHost[]> {
  const rows = await tx
    .selectFrom('hosts.host')
    .select(['id', 'fleet_id', 'context_id', 'platform'])
    .where('id', '=', sql<number>`any(${hostIds}::int[])`)
    .where('deleted_at', 'is', null)
    .orderBy('id')
    .forNoKeyUpdate()
    .execute();
  return rows.map((row) => ({
    id: row.id,
    fleetId: row.fleet_id,
    contextId: row.context_id,
    platform: platformOf(row.platform),
  }));
}
