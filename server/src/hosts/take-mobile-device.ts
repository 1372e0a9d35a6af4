import type { MobilePlatform } from '@flotilla/contract/mobile-devices';
import { recordActivity } from '../activity/index.ts';
import { holdFleet } from '../fleets/index.ts';
import { permitIn, permitSome } from '../kernel/access.ts';
import type { Context } from '../kernel/context.ts';
import { inTransaction, type Tx } from '../kernel/db/database.ts';
import { conflict, invalid, notFound } from '../kernel/errors.ts';
import { isMobile } from '../kernel/host-platform.ts';
import type { Row } from '../kernel/host-queries.ts';
import { DELIVERY_SECONDS, osText } from './host.ts';
import { mergeDetails, updateHosts } from './queries/details.ts';
import { type EnrolledHost, insertRecord, lockHardware, updateRecord, writeSeen } from './queries/enrolment.ts';
import { nextInventories } from './queries/inventory-asked.ts';
import { findDevice, type KnownDevice } from './queries/mobile-devices.ts';
import { transferHosts } from './transfer-hosts.ts';

/** What another system knows of a device that osquery does not run on. */
export interface MobileDevice {
  identifier: string;
  platform: MobilePlatform;
  name: string;
  serial: string;
  model: string;
  /** In the columns of osquery's `os_version`. */
  os: Row;
  /** Undefined: where it is. */
  fleetId: number | null | undefined;
  collectedAt: Date | undefined;
}

export interface TakenDevice {
  hostId: number;
  fleetId: number | null;
  /** The number of the inventory that comes with it. */
  asked: number;
}

/** Clocks of other systems may be ahead by this much. */
const AHEAD = 300_000;

/**
 * Makes the device a host, or takes what is new of a known one. It comes back after it was deleted; a host that osquery made is left alone.
 * @throws AppError `conflict` for such a host and for what is older than what was delivered before; `not_found`, `forbidden`,
 * `validation_failed`
 */
export async function takeMobileDevice(ctx: Context, device: MobileDevice): Promise<TakenDevice> {
  permitSome(ctx.actor, 'hosts:manage');
  const now = ctx.clock();
  const { collectedAt = now } = device;
  if (collectedAt.getTime() > now.getTime() + AHEAD) {
    throw invalid('collected_at', 'It is in the future: set the clock of the system that sends it, or leave it out');
  }
  const seenAt = collectedAt < now ? collectedAt : now;
  const taken = await inTransaction(ctx, (tx) => take(ctx, tx, { device, seenAt }));
  const { fleetId = taken.fleetId } = device;
  if (fleetId !== taken.fleetId) await transferHosts(ctx, [taken.hostId], fleetId);
  return { ...taken, fleetId };
}

async function take(
  ctx: Context,
  tx: Tx,
  { device, seenAt }: { device: MobileDevice; seenAt: Date },
): Promise<TakenDevice> {
  // Deliveries of one device, and enrolments of a host with its identifier, come one after the other.
  await lockHardware(tx, device.identifier);
  const known = await findDevice(tx, device.identifier);
  const present = known && !known.isDeleted ? known : null;
  await permitDevice(ctx, tx, { device, present });
  if (known) refuse(known, seenAt);
  const at = ctx.clock();
  const hostId = present?.id ?? (await enrolDevice(ctx, tx, { device, known, at }));
  await writeDevice(tx, { hostId, device, at });
  await writeSeen(tx, [{ hostId, seenAt, address: '' }]);
  const asked = (await nextInventories(tx, [{ hostId, at }])).get(hostId) ?? 0;
  return { hostId, asked, fleetId: present ? present.fleetId : (device.fleetId ?? null) };
}

async function permitDevice(
  { actor }: Context,
  tx: Tx,
  { device: { identifier, fleetId }, present }: { device: MobileDevice; present: KnownDevice | null },
): Promise<void> {
  if (present) permitIn(actor, 'hosts:manage', { fleetId: present.fleetId, thing: `Host ${identifier}` });
  if (present && fleetId === undefined) return;
  permitIn(actor, 'hosts:manage', { fleetId: fleetId ?? null, thing: `Fleet ${fleetId ?? 0}` });
  if (fleetId && !(await holdFleet(tx, fleetId))) throw notFound(`Fleet ${fleetId}`);
}

function refuse({ id, displayName, platform, isDeleted, seenAt: before }: KnownDevice, seenAt: Date): void {
  if (!isMobile(platform)) {
    // Whose host it was before somebody deleted it is nobody's business.
    const which = isDeleted ? 'A deleted host' : `Host ${id} (${displayName || 'without a name'})`;
    throw conflict('identifier', `${which} has it and is no mobile device: send another identifier`);
  }
  if (before && seenAt < before) {
    throw conflict('collected_at', `Host ${id} was heard at ${before.toISOString()} already: send what is newer`);
  }
}

async function enrolDevice(
  ctx: Context,
  tx: Tx,
  { device, known, at }: { device: MobileDevice; known: KnownDevice | null; at: Date },
): Promise<number> {
  const { identifier, platform, serial, os, name } = device;
  const fleetId = device.fleetId ?? null;
  const host: EnrolledHost = {
    ...{ identifier, uuid: identifier, hardwareUuid: '', serial, platform, osVersion: osText(os) },
    ...{ hostname: name, computerName: name, displayName: name, contextId: 0, fleetId, at },
  };
  const record = known && { ...known, identifier, sharedIdentifier: null, hostname: name };
  const hostId = record ? await updateRecord(tx, record, host) : await insertRecord(tx, host);
  await recordActivity(ctx, tx, {
    type: 'fleet_enrolled',
    details: { host_id: hostId, host_display_name: name, host_serial: serial },
    hostId,
  });
  ctx.log.info({ hostId, identifier }, 'mobile device enrolled');
  return hostId;
}

async function writeDevice(
  tx: Tx,
  { hostId, device, at }: { hostId: number; device: MobileDevice; at: Date },
): Promise<void> {
  const { platform, name, serial, model, os } = device;
  const said = {
    hostId,
    at,
    columns: {
      ...{ hostname: name, computer_name: name, display_name: name, platform, os_version: osText(os), context_id: 0 },
      ...(serial && { serial }),
      distributed_interval_seconds: DELIVERY_SECONDS,
      config_refresh_seconds: DELIVERY_SECONDS,
    },
    detail: {
      os,
      system: { hostname: name, computer_name: name, hardware_serial: serial, hardware_model: model },
    },
  };
  await updateHosts(tx, [said]);
  await mergeDetails(tx, [said]);
}
