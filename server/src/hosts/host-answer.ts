import type { Host, HostDetail } from '@flotilla/contract/hosts';
import type { HostLabel } from '@flotilla/contract/labels';
import { statusOf } from './host.ts';
import type { LabelRow } from './queries/labels.ts';
import type { HostRecord } from './queries/read.ts';

/** How Fleet's API writes a moment that never was. */
export const NEVER = '2000-01-01T00:00:00Z';
const moment = (date: Date | null) => date?.toISOString() ?? NEVER;

/** Flotilla is no MDM: this says so in the form that clients of Fleet's API read. */
const MDM_OFF: Host['mdm'] = {
  connected_to_fleet: false,
  dep_profile_error: false,
  encryption_key_available: false,
  enrollment_status: 'Off',
  name: '',
  server_url: '',
};
const NO_SET_UP = { bootstrap_package_status: '', bootstrap_package_name: '', detail: '' };

/** What only the page of one host has besides: of all this nothing is collected. */
export const DETAIL_DEFAULTS = {
  mdm: {
    ...MDM_OFF,
    device_status: 'unlocked',
    pending_action: '',
    encryption_key_archived: false,
    macos_setup: NO_SET_UP,
    setup_experience: NO_SET_UP,
    os_settings: {
      disk_encryption: { status: null, detail: '' },
      recovery_lock_password: { status: null, detail: '', password_available: false },
      managed_local_account: { status: null, password_available: false, pending_rotation: false, auto_rotate_at: null },
    },
    profiles: null,
  },
  packs: [],
  conditional_access_bypassed: false,
  mdm_enrollment_hardware_attested: false,
  last_mdm_checked_in_at: null,
  last_mdm_enrolled_at: null,
} satisfies Partial<HostDetail>;

/** A label in the contract's shape. */
export const toHostLabel = (label: LabelRow): HostLabel => ({
  id: label.id,
  name: label.name,
  description: label.description,
  query: label.query,
  platform: label.kind === 'builtin' ? '' : label.platform,
  label_type: label.kind === 'builtin' ? 'builtin' : 'regular',
  label_membership_type: label.kind === 'builtin' ? 'dynamic' : label.kind,
  author_id: label.author_id,
  team_id: label.fleet_id,
  fleet_id: label.fleet_id,
  created_at: label.created_at.toISOString(),
  updated_at: label.updated_at.toISOString(),
});

/** A host in the contract's shape; what is not known is empty, zero or null there. */
export function toHostAnswer(host: HostRecord, now: Date): Host {
  return {
    ...moments(host),
    ...hardware(host),
    ...network(host),
    id: host.id,
    refetch_requested: host.refetch_requested_at !== null,
    refetch_critical_queries_until: null,
    hostname: host.hostname,
    computer_name: host.computer_name,
    display_name: host.display_name || host.uuid,
    display_text: host.display_name || host.uuid,
    uuid: host.uuid,
    platform: host.platform,
    platform_like: host.detail.os?.platform_like ?? '',
    os_version: host.os_version,
    build: host.detail.os?.build ?? '',
    code_name: host.detail.os?.codename ?? '',
    osquery_version: host.detail.osqueryVersion ?? '',
    orbit_version: host.detail.agentVersion ?? null,
    fleet_desktop_version: null,
    scripts_enabled: host.detail.agentVersion === undefined ? null : true,
    timezone: host.detail.agentTimeZone ?? host.detail.timezone ?? null,
    team_id: host.fleet_id,
    team_name: host.fleet_name,
    fleet_id: host.fleet_id,
    fleet_name: host.fleet_name,
    pack_stats: null,
    status: statusOf(
      {
        seenAt: host.seen_at ?? new Date(0),
        distributedIntervalSeconds: host.distributed_interval_seconds,
        configRefreshSeconds: host.config_refresh_seconds,
      },
      now,
    ),
    issues: {
      failing_policies_count: host.failing_policies,
      critical_vulnerabilities_count: host.critical_vulnerabilities,
      total_issues_count: host.failing_policies + host.critical_vulnerabilities,
    },
    mdm: MDM_OFF,
    software: null,
  };
}

function moments(host: HostRecord) {
  const { uptimeSeconds } = host.detail;
  const restarted =
    uptimeSeconds !== undefined && host.detail_updated_at
      ? new Date(host.detail_updated_at.getTime() - uptimeSeconds * 1000)
      : null;
  return {
    created_at: moment(host.created_at),
    updated_at: moment(host.updated_at),
    detail_updated_at: moment(host.detail_updated_at),
    label_updated_at: moment(host.label_updated_at),
    policy_updated_at: moment(host.policy_updated_at),
    software_updated_at: moment(host.software_updated_at),
    last_enrolled_at: moment(host.enrolled_at),
    last_restarted_at: moment(restarted),
    seen_time: moment(host.seen_at),
    uptime: (uptimeSeconds ?? 0) * 1e9,
  };
}

function hardware({ detail, serial }: HostRecord) {
  const system = detail.system ?? {};
  return {
    memory: Number(system.physical_memory) || 0,
    cpu_type: system.cpu_type ?? '',
    cpu_subtype: system.cpu_subtype ?? '',
    cpu_brand: system.cpu_brand ?? '',
    cpu_physical_cores: Math.trunc(Number(system.cpu_physical_cores)) || 0,
    cpu_logical_cores: Math.trunc(Number(system.cpu_logical_cores)) || 0,
    hardware_vendor: system.hardware_vendor ?? '',
    hardware_model: system.hardware_model ?? '',
    hardware_version: system.hardware_version ?? '',
    hardware_serial: serial,
    gigs_disk_space_available: detail.gigsDiskAvailable ?? 0,
    gigs_total_disk_space: detail.gigsDiskTotal ?? 0,
    gigs_all_disk_space: null,
    percent_disk_space_available: detail.percentDiskAvailable ?? 0,
  };
}

function network({ detail, address, ...host }: HostRecord) {
  return {
    public_ip: address ?? '',
    primary_ip: detail.primaryIp ?? '',
    primary_mac: detail.primaryMac ?? '',
    distributed_interval: host.distributed_interval_seconds,
    config_tls_refresh: host.config_refresh_seconds,
    logger_tls_period: detail.loggerPeriodSeconds ?? 10,
  };
}
