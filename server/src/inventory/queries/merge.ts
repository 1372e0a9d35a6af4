import { sql } from 'kysely';
import { ALL_FLEETS } from '../../kernel/counters/spec.ts';
import type { Db, Tx } from '../../kernel/db/database.ts';

/** Titles that are merged into others, and into which. */
export async function readMerged(tx: Tx): Promise<Map<number, number>> {
  const { rows } = await sql<{ id: number; merged_into: number }>`
    select id, merged_into from inventory.title where merged_into is not null`.execute(tx);
  return new Map(rows.map((row) => [row.id, row.merged_into]));
}

/** No version is added while titles are merged: it would go to the title that was. */
export const holdVersions = (tx: Tx) => sql`lock table inventory.version in share row exclusive mode`.execute(tx);

export interface MergeTitle {
  id: number;
  display_name: string;
  source: string;
  kind: string;
  merged_into: number | null;
}

export const findTitles = (tx: Tx, ids: number[]): Promise<MergeTitle[]> =>
  tx
    .selectFrom('inventory.title')
    .select(['id', 'display_name', 'source', 'kind', 'merged_into'])
    .where('id', 'in', ids)
    .execute();

/** Titles that were merged into this one, by name. */
export const listMergedInto = (db: Db | Tx, titleId: number) =>
  db
    .selectFrom('inventory.title')
    .select(['id', 'display_name', 'source'])
    .where('merged_into', '=', titleId)
    .orderBy('sort_name')
    .execute();

/** What names the title and would be left behind by a merge; null when nothing does. Other domains' tables are only read. */
export async function findUse(tx: Tx, titleId: number): Promise<'packages' | 'policies' | 'rollouts' | null> {
  const { rows } = await sql<{ packages: boolean; policies: boolean; rollouts: boolean }>`
    select exists (select from installation.package where title_id = ${titleId}) as packages,
      exists (select from policies.policy where title_id = ${titleId}) as policies,
      exists (select from updates.rollout where title_id = ${titleId} and ended_at is null) as rollouts`.execute(tx);
  const [use] = rows;
  return (['packages', 'policies', 'rollouts'] as const).find((name) => use?.[name]) ?? null;
}

/** Puts the versions of a title under another. */
export async function moveVersions(tx: Tx, { from, into }: { from: number; into: number }): Promise<void> {
  await sql`update inventory.title set merged_into = ${into} where id = ${from}`.execute(tx);
  await sql`update inventory.version set own_title_id = title_id, title_id = ${into} where title_id = ${from}`.execute(
    tx,
  );
}

/** Gives a title its versions back. */
export async function returnVersions(tx: Tx, titleId: number): Promise<void> {
  await sql`update inventory.title set merged_into = null where id = ${titleId}`.execute(tx);
  await sql`update inventory.version set title_id = own_title_id, own_title_id = null where own_title_id = ${titleId}`.execute(
    tx,
  );
}

export interface FleetHosts {
  fleet_id: number;
  title_id: number;
  hosts: number;
}

/** How many hosts have each of the titles, by fleet and of all: the truth, whatever is counted. */
export async function countHosts(tx: Tx, titleIds: number[]): Promise<FleetHosts[]> {
  const { rows } = await sql<FleetHosts>`
    with on_host as (
      select distinct version.title_id, host.id, coalesce(host.fleet_id, 0) as fleet_id
      from inventory.version as version join inventory.software as software on software.version_id = version.id
      join inventory.host_software as have on have.software_id = software.id
      join hosts.host as host on host.id = have.host_id
      where version.title_id = any(${titleIds}::int[])
    )
    select fleet_id, title_id, count(*)::int as hosts from on_host group by 1, 2
    union all select ${ALL_FLEETS}::int, title_id, count(*)::int from on_host group by 2`.execute(tx);
  return rows;
}
