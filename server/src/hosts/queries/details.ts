import { sql } from 'kysely';
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

/** Keeps what the new detail leaves out. */
export const mergeDetail = (tx: Tx, hostId: number, row: { detail: HostDetail; at: Date }) =>
  sql`
    insert into hosts.host_detail as old (host_id, detail, updated_at)
    values (${hostId}, ${JSON.stringify(row.detail)}::jsonb, ${row.at})
    on conflict (host_id) do update set detail = old.detail || excluded.detail, updated_at = excluded.updated_at`.execute(
    tx,
  );

/** Writes the row only where something differs: it has indexes. */
export async function updateHost(tx: Tx, hostId: number, columns: Partial<HostColumns>): Promise<void> {
  const names = Object.keys(columns) as (keyof HostColumns)[];
  if (names.length === 0) return;
  await tx
    .updateTable('hosts.host')
    .set({ ...columns, updated_at: sql<Date>`now()` })
    .where('id', '=', hostId)
    .where((where) => where.or(names.map((name) => where(name, 'is distinct from', columns[name] as never))))
    .execute();
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
