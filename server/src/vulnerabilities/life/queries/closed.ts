import type { ClosedFinding } from '@flotilla/contract/finding-life';
import { sql } from 'kysely';
import type { Db } from '../../../kernel/db/database.ts';

export interface ClosedRow extends Omit<ClosedFinding, 'since' | 'closed_at'> {
  since: Date;
  closed_at: Date;
}

interface Filter {
  hostId: number;
  from: Date;
  text?: string;
  offset: number;
  limit: number;
}

/** Vulnerabilities that a host had after `from` and has no more in any software, with what had it last; the latest first. */
export async function readClosed(
  db: Db,
  { hostId, from, text, offset, limit }: Filter,
): Promise<{ rows: ClosedRow[]; count: number }> {
  const contains =
    text === undefined
      ? sql``
      : sql`and (vulnerability.name ilike ${`%${text}%`} or version.name ilike ${`%${text}%`})`;
  const { rows } = await sql<ClosedRow & { count: number }>`
    with have as materialized (
      select software_id, since, 'infinity'::timestamptz as until from inventory.host_software where host_id = ${hostId}
      union all
      select software_id, since, gone from inventory.host_software_past where host_id = ${hostId} and gone > ${from}
    ), carried as materialized (
      select have.software_id, found.vulnerability_id, greatest(have.since, found.since) as since,
        least(have.until, found.until) as closed_at, have.until <= found.until as is_gone
      from have cross join lateral (
        select vulnerability_id, since, 'infinity'::timestamptz as until from vulnerabilities.finding
        where software_id = have.software_id and is_active
        union all
        select vulnerability_id, since, closed_at from vulnerabilities.finding_past
        where software_id = have.software_id and is_active and closed_at > ${from}
      ) as found
      where greatest(have.since, found.since) < least(have.until, found.until)
    ), closed as (
      select distinct on (vulnerability_id) * from carried
      where vulnerability_id not in (select vulnerability_id from carried where closed_at = 'infinity')
      order by vulnerability_id, closed_at desc, software_id
    )
    select vulnerability.name as cve, version.id as version_id, version.title_id, version.name, version.version, version.source,
      closed.since, closed.closed_at, case when closed.is_gone then 'fixed' else 'withdrawn' end as state,
      (select max(now.version) from inventory.host_software as has join inventory.software as software on software.id = has.software_id
        join inventory.version as now on now.id = software.version_id
        where has.host_id = ${hostId} and now.title_id = version.title_id) as installed_version,
      vulnerability.cvss as cvss_score, vulnerability.severity, count(*) over ()::int as count
    from closed join vulnerabilities.vulnerability as vulnerability on vulnerability.id = closed.vulnerability_id
    join inventory.software as software on software.id = closed.software_id
    join inventory.version as version on version.id = software.version_id
    where true ${contains}
    order by closed.closed_at desc, vulnerability.name desc offset ${offset} limit ${limit}`.execute(db);
  return { rows: rows.map(({ count, ...row }) => row), count: rows[0]?.count ?? 0 };
}
