import { type RawBuilder, sql } from 'kysely';
import type { Tx } from '../../kernel/db/database.ts';

/** What a host answers to a policy; null is no answer. */
export interface Answered {
  policyId: number;
  hostId: number;
  passes: boolean | null;
  why: string;
  /** Why there is none. */
  error: string | null;
}

export interface PolicyOnHost {
  policy_id: number;
  host_id: number;
}

export interface Writing {
  at: Date;
  /** The question is another one: each answer to it is news. */
  anew?: boolean;
}

/** Answers as rows of a statement. */
export const asRows = (answers: Answered[]) => sql`
  select * from unnest(${answers.map((one) => one.policyId)}::int[], ${answers.map((one) => one.hostId)}::int[],
    ${answers.map((one) => one.passes)}::boolean[], ${answers.map((one) => one.why)}::text[],
    ${answers.map((one) => one.error)}::text[]) as each (policy_id, host_id, passes, why, error)`;

/**
 * Stores what differs, and what each policy changed to on each host. The caller has locked the hosts, or keeps everybody
 * else out.
 * @returns where a policy begins to fail
 */
export async function writeResults(
  tx: Tx,
  answers: RawBuilder<unknown>,
  { at, anew = false }: Writing,
): Promise<PolicyOnHost[]> {
  const { rows } = await sql<PolicyOnHost>`
    with answered as materialized (
      select each.*, result.passes as had, result.why as had_why from (${answers}) as each
      left join policies.policy_result as result on result.policy_id = each.policy_id and result.host_id = each.host_id
    ), written as (
      insert into policies.policy_result as old (policy_id, host_id, passes, why, since)
      select policy_id, host_id, passes, why, ${at}::timestamptz from answered
      where passes is not null and (${anew}::boolean or passes is distinct from had or why <> had_why) order by 1, 2
      on conflict (policy_id, host_id) do update set passes = excluded.passes, why = excluded.why,
        since = case when ${anew}::boolean or old.passes <> excluded.passes then excluded.since else old.since end
    ), removed as (
      delete from policies.policy_result as result using answered
      where result.policy_id = answered.policy_id and result.host_id = answered.host_id
        and answered.passes is null and answered.had is not null
    ), noted as (
      insert into policies.policy_change (host_id, policy_id, policy_name, at, passes)
      select host_id, policy.id, policy.name, ${at}::timestamptz, passes
      from answered join policies.policy as policy on policy.id = answered.policy_id
      where passes is distinct from had or (${anew}::boolean and passes is not null)
    ), failed as (
      insert into policies.policy_error as old (policy_id, host_id, error, at)
      select policy_id, host_id, error, ${at}::timestamptz from answered where error is not null order by 1, 2
      on conflict (policy_id, host_id) do update set error = excluded.error, at = excluded.at where old.error <> excluded.error
    ), mended as (
      delete from policies.policy_error as old using answered
      where old.policy_id = answered.policy_id and old.host_id = answered.host_id and answered.error is null
    )
    select policy_id, host_id from answered
    where passes = false and (${anew}::boolean or had is distinct from false) order by 1, 2`.execute(tx);
  return rows;
}

/** Takes away all that hosts answered to policies, and notes that they have no answer any more. */
export const clearResults = (tx: Tx, policyIds: number[], at: Date) =>
  sql`
    with gone as (
      delete from policies.policy_result where policy_id = any(${policyIds}::int[]) returning policy_id, host_id
    ), mended as (
      delete from policies.policy_error where policy_id = any(${policyIds}::int[])
    )
    insert into policies.policy_change (host_id, policy_id, policy_name, at, passes)
    select gone.host_id, policy.id, policy.name, ${at}::timestamptz, null
    from gone join policies.policy as policy on policy.id = gone.policy_id`.execute(tx);

/** What a host has answered to policies by SQL, or why it has not, that are not about it. */
export const findOutside = (hostId: number, policyIds: number[]) => sql`
  select policy.id as policy_id, ${hostId}::int as host_id, null::boolean as passes, '' as why, null::text as error
  from policies.policy as policy
  where policy.type = 'dynamic' and not policy.id = any(${policyIds}::int[]) and (
    exists (select from policies.policy_result as result where result.policy_id = policy.id and result.host_id = ${hostId})
    or exists (select from policies.policy_error as old where old.policy_id = policy.id and old.host_id = ${hostId}))`;
