import { sql } from 'kysely';
import type { Db } from '../../kernel/db/database.ts';
import { POLICY_COLUMNS, type PolicyRow, TITLES } from './list.ts';
import { isAboutHost } from './scope.ts';

export interface HostPolicyRow extends PolicyRow {
  response: 'pass' | 'fail' | '';
  why: string;
  since: Date | null;
}

/** Why there is no answer stands in for what decided. */
const ANSWER = sql`case when result.passes then 'pass' when not result.passes then 'fail' else '' end as response,
  coalesce(result.why, old.error, '') as why, result.since`;
const ANSWERS = sql`left join policies.policy_result as result on result.policy_id = policy.id and result.host_id = host.id
  left join policies.policy_error as old on old.policy_id = policy.id and old.host_id = host.id`;

/** The policies about a host, with its answers. */
export async function readHostPolicies(db: Db, hostId: number): Promise<HostPolicyRow[]> {
  const { rows } = await sql<HostPolicyRow>`
    select ${POLICY_COLUMNS}, ${ANSWER}
    from hosts.host as host join policies.policy as policy on ${isAboutHost} ${TITLES} ${ANSWERS}
    where host.id = ${hostId} order by policy.id`.execute(db);
  return rows;
}

export interface AnsweringHost {
  id: number;
  display_name: string;
  response: 'pass' | 'fail' | '';
  why: string;
  since: Date | null;
  error: string;
}

export interface AnsweringFilter {
  /** Hosts of these fleets; null are all. */
  fleetIds: readonly number[] | null;
  response?: 'pass' | 'fail' | 'none';
  descending: boolean;
  offset: number;
  limit: number;
}

const RESPONSES = { pass: sql`result.passes`, fail: sql`not result.passes`, none: sql`result.passes is null` };

type Answering = Pick<AnsweringFilter, 'response' | 'fleetIds'>;
const from = (policyId: number, { response, fleetIds }: Answering) => sql`
  from policies.policy as policy join hosts.host as host on ${isAboutHost} ${ANSWERS}
  where policy.id = ${policyId} ${response === undefined ? sql`` : sql`and ${RESPONSES[response]}`}
    ${fleetIds === null ? sql`` : sql`and coalesce(host.fleet_id, 0) = any(${fleetIds}::int[])`}`;

/** The hosts a policy is about: failing ones first, then those without an answer. */
export async function listAnswering(db: Db, policyId: number, filter: AnsweringFilter): Promise<AnsweringHost[]> {
  const { rows } = await sql<AnsweringHost>`
    select host.id, host.display_name, ${ANSWER}, coalesce(old.error, '') as error ${from(policyId, filter)}
    order by coalesce(result.passes::int, -1) = 1, result.passes is null,
      host.display_name ${filter.descending ? sql`desc` : sql`asc`}, host.id
    offset ${filter.offset} limit ${filter.limit}`.execute(db);
  return rows;
}

export async function countAnswering(db: Db, policyId: number, filter: Answering): Promise<number> {
  const { rows } = await sql<{ count: number }>`select count(*)::int as count ${from(policyId, filter)}`.execute(db);
  return rows[0]?.count ?? 0;
}
