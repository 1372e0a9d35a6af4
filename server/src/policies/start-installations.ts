import { newestPackages, queueTasks } from '../installation/index.ts';
import type { Context } from '../kernel/context.ts';
import type { Tx } from '../kernel/db/database.ts';
import { platformOf } from '../kernel/host-platform.ts';
import { findWanted } from './queries/installations.ts';
import type { PolicyOnHost } from './queries/results.ts';

/** After this many failed tasks a policy installs nothing more on a host until the host passes it. */
const MOST_FAILURES = 3;
const AT_ONCE = 2_000;

/**
 * Queues what policies install where they begin to fail, in the transaction that found it.
 * @returns the hosts that got a task, to be nudged after the commit
 */
export async function startInstallations(ctx: Context, tx: Tx, failing: PolicyOnHost[]): Promise<number[]> {
  if (failing.length === 0) return [];
  const wanted = await findWanted(tx, failing, { mostFailures: MOST_FAILURES });
  if (wanted.length === 0) return [];
  const packages = await newestPackages(tx, [...new Set(wanted.map((one) => one.title_id))]);
  const queued: number[] = [];
  for (const [policyId, hosts] of Map.groupBy(wanted, (one) => one.policy_id)) {
    const tasks = hosts.flatMap(({ host_id, title_id, platform }) => {
      const of = packages.get(title_id);
      if (!of || of.platform !== platformOf(platform)) return [];
      return [{ hostId: host_id, kind: 'install' as const, packageId: of.id, titleId: title_id, script: '' }];
    });
    const requester = { by: `policy ${hosts[0]?.policy}`, accountId: null, policyId };
    for (let first = 0; first < tasks.length; first += AT_ONCE) {
      const some = await queueTasks(ctx, tx, { tasks: tasks.slice(first, first + AT_ONCE), requester });
      queued.push(...some.map((one) => one.hostId));
    }
  }
  return queued;
}
