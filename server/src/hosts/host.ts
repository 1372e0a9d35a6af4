import type { Row } from '../kernel/host-queries.ts';

/** The columns of a host that its enrolment and each inventory tell anew. */
export interface HostFacts {
  identifier: string;
  uuid: string;
  /** The system's own id, in lower case; empty where it has none that tells it from others. */
  hardwareUuid: string;
  serial: string;
  hostname: string;
  computerName: string;
  displayName: string;
  platform: string;
  osVersion: string;
}

/** Name and version as the system itself words them, such as `Debian GNU/Linux 12 (bookworm)`; Windows with its architecture. */
export const osText = (os: Row) =>
  [os.name, os.platform === 'windows' ? os.arch : '', os.version].filter(Boolean).join(' ');

/** Seen times are written in steps of a minute, and an agent may be late by one poll. */
export const ONLINE_GRACE_SECONDS = 120;
/** How often another system is expected to deliver what is on a mobile device. */
export const DELIVERY_SECONDS = 86_400;
/** After this long without a word a host counts as missing. */
export const MISSING_DAYS = 30;
export const NEW_HOURS = 24;

export type HostStatus = 'online' | 'offline' | 'missing';

/** Whether the host should be polling now, from when it was last heard and how often it polls. */
export function statusOf(
  host: { seenAt: Date; distributedIntervalSeconds: number; configRefreshSeconds: number },
  now: Date,
): HostStatus {
  const silent = (now.getTime() - host.seenAt.getTime()) / 1000;
  const interval = Math.min(host.distributedIntervalSeconds, host.configRefreshSeconds);
  if (silent <= interval + ONLINE_GRACE_SECONDS) return 'online';
  return silent > MISSING_DAYS * 86_400 ? 'missing' : 'offline';
}
