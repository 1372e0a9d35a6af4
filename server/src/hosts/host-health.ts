import type { hostHealth } from '@flotilla/contract/host-changes';
import type { ResponseOf } from '@flotilla/contract/route';
import type { Context } from '../kernel/context.ts';
import { readFailing, readVulnerable } from './queries/health.ts';
import { readHost } from './read-host.ts';

/** What is wrong with a host, in short. @throws AppError as `readHost` does */
export async function readHealth(ctx: Context, hostId: number): Promise<ResponseOf<typeof hostHealth>> {
  const { answer } = await readHost(ctx, hostId);
  const [failing, vulnerable] = await Promise.all([readFailing(ctx.db, hostId), readVulnerable(ctx.db, hostId)]);
  return {
    host_id: hostId,
    health: {
      updated_at: answer.updated_at,
      os_version: answer.os_version,
      disk_encryption_enabled: answer.disk_encryption_enabled ?? null,
      failing_policies_count: failing.length,
      failing_critical_policies_count: failing.filter((policy) => policy.critical).length,
      failing_policies: failing,
      vulnerable_software: vulnerable,
    },
  };
}
