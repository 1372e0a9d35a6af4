import { type RawBuilder, sql } from 'kysely';
import { ints } from '../../kernel/db/arrays.ts';
import type { Db } from '../../kernel/db/database.ts';
import { FROM, PRODUCT, type ProductRow } from './vex.ts';

/** Software that took the place of what had a vulnerability, and was judged not to have it. */
export interface FixedRow extends ProductRow {
  cve: string;
  fixed_at: Date;
}

interface Filter {
  fleetIds: readonly number[] | null;
  hostId?: number;
  cve?: string;
  /** Since when. */
  from: Date;
}

/** Of the same title in the same release, on a host that reported the one without the other. */
export async function readFixed(db: Db, { fleetIds, hostId, cve, from }: Filter, most: number): Promise<FixedRow[]> {
  const there: RawBuilder<unknown> =
    hostId !== undefined
      ? sql`and past.host_id = ${hostId}`
      : fleetIds === null
        ? sql``
        : sql`and exists (select from hosts.host as host where host.id = past.host_id and coalesce(host.fleet_id, 0) = any(${ints(fleetIds)}::int[]))`;
  const { rows } = await sql<FixedRow>`
    with had as materialized (
      select software_id, vulnerability_id from vulnerabilities.finding where is_active
      union select software_id, vulnerability_id from vulnerabilities.finding_past where is_active
    ), named as materialized (
      select had.*, vulnerability.name as cve from had
      join vulnerabilities.vulnerability as vulnerability on vulnerability.id = had.vulnerability_id
      where ${cve ?? null}::text is null or vulnerability.name = upper(${cve ?? null})
    ), replaced as materialized (
      select was.id as was_id, now.id as now_id, swapped.at
      from (select distinct software_id from named) as each
      join inventory.software as was on was.id = each.software_id
      join inventory.version as was_version on was_version.id = was.version_id
      join inventory.version as now_version on now_version.title_id = was_version.title_id
      join inventory.software as now on now.version_id = now_version.id and now.context_id = was.context_id and now.id <> was.id
      join vulnerabilities.software_judged as judged on judged.software_id = now.id and judged.not_judged is null
      cross join lateral (
        select max(past.gone) as at from inventory.host_software_past as past
        join inventory.host_software as have on have.host_id = past.host_id and have.software_id = now.id
        where past.software_id = was.id and past.gone > ${from} ${there}
      ) as swapped
      where swapped.at is not null
    )
    select ${PRODUCT}, named.cve, max(replaced.at) as fixed_at
    from replaced join named on named.software_id = replaced.was_id
    join inventory.software as software on software.id = replaced.now_id ${FROM}
    where not exists (select from vulnerabilities.finding as still
      where still.software_id = replaced.now_id and still.vulnerability_id = named.vulnerability_id)
    group by named.cve, version.id, software.id, context.family, context.key order by named.cve, version.id limit ${most}`.execute(
    db,
  );
  return rows;
}
