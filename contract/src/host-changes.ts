import Type, { type Static } from 'typebox';
import type { Route } from './route.ts';
import { Empty, Id, IdParams, Nullable, Timestamp } from './shapes.ts';

const HostIds = Type.Array(Type.Integer({ minimum: 1, maximum: 2147483647 }), { minItems: 1, maxItems: 100_000 });
/** 0 or null: hosts are in no fleet afterwards. */
const Target = { fleet_id: Type.Optional(Nullable(Id)), team_id: Type.Optional(Nullable(Id)) };

/** The hosts of a list, as its filters find them when the change begins. */
const Filters = Type.Object({
  query: Type.Optional(Type.String({ maxLength: 255 })),
  status: Type.Optional(Type.Enum(['new', 'online', 'offline', 'mia', 'missing', ''])),
  label_id: Type.Optional(Nullable(Id)),
  fleet_id: Type.Optional(Nullable(Id)),
  team_id: Type.Optional(Nullable(Id)),
});
export type ChangeFilters = Static<typeof Filters>;

const change = { method: 'POST', access: 'hosts:manage', reach: 'fleets', response: Empty } as const;

export const transferHosts = {
  ...change,
  path: '/api/v1/fleet/hosts/transfer',
  summary: 'Move hosts to a fleet, or out of any',
  body: Type.Object({ ...Target, hosts: HostIds }),
} as const satisfies Route;

export const transferFilteredHosts = {
  ...change,
  path: '/api/v1/fleet/hosts/transfer/filter',
  summary: 'Move the hosts a filter finds to a fleet, or out of any',
  body: Type.Object({ ...Target, filters: Filters }),
} as const satisfies Route;

export const deleteHost = {
  ...change,
  method: 'DELETE',
  path: '/api/v1/fleet/hosts/:id',
  summary: 'Delete a host; one that still has an enrol secret comes back with its history',
  params: IdParams,
} as const satisfies Route;

export const deleteHosts = {
  ...change,
  path: '/api/v1/fleet/hosts/delete',
  summary: 'Delete hosts by id, or those a filter finds',
  body: Type.Object({ ids: Type.Optional(Nullable(HostIds)), filters: Type.Optional(Nullable(Filters)) }),
} as const satisfies Route;

export const hostHealth = {
  method: 'GET',
  path: '/api/v1/fleet/hosts/:id/health',
  summary: 'What is wrong with a host, in short',
  access: 'hosts:read',
  reach: 'fleets',
  params: IdParams,
  response: Type.Object({
    host_id: Type.Integer(),
    health: Type.Object({
      updated_at: Timestamp,
      os_version: Type.String(),
      disk_encryption_enabled: Nullable(Type.Boolean({ description: 'null: not known' })),
      failing_policies_count: Type.Integer(),
      failing_critical_policies_count: Type.Integer(),
      failing_policies: Type.Array(
        Type.Object({ id: Type.Integer(), name: Type.String(), critical: Type.Boolean(), resolution: Type.String() }),
      ),
      vulnerable_software: Type.Array(Type.Object({ id: Type.Integer(), name: Type.String(), version: Type.String() })),
    }),
  }),
} as const satisfies Route;

const DeviceMapping = Type.Object({
  host_id: Type.Integer(),
  device_mapping: Type.Array(Type.Object({ email: Type.String(), source: Type.String() })),
});
export type DeviceMapping = Static<typeof DeviceMapping>;

export const deviceMapping = {
  method: 'GET',
  path: '/api/v1/fleet/hosts/:id/device_mapping',
  summary: 'Who uses a host',
  access: 'hosts:read',
  reach: 'fleets',
  params: IdParams,
  response: DeviceMapping,
} as const satisfies Route;

export const setDeviceMapping = {
  ...deviceMapping,
  method: 'PUT',
  summary: 'Say who uses a host; an empty address says nobody',
  access: 'hosts:write',
  body: Type.Object({
    email: Type.String({ maxLength: 255, pattern: '^([^@\\s]+@[^@\\s]+)?$' }),
    source: Type.Optional(Type.Enum(['custom', 'idp'])),
  }),
} as const satisfies Route;
