import { sql } from 'kysely';
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
}

const ORDERS = {
  id: sql`policy.id`,
  name: sql`policy.name`,
  created_at: sql`policy.created_at`,
  updated_at: sql`policy.updated_at`,
  failing_host_count: sql`counted.failing`,
  passing_host_count: sql`counted.passing`,
};

export interface PolicyOrder {
  key: keyof typeof ORDERS;
  descending: boolean;
  offset: number;
  limit: number;
}

function where({ fleetIds, text, id }: PolicyFilter) {
  const fleets = fleetIds?.map((one) => one ?? -1);
  return sql`true
    ${fleets === undefined ? sql`` : sql`and coalesce(policy.fleet_id, -1) = any(${fleets}::int[])`}
    ${text ? sql`and policy.name ilike ${`%${text.replace(/[\\%_]/g, '\\$&')}%`}` : sql``}
    ${id === undefined ? sql`` : sql`and policy.id = ${id}`}`;
}

/** Policies with their counts as they are at this moment. */
export async function listPolicies(db: Db, filter: PolicyFilter, order: PolicyOrder): Promise<CountedPolicy[]> {
  const direction = order.descending ? sql`desc` : sql`asc`;
  const { rows } = await sql<CountedPolicy>`
    select ${POLICY_COLUMNS}, counted.passing, counted.failing from policies.policy as policy ${TITLES}
    cross join lateral (
      select count(*) filter (where passes)::int as passing, count(*) filter (where not passes)::int as failing
      from policies.policy_result as result where result.policy_id = policy.id
    ) as counted
    where ${where(filter)}
    order by ${ORDERS[order.key]} ${direction}, policy.id offset ${order.offset} limit ${order.limit}`.execute(db);
  return rows;
}

export async function countPolicies(db: Db, filter: PolicyFilter): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*)::int as count from policies.policy as policy where ${where(filter)}`.execute(db);
  return rows[0]?.count ?? 0;
}
