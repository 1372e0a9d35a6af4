import Type, { type Static } from 'typebox';
import { HostPolicy } from './policies.ts';
import type { Route } from './route.ts';
import { Empty, FleetFilter, Id, IdParams, Nullable, OrderKey, Paging, Timestamp } from './shapes.ts';
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
  disk_encryption_enabled: Nullable(Type.Boolean()),
  status: Type.Enum(['online', 'offline', 'missing']),
  issues: Issues,
};

export const Host = Type.Object({ ...hostFields, software: Type.Null() });
export type Host = Static<typeof Host>;

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
  signature_information: Type.Null(),
  vulnerabilities: Nullable(Type.Array(Vulnerability)),
});

export const HostDetail = Type.Object({
  ...hostFields,
  software: Type.Optional(Type.Array(HostSoftwareRow)),
  users: Type.Array(
    Type.Object({
      uid: Type.Integer(),
      username: Type.String(),
      type: Type.String(),
      groupname: Type.String(),
      shell: Type.String(),
    }),
  ),
  end_users: Type.Array(Empty),
  labels: Type.Array(Empty),
  packs: Type.Array(Empty),
  policies: Type.Array(HostPolicy),
  batteries: Type.Null(),
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
  'hardware_serial',
  'created_at',
  'last_enrolled_at',
  'seen_time',
  'detail_updated_at',
  'software_updated_at',
] as const;

const filters = {
  ...FleetFilter,
  query: Type.Optional(
    Type.String({ maxLength: 255, description: 'part of a host name, or of a UUID, serial number or address' }),
  ),
  status: Type.Optional(Type.Enum(['new', 'online', 'offline', 'mia', 'missing'])),
  platform: Type.Optional(Type.String({ maxLength: 255 })),
  software_title_id: Type.Optional(Id),
  software_version_id: Type.Optional(Id),
  os_version_id: Type.Optional(Id),
  os_name: Type.Optional(Type.String({ maxLength: 255 })),
  os_version: Type.Optional(Type.String({ maxLength: 255 })),
};
export const HostFilters = Type.Object(filters);

export const listHosts = {
  method: 'GET',
  path: '/api/v1/fleet/hosts',
  summary: 'Hosts',
  access: 'hosts:read',
  query: Type.Object({ ...filters, ...Paging, ...OrderKey(hostOrderKeys) }),
  response: Type.Object({ hosts: Type.Array(Host) }),
} as const satisfies Route;

export const countHosts = {
  method: 'GET',
  path: '/api/v1/fleet/hosts/count',
  summary: 'How many hosts a filter finds',
  access: 'hosts:read',
  query: HostFilters,
  response: Type.Object({ count: Type.Integer() }),
} as const satisfies Route;

export const getHost = {
  method: 'GET',
  path: '/api/v1/fleet/hosts/:id',
  summary: 'One host',
  access: 'hosts:read',
  params: IdParams,
  query: Type.Object({ exclude_software: Type.Optional(Type.Boolean()) }),
  response: Type.Object({ host: HostDetail }),
} as const satisfies Route;

export const refetchHost = {
  method: 'POST',
  path: '/api/v1/fleet/hosts/:id/refetch',
  summary: 'Ask the host for its inventory now',
  access: 'hosts:write',
  params: IdParams,
  response: Empty,
} as const satisfies Route;
