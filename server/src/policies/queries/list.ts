import { type RawBuilder, sql } from 'kysely';
import type { Position } from '../../kernel/cursor.ts';
import type { Db } from '../../kernel/db/database.ts';
import type { PolicyType } from '../policy.ts';

/** A policy with what people see of it. */
export interface PolicyRow {
  id: number;
  fleet_id: number | null;
  name: string;
  type: PolicyType;
  query: string;
  title_id: number | null;
  minimum_version: string | null;
  description: string;
  resolution: string;
  platform: string;
  critical: boolean;
  install_title_id: number | null;
  author_id: number | null;
  author_name: string;
  author_email: string;
  created_at: Date;
  updated_at: Date;
  title: string | null;
  source: string | null;
  install_name: string | null;
  install_display_name: string | null;
}

export interface CountedPolicy extends PolicyRow {
  passing: number;
  failing: number;
}

export const POLICY_COLUMNS = sql`policy.id, policy.fleet_id, policy.name, policy.type, policy.query, policy.title_id,
  policy.minimum_version, policy.description, policy.resolution, policy.platform, policy.critical, policy.install_title_id,
  policy.author_id, policy.author_name, policy.author_email, policy.created_at, policy.updated_at,
  title.display_name as title, title.source, install.name as install_name, install.display_name as install_display_name`;
export const TITLES = sql`left join inventory.title as title on title.id = policy.title_id
  left join inventory.title as install on install.id = policy.install_title_id`;

export interface PolicyFilter {
  /** Of these fleets, null being the policies of all hosts; absent: whatever they belong to. */
  fleetIds?: (number | null)[];
  text?: string;
  id?: number;
  automation?: 'software' | 'scripts' | 'calendar' | 'conditional_access' | 'other';
}

interface Ordered {
  by: RawBuilder<unknown>;
  type: RawBuilder<unknown>;
}

const INT = sql`int`;
const ofFleet = { by: sql`coalesce(policy.fleet_id, -1)`, type: INT };
const ORDERS = {
  id: { by: sql`policy.id`, type: INT },
  name: { by: sql`policy.name`, type: sql`text` },
  team_id: ofFleet,
  fleet_id: ofFleet,
  created_at: { by: sql`policy.created_at`, type: sql`timestamptz` },
  updated_at: { by: sql`policy.updated_at`, type: sql`timestamptz` },
  failing_host_count: { by: sql`counted.failing`, type: INT },
  passing_host_count: { by: sql`counted.passing`, type: INT },
} satisfies Record<string, Ordered>;

export interface PolicyOrder {
  key: keyof typeof ORDERS;
  descending: boolean;
  offset: number;
  limit: number;
  after?: Position | null;
}

function where({ fleetIds, text, id, automation }: PolicyFilter) {
  const fleets = fleetIds?.map((one) => one ?? -1);
  return sql`true
    ${fleets === undefined ? sql`` : sql`and coalesce(policy.fleet_id, -1) = any(${fleets}::int[])`}
    ${text ? sql`and policy.name ilike ${`%${text.replace(/[\\%_]/g, '\\$&')}%`}` : sql``}
    ${id === undefined ? sql`` : sql`and policy.id = ${id}`}
    ${automation === undefined ? sql`` : automation === 'software' ? sql`and policy.install_title_id is not null` : sql`and false`}`;
}

function beyond({ key, descending, after }: PolicyOrder) {
  if (!after) return sql`true`;
  const { by, type } = ORDERS[key];
  const value = sql`${String(after.value)}::text::${type}`;
  return sql`(${by} ${descending ? sql`<` : sql`>`} ${value} or (${by} = ${value} and policy.id > ${after.id}))`;
}

/** The value a list goes on from. */
export function positionOf(row: CountedPolicy, key: PolicyOrder['key']): Position {
  const values = {
    id: row.id,
    name: row.name,
    team_id: row.fleet_id ?? -1,
    fleet_id: row.fleet_id ?? -1,
    created_at: row.created_at.toISOString(),
    updated_at: row.updated_at.toISOString(),
    failing_host_count: row.failing,
    passing_host_count: row.passing,
  };
  return { value: values[key], id: row.id };
}

/**
 * Policies with their counts as they are at this moment.
 * @param on the fleets whose hosts are counted; null are all
 */
export async function listPolicies(
  db: Db,
  filter: PolicyFilter & { on: readonly number[] | null },
  order: PolicyOrder,
): Promise<CountedPolicy[]> {
  const there =
    filter.on === null
      ? sql``
      : sql`join hosts.host as host on host.id = result.host_id and coalesce(host.fleet_id, 0) = any(${filter.on}::int[])`;
  const direction = order.descending ? sql`desc` : sql`asc`;
  const { rows } = await sql<CountedPolicy>`
    select ${POLICY_COLUMNS}, counted.passing, counted.failing from policies.policy as policy ${TITLES}
    cross join lateral (
      select count(*) filter (where passes)::int as passing, count(*) filter (where not passes)::int as failing
      from policies.policy_result as result ${there} where result.policy_id = policy.id
    ) as counted
    where ${where(filter)} and ${beyond(order)}
    order by ${ORDERS[order.key].by} ${direction}, policy.id offset ${order.offset} limit ${order.limit}`.execute(db);
  return rows;
}

export async function countPolicies(db: Db, filter: PolicyFilter): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*)::int as count from policies.policy as policy where ${where(filter)}`.execute(db);
  return rows[0]?.count ?? 0;
}
