import { sql } from 'kysely';
import { ints } from '../../kernel/db/arrays.ts';
import type { Tx } from '../../kernel/db/database.ts';
import { isAboutHost } from './scope.ts';

/** What hosts answered to policies by SQL, or why they did not, that are not about them. */
export const findOutOfScope = (hostIds: number[]) => sql`
  select stored.policy_id, stored.host_id, null::boolean as passes, '' as why, null::text as error
  from (
    select policy_id, host_id from policies.policy_result where host_id = any(${ints(hostIds)}::int[])
    union
    select policy_id, host_id from policies.policy_error where host_id = any(${ints(hostIds)}::int[])
  ) as stored
  join policies.policy as policy on policy.id = stored.policy_id and policy.type <> 'version'
  join hosts.host as host on host.id = stored.host_id
  where not (${isAboutHost})`;

/** What they answered was to the questions of another fleet. */
export const askAnew = (tx: Tx, hostIds: number[]) =>
  sql`update policies.host_run set questions = 0 where host_id = any(${ints(hostIds)}::int[])`.execute(tx);

/** Takes away all that hosts answered, and notes that they have no answer any more. */
export const forgetHosts = (tx: Tx, hostIds: number[], at: Date) =>
  sql`
    with gone as (
      delete from policies.policy_result where host_id = any(${ints(hostIds)}::int[]) returning policy_id, host_id
    ), mended as (
      delete from policies.policy_error where host_id = any(${ints(hostIds)}::int[])
    ), runs as (
      delete from policies.host_run where host_id = any(${ints(hostIds)}::int[])
    )
    insert into policies.policy_change (host_id, policy_id, policy_name, at, passes)
    select gone.host_id, policy.id, policy.name, ${at}::timestamptz, null
    from gone join policies.policy as policy on policy.id = gone.policy_id`.execute(tx);
