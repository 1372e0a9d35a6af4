import type { DeviceBody, deliverMobileDevice as route } from '@flotilla/contract/mobile-devices';
import type { ResponseOf } from '@flotilla/contract/route';
import { readHostSettings } from '../fleets/index.ts';
import { finishInventory, type MobileDevice, takeMobileDevice } from '../hosts/index.ts';
import { cleanText } from '../kernel/clean-text.ts';
import type { Context } from '../kernel/context.ts';
import type { Answer, Row } from '../kernel/host-queries.ts';
import { readHostParts } from './queries/on-host.ts';
import type { SoftwareRecorder } from './record-software.ts';
import { deliveredSources } from './sources.ts';

type Delivered = ResponseOf<typeof route>;

/** Takes what another system says is on a device, by the rules for what osquery says of others. */
export async function deliverMobileDevice(
  ctx: Context,
  recorder: SoftwareRecorder,
  { identifier, body }: { identifier: string; body: DeviceBody },
): Promise<Delivered> {
  const device = readDevice(identifier, body);
  const { hostId, fleetId, asked } = await takeMobileDevice(ctx, device);
  const { softwareInventory } = await readHostSettings(ctx, fleetId);
  const { platform } = device;
  const answers = new Map<string, Answer>();
  for (const { part, platforms, queryName } of deliveredSources) {
    if (!platforms.includes(platform)) continue;
    if (part === 'os') answers.set(queryName, { rows: [device.os] });
    else if (softwareInventory) answers.set(queryName, { rows: body.software.map(toRow) });
  }
  await recorder.record(ctx, { hostId, platform, asked, receivedAt: ctx.clock(), answers });
  await finishInventory(ctx, { hostId, asked });
  return { host_id: hostId, ...(await describe(ctx, hostId, { softwareInventory, rows: body.software.length })) };
}

const SYSTEM_NAMES = { ios: 'iOS', ipados: 'iPadOS', android: 'Android' } as const;

function readDevice(identifier: string, body: DeviceBody): MobileDevice {
  const { platform, os_version: version, fleet_id: fleetId, collected_at: collectedAt } = body;
  return {
    identifier: cleanText(identifier),
    platform,
    name: cleanText(body.name),
    serial: cleanText(body.serial ?? ''),
    model: cleanText(body.model ?? ''),
    os: { name: SYSTEM_NAMES[platform], version: cleanText(version), platform },
    fleetId: fleetId === undefined ? undefined : fleetId || null,
    collectedAt: collectedAt === undefined ? undefined : new Date(collectedAt),
  };
}

/** What is null is not said. */
const toRow = (app: DeviceBody['software'][number]): Row =>
  Object.fromEntries(Object.entries(app).filter(([, value]) => value !== null)) as Row;

/** What is stored of the apps now, and what of the delivery is not. */
async function describe(
  ctx: Context,
  hostId: number,
  { softwareInventory, rows }: { softwareInventory: boolean; rows: number },
): Promise<Omit<Delivered, 'host_id'>> {
  const parts = await readHostParts(ctx.db, hostId);
  const apps = parts.find(({ part }) => part === 'apps');
  const kept = apps?.software_count ?? 0;
  const problem = (reason: string) => [{ reason, count: rows, example: '' }];
  if (!softwareInventory) {
    return { software_count: kept, problems: problem('software inventory is off for the fleet of this host') };
  }
  if (apps?.error) return { software_count: kept, problems: problem(apps.error) };
  return { software_count: kept, problems: apps?.problems ?? [] };
}
