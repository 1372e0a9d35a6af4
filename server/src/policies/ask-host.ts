import type { Context } from '../kernel/context.ts';
import type { AskedHost, HostQuery } from '../kernel/host-queries.ts';
import type { HostRuns, KnownRun } from './host-runs.ts';
import { isAbout, platformsOf } from './policy.ts';
import type { PolicyCache } from './policy-cache.ts';
import { queryName } from './query-name.ts';
import { dropOutside } from './take-answers.ts';

/** Hosts are asked up to a tenth of the interval earlier or later, each always by the same share. */
const JITTER = 0.1;

interface Now {
  hostId: number;
  questions: number;
  now: number;
  intervalSeconds: number;
}

/** Whether the host owes its answers: there are other questions, or it is time. */
export function isRunDue(run: KnownRun, { hostId, questions, now, intervalSeconds }: Now): boolean {
  if (run.questions !== questions) return true;
  const share = (Math.imul(hostId, 2_654_435_761) >>> 0) / 2 ** 32;
  return now >= run.at + intervalSeconds * 1000 * (1 + JITTER * (2 * share - 1));
}

/** What the host is to answer about policies now. A host that owes nothing costs no statement. */
export async function askHost(
  ctx: Context,
  { cache, runs }: { cache: PolicyCache; runs: HostRuns },
  host: AskedHost,
): Promise<HostQuery[]> {
  const { asked, questions } = await cache.read(ctx);
  if (asked.length === 0) return [];
  const run = await runs.find(ctx.db, host.hostId);
  const now = ctx.clock().getTime();
  const { inventoryIntervalSeconds: intervalSeconds } = ctx.config;
  const isDue = host.isRefetch || isRunDue(run, { hostId: host.hostId, questions, now, intervalSeconds });
  if (!isDue) return [];
  run.sent = questions;
  const about = asked.filter((policy) => isAbout(policy, host));
  if (about.length === 0) await dropOutside(ctx, runs, host.hostId);
  return about.map((policy) => ({
    name: queryName(policy),
    platforms: platformsOf(policy),
    sql: policy.query,
    weight: 'light' as const,
  }));
}
