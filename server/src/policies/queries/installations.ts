import { sql } from 'kysely';
import type { Tx } from '../../kernel/db/database.ts';
import type { PolicyOnHost } from './results.ts';

export interface WantedInstallation {
  policy_id: number;
  policy: string;
  title_id: number;
  host_id: number;
  /** As osquery names it. */
  platform: string;
}

/**
 * What to install where policies begin to fail: on hosts with an agent, where no task about the title waits or runs, and
 * fewer than `mostFailures` of the policy failed since the host last passed it.
 */
export async function findWanted(
  tx: Tx,
  failing: PolicyOnHost[],
  { mostFailures }: { mostFailures: number },
): Promise<WantedInstallation[]> {
  const { rows } = await sql<WantedInstallation>`
    select distinct on (policy.install_title_id, host.id) policy.id as policy_id, policy.name as policy,
      policy.install_title_id as title_id, host.id as host_id, host.platform
    from unnest(${failing.map((one) => one.policy_id)}::int[], ${failing.map((one) => one.host_id)}::int[]) as each (policy_id, host_id)
    join policies.policy as policy on policy.id = each.policy_id and policy.install_title_id is not null
    join hosts.host as host on host.id = each.host_id
    where exists (select from hosts.host_key as key where key.host_id = host.id and key.kind = 'agent' and key.revoked_at is null)
      and not exists (select from installation.task as task where task.title_id = policy.install_title_id
        and task.host_id = host.id and task.state in ('queued', 'offered', 'running', 'reported'))
      and (select count(*) from installation.task as task where task.policy_id = policy.id and task.host_id = host.id
        and task.state in ('failed', 'unverified', 'lost', 'expired')
        and task.ended_at > coalesce((select max(change.at) from policies.policy_change as change
          where change.host_id = host.id and change.policy_id = policy.id and change.passes), '-infinity')) < ${mostFailures}
    order by policy.install_title_id, host.id, policy.id`.execute(tx);
  return rows;
}
