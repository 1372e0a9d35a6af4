import type { TaskState } from '@flotilla/contract/tasks';
import { sql } from 'kysely';
import type { Db } from '../../kernel/db/database.ts';
import type { TaskKind } from '../task.ts';

export interface StatusCount {
  title_id: number;
  kind: TaskKind;
  state: TaskState;
  hosts: number;
}

/** What answers are about: titles, seen from some fleets; null are all. */
export interface TitlesInFleets {
  titleIds: number[];
  fleetIds: readonly number[] | null;
}

/** Hosts by where the newest task about a title is on them; cancelled ones never were. */
export async function countByState(db: Db, { titleIds, fleetIds }: TitlesInFleets): Promise<StatusCount[]> {
  const there =
    fleetIds === null
      ? sql``
      : sql`and host_id in (select id from hosts.host where coalesce(fleet_id, 0) = any(${fleetIds}::int[]))`;
  const { rows } = await sql<StatusCount>`
    select title_id, kind, state, count(*)::int as hosts from (
      select distinct on (title_id, host_id) title_id, kind, state from installation.task
      where title_id = any(${titleIds}::int[]) and state <> 'cancelled' ${there}
      order by title_id, host_id, created_at desc, id
    ) as newest group by 1, 2, 3 order by 1, 2, 3`.execute(db);
  return rows;
}

export interface NewestTask {
  id: string;
  title_id: number;
  kind: TaskKind;
  state: TaskState;
  created_at: Date;
  ended_at: Date | null;
}

/** The newest task of each kind about each title on a host. */
export async function readNewestOnHost(db: Db, hostId: number): Promise<NewestTask[]> {
  const { rows } = await sql<NewestTask>`
    select distinct on (title_id, kind) id, title_id, kind, state, ended_at, created_at from installation.task
    where host_id = ${hostId} and title_id is not null and state <> 'cancelled'
    order by title_id, kind, created_at desc, id`.execute(db);
  return rows;
}

export interface UsedBy {
  title_id: number;
  id: number;
  name: string;
  type: string;
}

/** Policies that install a title, and are about hosts of the fleets. */
export async function readInstallingPolicies(db: Db, { titleIds, fleetIds }: TitlesInFleets): Promise<UsedBy[]> {
  const { rows } = await sql<UsedBy>`
    select install_title_id as title_id, id, name, type from policies.policy
    where install_title_id = any(${titleIds}::int[])
      ${fleetIds === null ? sql`` : sql`and (fleet_id is null or fleet_id = any(${fleetIds}::int[]))`} order by id`.execute(
    db,
  );
  return rows;
}

/** Which of some vulnerabilities are known to be exploited, where that is asked, and have a score of CVSS in a range. */
export async function readRisky(
  db: Db,
  names: string[],
  { exploited, cvss }: { exploited: boolean; cvss: { min: number; max: number } | null },
): Promise<Set<string>> {
  const { rows } = await sql<{ name: string }>`
    select name from vulnerabilities.vulnerability
    where name = any(${names}::text[]) ${exploited ? sql`and exploited_since is not null` : sql``}
      ${cvss ? sql`and cvss between ${cvss.min}::real and ${cvss.max}::real` : sql``}`.execute(db);
  return new Set(rows.map((row) => row.name));
}
