import Type, { type Static } from 'typebox';
import { EndOfLife } from './end-of-life.ts';
import { HostLabel, LabelSummary } from './labels.ts';
import { HostPolicy } from './policies.ts';
import type { Route } from './route.ts';
import {
  Empty,
  FleetFilter,
  Id,
  IdParams,
  Meta,
  Nullable,
  OrderKey,
  Paging,
  SignatureInformation,
  Timestamp,
} from './shapes.ts';
import { Vulnerability } from './software.ts';

const Issues = Type.Object({
  failing_policies_count: Type.Integer(),
  critical_vulnerabilities_count: Type.Integer(),
  total_issues_count: Type.Integer(),
});

const hostFields = {
  id: Type.Integer(),
  created_at: Timestamp,
  updated_at: Timestamp,
  detail_updated_at: Timestamp,
  label_updated_at: Timestamp,
  policy_updated_at: Timestamp,
  software_updated_at: Timestamp,
  last_enrolled_at: Timestamp,
  last_restarted_at: Timestamp,
  seen_time: Timestamp,
  refetch_requested: Type.Boolean(),
  refetch_critical_queries_until: Type.Null(),
  hostname: Type.String(),
  computer_name: Type.String(),
  display_name: Type.String(),
  display_text: Type.String(),
  uuid: Type.String(),
  platform: Type.String(),
  platform_like: Type.String(),
  os_version: Type.String(),
  build: Type.String(),
  code_name: Type.String(),
  osquery_version: Type.String(),
  orbit_version: Nullable(Type.String()),
  fleet_desktop_version: Nullable(Type.String()),
  scripts_enabled: Nullable(Type.Boolean()),
  uptime: Type.Number({ description: 'nanoseconds' }),
  memory: Type.Number({ description: 'bytes' }),
  cpu_type: Type.String(),
  cpu_subtype: Type.String(),
  cpu_brand: Type.String(),
  cpu_physical_cores: Type.Integer(),
  cpu_logical_cores: Type.Integer(),
  hardware_vendor: Type.String(),
  hardware_model: Type.String(),
  hardware_version: Type.String(),
  hardware_serial: Type.String(),
  timezone: Nullable(Type.String()),
  public_ip: Type.String(),
  primary_ip: Type.String(),
  primary_mac: Type.String(),
  distributed_interval: Type.Integer({ description: 'seconds' }),
  config_tls_refresh: Type.Integer({ description: 'seconds' }),
  logger_tls_period: Type.Integer({ description: 'seconds' }),
  team_id: Nullable(Type.Integer()),
  team_name: Nullable(Type.String()),
  fleet_id: Nullable(Type.Integer()),
  fleet_name: Nullable(Type.String()),
  pack_stats: Type.Null(),
  gigs_disk_space_available: Type.Number(),
  gigs_total_disk_space: Type.Number(),
  gigs_all_disk_space: Type.Null(),
  percent_disk_space_available: Type.Number(),
  disk_encryption_enabled: Type.Optional(Type.Boolean({ description: 'absent where it is not known' })),
  status: Type.Enum(['online', 'offline', 'missing']),
  issues: Issues,
};

/** Flotilla is no MDM: these say so in the form that clients of Fleet's API read. */
const Mdm = Type.Object({
  connected_to_fleet: Type.Boolean(),
  dep_profile_error: Type.Boolean(),
  encryption_key_available: Type.Boolean(),
  enrollment_status: Type.String(),
  name: Type.String(),
  server_url: Type.String(),
});
const MdmDetail = Type.Object({
  ...Mdm.properties,
  device_status: Type.String(),
  pending_action: Type.String(),
  encryption_key_archived: Type.Boolean(),
  macos_setup: Type.Record(Type.String(), Type.Unknown()),
  setup_experience: Type.Record(Type.String(), Type.Unknown()),
  os_settings: Type.Record(Type.String(), Type.Unknown()),
  profiles: Type.Null(),
});

const HostUser = Type.Object({
  uid: Type.Integer(),
  username: Type.String(),
  type: Type.String(),
  groupname: Type.String(),
  shell: Type.String(),
});

const HostSoftwareRow = Type.Object({
  id: Type.Integer(),
  name: Type.String(),
  display_name: Type.String(),
  version: Type.String(),
  source: Type.String(),
  browser: Type.String(),
  extension_for: Type.String(),
  extension_id: Type.Optional(Type.String()),
  bundle_identifier: Type.Optional(Type.String()),
  upgrade_code: Type.Optional(Type.String()),
  vendor: Type.Optional(Type.String()),
  release: Type.Optional(Type.String()),
  arch: Type.Optional(Type.String()),
  generated_cpe: Type.String(),
  last_opened_at: Type.Optional(Timestamp),
  installed_paths: Type.Array(Type.String()),
  signature_information: Nullable(Type.Array(SignatureInformation)),
  vulnerabilities: Nullable(Type.Array(Vulnerability)),
});

/** A host in a list: `populate_…` add what is absent else. */
export const Host = Type.Object({
  ...hostFields,
  mdm: Mdm,
  software: Nullable(Type.Array(HostSoftwareRow)),
  policies: Type.Optional(Type.Array(HostPolicy)),
  users: Type.Optional(Type.Array(HostUser)),
  labels: Type.Optional(Type.Array(HostLabel)),
});
export type Host = Static<typeof Host>;

const EndUser = Type.Object({
  idp_username: Type.String(),
  idp_info_updated_at: Nullable(Timestamp),
  other_emails: Type.Array(Type.Object({ email: Type.String(), source: Type.String() })),
});

export const HostDetail = Type.Object({
  ...hostFields,
  mdm: MdmDetail,
  software: Type.Optional(Type.Array(HostSoftwareRow)),
  users: Type.Array(HostUser),
  end_users: Type.Array(EndUser),
  labels: Type.Array(HostLabel),
  packs: Type.Array(Empty),
  policies: Type.Array(HostPolicy),
  batteries: Nullable(Type.Array(Type.Object({ cycle_count: Type.Integer(), health: Type.String() }))),
  os_end_of_life: Nullable(EndOfLife),
  conditional_access_bypassed: Type.Boolean(),
  mdm_enrollment_hardware_attested: Type.Boolean(),
  last_mdm_checked_in_at: Type.Null(),
  last_mdm_enrolled_at: Type.Null(),
});
export type HostDetail = Static<typeof HostDetail>;

export const hostOrderKeys = [
  'id',
  'hostname',
  'display_name',
  'computer_name',
  'uuid',
  'platform',
  'os_version',
  'osquery_version',
  'hardware_serial',
  'hardware_model',
  'primary_ip',
  'memory',
  'gigs_disk_space_available',
  'percent_disk_space_available',
  'created_at',
  'updated_at',
  'last_enrolled_at',
  'last_restarted_at',
  'seen_time',
  'detail_updated_at',
  'software_updated_at',
  'policy_updated_at',
  'label_updated_at',
  'fleet_name',
  'team_name',
] as const;

const Flag = Type.Optional(Type.Boolean());
const installStatuses = [
  'installed',
  'pending',
  'failed',
  'pending_install',
  'failed_install',
  'pending_uninstall',
  'failed_uninstall',
] as const;

/** Every filter narrows; several find what is in all of them. */
export const hostFilters = {
  ...FleetFilter,
  query: Type.Optional(
    Type.String({
      maxLength: 255,
      description: 'part of a host name, or the beginning of a UUID, serial number or address',
    }),
  ),
  status: Type.Optional(Type.Enum(['new', 'online', 'offline', 'mia', 'missing'])),
  platform: Type.Optional(
    Type.String({ maxLength: 255, description: 'names with commas; `linux`: every distribution' }),
  ),
  label_id: Type.Optional(Id),
  policy_id: Type.Optional(Id),
  policy_response: Type.Optional(Type.Enum(['passing', 'failing'])),
  software_title_id: Type.Optional(Id),
  software_version_id: Type.Optional(Id),
  software_id: Type.Optional(Id),
  software_status: Type.Optional(Type.Enum(installStatuses)),
  os_version_id: Type.Optional(Id),
  os_name: Type.Optional(Type.String({ maxLength: 255 })),
  os_version: Type.Optional(Type.String({ maxLength: 255 })),
  vulnerability: Type.Optional(Type.String({ minLength: 1, maxLength: 255 })),
  action_id: Type.Optional(
    Type.Integer({ minimum: 1, maximum: 2147483647, description: 'only hosts that the recommended action concerns' }),
  ),
  low_disk_space: Type.Optional(Type.Integer({ minimum: 1, maximum: 100, description: 'gigabytes' })),
};
export const HostFilters = Type.Object(hostFilters);
export type HostFilters = Static<typeof HostFilters>;

const populate = {
  populate_software: Type.Optional(Type.Enum(['true', 'false', 'without_vulnerability_details'])),
  populate_policies: Flag,
  populate_users: Flag,
  populate_labels: Flag,
  disable_issues: Flag,
  disable_failing_policies: Flag,
};

const page = {
  ...Paging,
  ...OrderKey(hostOrderKeys),
  after: Type.Optional(
    Type.String({ maxLength: 1024, description: 'only what comes after this value of `order_key`' }),
  ),
  cursor: Type.Optional(
    Type.String({ maxLength: 4096, description: '`meta.next_cursor` of the page before; instead of `page`' }),
  ),
};

const HostList = Type.Object({
  hosts: Type.Array(Host),
  meta: Type.Object({ ...Meta.properties, next_cursor: Nullable(Type.String()) }),
});

const list = { method: 'GET', access: 'hosts:read', reach: 'fleets' } as const;

export const listHosts = {
  ...list,
  path: '/api/v1/fleet/hosts',
  summary: 'Hosts',
  query: Type.Object({ ...hostFilters, ...populate, ...page }),
  response: HostList,
} as const satisfies Route;

export const labelHosts = {
  ...listHosts,
  path: '/api/v1/fleet/labels/:id/hosts',
  summary: 'Hosts with a label',
  params: IdParams,
} as const satisfies Route;

export const countHosts = {
  ...list,
  path: '/api/v1/fleet/hosts/count',
  summary: 'How many hosts a filter finds',
  query: HostFilters,
  response: Type.Object({ count: Type.Integer() }),
} as const satisfies Route;

export const reportHosts = {
  ...list,
  path: '/api/v1/fleet/hosts/report',
  summary: 'The hosts a filter finds, as CSV',
  query: Type.Object({
    ...hostFilters,
    ...OrderKey(hostOrderKeys),
    order_direction: Paging.order_direction,
    format: Type.Optional(Type.Enum(['csv'])),
    columns: Type.Optional(Type.String({ maxLength: 4096, description: 'names with commas; absent: all' })),
  }),
} as const satisfies Route;

export const hostSummary = {
  ...list,
  path: '/api/v1/fleet/host_summary',
  summary: 'How many hosts there are, by status and platform',
  query: Type.Object({
    ...FleetFilter,
    platform: hostFilters.platform,
    low_disk_space: hostFilters.low_disk_space,
  }),
  response: Type.Object({
    team_id: Type.Optional(Type.Integer()),
    fleet_id: Type.Optional(Type.Integer()),
    totals_hosts_count: Type.Integer(),
    online_count: Type.Integer(),
    offline_count: Type.Integer(),
    mia_count: Type.Integer(),
    missing_30_days_count: Type.Integer(),
    new_count: Type.Integer(),
    all_linux_count: Type.Integer(),
    dep_assign_error_count: Type.Integer(),
    low_disk_space_count: Type.Optional(Type.Integer()),
    builtin_labels: Type.Array(LabelSummary),
    platforms: Type.Array(Type.Object({ platform: Type.String(), hosts_count: Type.Integer() })),
  }),
} as const satisfies Route;

const oneHost = {
  ...list,
  query: Type.Object({ exclude_software: Flag }),
  response: Type.Object({ host: HostDetail }),
} as const;

export const getHost = {
  ...oneHost,
  path: '/api/v1/fleet/hosts/:id',
  summary: 'One host',
  params: IdParams,
} as const satisfies Route;

export const findHost = {
  ...oneHost,
  path: '/api/v1/fleet/hosts/identifier/:identifier',
  summary: 'One host by its name, UUID, serial number or identifier',
  params: Type.Object({ identifier: Type.String({ minLength: 1, maxLength: 255 }) }),
} as const satisfies Route;

export const refetchHost = {
  method: 'POST',
  path: '/api/v1/fleet/hosts/:id/refetch',
  summary: 'Ask the host for its inventory now',
  access: 'hosts:write',
  reach: 'fleets',
  params: IdParams,
  response: Empty,
} as const satisfies Route;
