import type { DeviceMapping } from '@flotilla/contract/host-changes';
import { recordActivity } from '../activity/index.ts';
import type { Context } from '../kernel/context.ts';
import { inTransaction } from '../kernel/db/database.ts';
import { permitHost } from './permit-host.ts';
import { writeEmail } from './queries/change.ts';
import { readEmails } from './queries/read.ts';

/** Who uses a host. */
export async function readDeviceMapping(ctx: Context, hostId: number): Promise<DeviceMapping> {
  await permitHost(ctx, 'hosts:read', hostId);
  return { host_id: hostId, device_mapping: await readEmails(ctx.db, hostId) };
}

/** Says who uses a host, from one source; an empty address says nobody. */
export async function setDeviceMapping(
  ctx: Context,
  hostId: number,
  { email, source = 'custom' }: { email: string; source?: 'custom' | 'idp' },
): Promise<DeviceMapping> {
  await permitHost(ctx, 'hosts:write', hostId);
  await inTransaction(ctx, async (tx) => {
    await writeEmail(tx, hostId, { email, source });
    await recordActivity(ctx, tx, { type: 'edited_device_mapping', details: { host_id: hostId, source }, hostId });
  });
  return readDeviceMapping(ctx, hostId);
}
