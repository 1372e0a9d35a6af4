import { sql } from 'kysely';
import { ints } from '../../../kernel/db/arrays.ts';
import type { Db } from '../../../kernel/db/database.ts';

interface Of {
  /** Null: all. */
  fleetIds: readonly number[] | null;
  at: Date;
}

const ofFleets = ({ fleetIds }: Of, column: string) =>
  fleetIds === null ? sql`` : sql`and ${sql.ref(column)} = any(${ints(fleetIds)}::int[])`;

/** What had a due date at a moment, and what of it was overdue. What is open now counts for the fleet its host is in now. */
export async function countOpen(db: Db, of: Of): Promise<{ open: number; overdue: number }> {
  const { rows } = await sql<{ open: number; overdue: number }>`
    select count(*)::int as open, count(*) filter (where due < ${of.at})::int as overdue from (
      select due.due from (
        select due.*, coalesce(host.fleet_id, 0) as fleet_id
        from vulnerabilities.host_due as due join hosts.host as host on host.id = due.host_id
      ) as due where due.since <= ${of.at} ${ofFleets(of, 'due.fleet_id')}
      union all
      select over.due from vulnerabilities.host_due_past as over
      where over.since <= ${of.at} and over.closed_at > ${of.at} ${ofFleets(of, 'over.fleet_id')}
    ) as had`.execute(db);
  return rows[0] ?? { open: 0, overdue: 0 };
}

export interface FixingRow {
  severity: string | null;
  fixed: number;
  within_time: number;
  median_hours: number;
  p90_hours: number;
}

export async function readFixing(db: Db, of: Of & { from: Date }): Promise<FixingRow[]> {
  const { rows } = await sql<FixingRow>`
    select vulnerability.severity, count(*)::int as fixed, count(*) filter (where over.closed_at <= over.due)::int as within_time,
      percentile_cont(0.5) within group (order by extract(epoch from over.closed_at - over.since) / 3600)::float8 as median_hours,
      percentile_cont(0.9) within group (order by extract(epoch from over.closed_at - over.since) / 3600)::float8 as p90_hours
    from vulnerabilities.host_due_past as over
    join vulnerabilities.vulnerability as vulnerability on vulnerability.id = over.vulnerability_id
    where over.is_fixed and over.closed_at > ${of.from} and over.closed_at <= ${of.at} ${ofFleets(of, 'over.fleet_id')}
    group by 1 order by 1`.execute(db);
  return rows;
}

export interface PastRow {
  cve: string;
  name: string;
  version: string;
  since: Date;
}

/** What was found in what was on a host at a moment (docs/decisions/0007-findings-of-software-not-of-hosts.md). */
export async function readPast(db: Db, hostId: number, at: Date): Promise<PastRow[]> {
  const { rows } = await sql<PastRow>`
    with have as (
      select software_id, since from inventory.host_software where host_id = ${hostId} and since <= ${at}
      union all
      select software_id, since from inventory.host_software_past where host_id = ${hostId} and since <= ${at} and gone > ${at}
    ), found as (
      select finding.software_id, finding.vulnerability_id, greatest(have.since, finding.since) as since
      from have join vulnerabilities.finding as finding on finding.software_id = have.software_id
      where finding.is_active and finding.since <= ${at}
      union all
      select past.software_id, past.vulnerability_id, greatest(have.since, past.since)
      from have join vulnerabilities.finding_past as past on past.software_id = have.software_id
      where past.is_active and past.since <= ${at} and past.closed_at > ${at}
    )
    select vulnerability.name as cve, version.name, version.version, found.since
    from found join vulnerabilities.vulnerability as vulnerability on vulnerability.id = found.vulnerability_id
    join inventory.software as software on software.id = found.software_id
    join inventory.version as version on version.id = software.version_id
    order by vulnerability.name desc, version.name, version.version limit 10000`.execute(db);
  return rows;
}
