import { sql } from 'kysely';
import type { Db, Tx } from '../../kernel/db/database.ts';

/** The number of the inventory last asked of each host: a later one was asked after this moment. */
export async function readInventoryAsked(tx: Tx, hostIds: number[]): Promise<Map<number, number>> {
  const rows = await tx
    .selectFrom('hosts.host')
    .select(['id', 'inventory_asked'])
    .where('id', '=', sql<number>`any(${hostIds}::int[])`)
    .execute();
  return new Map(rows.map((row) => [row.id, row.inventory_asked]));
}

/** Whether a program runs on the host that can install: Flotilla's agent, or Fleet's. */
export async function hasAgent(db: Db, hostId: number): Promise<boolean> {
  const row = await db
    .selectFrom('hosts.host_key')
    .select('host_id')
    .where('host_id', '=', hostId)
    .where('kind', '=', 'agent')
    .where('revoked_at', 'is', null)
    .executeTakeFirst();
  return row !== undefined;
}

export interface InstalledVersion {
  host_id: number;
  title_id: number;
  version: string;
}

/** The versions of titles that hosts have now. */
export async function readInstalled(
  db: Db | Tx,
  pairs: { hostId: number; titleId: number }[],
): Promise<InstalledVersion[]> {
  const { rows } = await sql<InstalledVersion>`
    select distinct wanted.host_id, wanted.title_id, version.version
    from unnest(${pairs.map((pair) => pair.hostId)}::int[], ${pairs.map((pair) => pair.titleId)}::int[]) as wanted (host_id, title_id)
    join inventory.version as version on version.title_id = wanted.title_id
    join inventory.software as software on software.version_id = version.id and software.kind = 'normal'
    join inventory.host_software as have on have.host_id = wanted.host_id and have.software_id = software.id
    order by 1, 2, 3`.execute(db);
  return rows;
}

export interface HostName {
  id: number;
  display_name: string;
  hostname: string;
  platform: string;
}

export async function readHostNames(db: Db | Tx, hostIds: number[]): Promise<Map<number, HostName>> {
  const rows = await db
    .selectFrom('hosts.host')
    .select(['id', 'display_name', 'hostname', 'platform'])
    .where('id', '=', sql<number>`any(${hostIds}::int[])`)
    .execute();
  return new Map(rows.map((row) => [row.id, row]));
}

export async function readTitleNames(
  db: Db | Tx,
  titleIds: number[],
): Promise<Map<number, { name: string; source: string }>> {
  const rows = await db
    .selectFrom('inventory.title')
    .select(['id', 'display_name', 'source'])
    .where('id', '=', sql<number>`any(${titleIds}::int[])`)
    .execute();
  return new Map(rows.map((row) => [row.id, { name: row.display_name, source: row.source }]));
}
