import type { Action, actionOrderKeys } from '@flotilla/contract/actions';
import { type RawBuilder, sql } from 'kysely';
import { ints } from '../../../kernel/db/arrays.ts';
import type { Db } from '../../../kernel/db/database.ts';
import { escapeLike } from '../../../kernel/db/like.ts';
import { onHostsOf } from './exact.ts';

export interface ActionRow
  extends Pick<
    Action,
    | 'id'
    | 'kind'
    | 'name'
    | 'context'
    | 'fix_version'
    | 'hosts_count'
    | 'findings_count'
    | 'vulnerabilities_count'
    | 'exploited_count'
    | 'unfixed_count'
    | 'exposure'
  > {
  /** 0 to 4. */
  severity: number | null;
  due_at: Date | null;
  title_ids: number[];
}

export interface ActionFilter {
  /** By whose counters they rank, and which fleets these are of; null are all. */
  fleetId: number;
  fleetIds: readonly number[] | null;
  id?: number;
  text?: string;
  exploited?: boolean;
  hasFix?: boolean;
  /** The least that the worst is, 0 to 4. */
  severity?: number;
  /** Those that have a package, and whether these or the others are wanted. */
  ready?: { ids: number[]; isWanted: boolean };
}

export interface ActionOrder {
  key: (typeof actionOrderKeys)[number];
  descending: boolean;
  offset: number;
  limit: number;
}

const ORDERS: Record<ActionOrder['key'], RawBuilder<unknown>> = {
  risk: sql`summed.exposure`,
  findings: sql`summed.findings_count`,
  hosts: sql`summed.hosts_count`,
  due: sql`summed.due_at`,
};

/** Versions count hosts whatever exceptions for some of these say: where there are any, one host must be left. */
const isLeft = (fleetIds: ActionFilter['fleetIds']) => sql`(
  not exists (select from vulnerabilities.exception where state = 'active' and num_nonnulls(fleet_id, label_id, host_id) > 0)
  or exists (select from vulnerabilities.action_software as member
    join vulnerabilities.finding as finding on finding.software_id = member.software_id and finding.is_open
    join inventory.host_software as have on have.software_id = member.software_id ${onHostsOf(fleetIds)}
    where member.action_id = action.id and not (finding.is_split
      and vulnerabilities.is_exempt(finding.software_id, finding.vulnerability_id, have.host_id)) offset 0))`;

function where({ fleetIds, id, text, exploited, hasFix, severity, ready }: ActionFilter) {
  return sql.join(
    [
      isLeft(fleetIds),
      ...(id === undefined ? [] : [sql`action.id = ${id}`]),
      ...(text === undefined ? [] : [sql`action.name ilike ${`%${escapeLike(text)}%`}`]),
      ...(exploited === undefined ? [] : [sql`(summed.exploited_count > 0) = ${exploited}`]),
      ...(hasFix === undefined ? [] : [sql`(action.fix_version is not null) = ${hasFix}`]),
      ...(severity === undefined ? [] : [sql`summed.severity >= ${severity}`]),
      ...(ready === undefined ? [] : [sql`(action.id = any(${ints(ready.ids)}::int[])) = ${ready.isWanted}`]),
    ],
    sql` and `,
  );
}

/**
 * Actions on hosts of the fleet with their figures from the counters of versions, and how many there are. Of several titles the one
 * that counts most stands for all: packages of one source are on the same hosts. What has no fix comes last.
 */
export async function rankActions(
  db: Db,
  filter: ActionFilter,
  { key, descending, offset, limit }: ActionOrder,
): Promise<{ total: number; rows: ActionRow[] }> {
  const direction = descending ? sql`desc` : sql`asc`;
  const only = filter.id === undefined ? sql`` : sql`and risk.action_id = ${filter.id}`;
  const { rows } = await sql<ActionRow & { total: number }>`
    with by_title as (
      select risk.action_id, risk.title_id, coalesce(sum(counted.hosts) filter (where risk.findings > 0), 0) as hosts,
        sum(counted.hosts::bigint * risk.findings) as findings,
        sum(counted.hosts::bigint * risk.kept) as kept, sum(counted.hosts * risk.exposure::float8) as exposure,
        max(risk.findings) as vulnerabilities, max(risk.exploited) as exploited, max(risk.severity) as severity,
        min(risk.due_at) as due_at
      from vulnerabilities.action_version as risk
      join inventory.version_fleet as counted on counted.version_id = risk.version_id and counted.fleet_id = ${filter.fleetId}
      where counted.hosts > 0 ${only} group by 1, 2
    ), summed as (
      select action_id, max(hosts)::int as hosts_count, max(findings)::float8 as findings_count, max(kept)::float8 as unfixed_count,
        max(exposure) as exposure, max(vulnerabilities) as vulnerabilities_count, max(exploited) as exploited_count,
        max(severity) as severity, min(due_at) as due_at,
        (array_agg(title_id order by hosts desc, title_id))[:20] as title_ids
      from by_title group by 1
    )
    select action.id, action.kind, action.name, action.context, action.fix_version, summed.*, count(*) over ()::int as total
    from summed join vulnerabilities.action as action on action.id = summed.action_id
    where ${where(filter)}
    order by (action.fix_version is null), ${ORDERS[key]} ${direction} nulls last, summed.exposure desc, action.id
    offset ${offset} limit ${limit}`.execute(db);
  // Past the end nobody counts.
  if (rows.length === 0 && offset > 0) {
    const { total } = await rankActions(db, filter, { key, descending, offset: 0, limit: 1 });
    return { total, rows };
  }
  return { total: rows[0]?.total ?? 0, rows };
}
