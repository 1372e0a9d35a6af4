import type { HostFacts } from './host.ts';
import type { KnownRecord } from './queries/enrolment.ts';

/** What makers of boards and virtual machines leave in place of a number of their own. */
const NO_SERIALS =
  /^(0+|1234567890?|none|n\/a|not (specified|applicable|available)|unknown|default string|empty|invalid|system serial number|chassis serial number|to be filled by o\.?e\.?m\.?|x+|\.+|-+)$/i;
const NO_UUIDS =
  /^(0{8}-(0{4}-){3}0{12}|f{8}-(f{4}-){3}f{12}|03000200-0400-0500-0006-000700080009|12345678-1234-5678-90ab-cddeefaabbcc)$/;
const UUID = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/;

/** A serial number that can tell a host from others; empty where it is a placeholder. */
export const usableSerial = (serial = ''): string => (NO_SERIALS.test(serial.trim()) ? '' : serial.trim());

/** The system's own id in one spelling; empty where it is a placeholder. */
export function hardwareUuid(uuid = ''): string {
  const lower = uuid.trim().toLowerCase();
  return UUID.test(lower) && !NO_UUIDS.test(lower) ? lower : '';
}

/**
 * The record an enrolling host had before. Its identifier decides; where two hosts share that, the name does. Without it the hardware
 * does: a host that was set up anew has another identifier.
 */
export function chooseRecord(found: KnownRecord[], { identifier, hostname }: HostFacts): KnownRecord | undefined {
  const named = found.filter((one) => one.identifier === identifier || one.sharedIdentifier === identifier);
  const own = named.find((one) => one.identifier === identifier);
  if (named.length > 1) return named.find((one) => one.hostname === hostname) ?? own;
  return own ?? named[0] ?? found[0];
}
