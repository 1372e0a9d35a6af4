import Type, { type Static } from 'typebox';
import type { Route } from './route.ts';
import { Empty, FleetFilter, Id, IdParams, Nullable, OrderKey, Paging, Timestamp } from './shapes.ts';

const Name = Type.String({ minLength: 1, maxLength: 255 });
const Description = Type.String({ maxLength: 10_000 });

export const labelFields = {
  id: Type.Integer(),
  name: Type.String(),
  description: Type.String(),
  query: Type.String({
    description: 'hosts for which osquery answers a row are members; empty where it is no dynamic label',
  }),
  platform: Type.String(),
  label_type: Type.Enum(['builtin', 'regular']),
  label_membership_type: Type.Enum(['dynamic', 'manual', 'host_vitals']),
  author_id: Nullable(Type.Integer()),
  team_id: Nullable(Type.Integer()),
  fleet_id: Nullable(Type.Integer()),
  created_at: Timestamp,
  updated_at: Timestamp,
};

/** A label as a host carries it. */
export const HostLabel = Type.Object(labelFields);
export type HostLabel = Static<typeof HostLabel>;

/** What a host is judged by on the server; `*` in the value stands for any text. */
export const Criteria = Type.Object({
  vital: Type.Enum(['platform', 'os_version', 'hostname', 'hardware_serial']),
  value: Type.String({ minLength: 1, maxLength: 255 }),
});
export type Criteria = Static<typeof Criteria>;

export const Label = Type.Object({
  ...labelFields,
  display_text: Type.String(),
  count: Type.Integer(),
  host_count: Type.Optional(Type.Integer()),
  criteria: Type.Optional(Criteria),
});
export type Label = Static<typeof Label>;

const LabelDetail = Type.Object({
  ...Label.properties,
  team_name: Nullable(Type.String()),
  fleet_name: Nullable(Type.String()),
  host_ids: Nullable(Type.Array(Type.Integer())),
});
export type LabelDetail = Static<typeof LabelDetail>;
const OneLabel = Type.Object({ label: LabelDetail });

const HostNames = Type.Array(Type.String({ minLength: 1, maxLength: 255 }), {
  maxItems: 10_000,
  description: 'host names, serial numbers or UUIDs',
});
const HostIds = Type.Array(Type.Integer({ minimum: 1, maximum: 2147483647 }), { maxItems: 10_000 });

export const createLabel = {
  method: 'POST',
  path: '/api/v1/fleet/labels',
  summary: 'Make a label: dynamic by a query, manual by its hosts, or by what the server knows of a host',
  access: 'labels:write',
  reach: 'fleets',
  body: Type.Object({
    name: Name,
    description: Type.Optional(Description),
    query: Type.Optional(Type.String({ maxLength: 100_000 })),
    platform: Type.Optional(Type.String({ maxLength: 255 })),
    hosts: Type.Optional(HostNames),
    host_ids: Type.Optional(HostIds),
    criteria: Type.Optional(Criteria),
    fleet_id: Type.Optional(Nullable(Id)),
    team_id: Type.Optional(Nullable(Id)),
  }),
  response: OneLabel,
} as const satisfies Route;

export const changeLabel = {
  method: 'PATCH',
  path: '/api/v1/fleet/labels/:id',
  summary: 'Rename a label, or set the hosts of a manual one',
  access: 'labels:write',
  reach: 'fleets',
  params: IdParams,
  body: Type.Object({
    name: Type.Optional(Name),
    description: Type.Optional(Description),
    hosts: Type.Optional(HostNames),
    host_ids: Type.Optional(HostIds),
  }),
  response: OneLabel,
} as const satisfies Route;

export const listLabels = {
  method: 'GET',
  path: '/api/v1/fleet/labels',
  summary: 'Labels',
  access: 'hosts:read',
  reach: 'fleets',
  query: Type.Object({
    fleet_id: Type.Optional(
      Type.String({
        pattern: '^(\\d{1,10}|global)$',
        description: 'labels of a fleet besides those of all; `global`: only those of all',
      }),
    ),
    team_id: Type.Optional(Type.String({ pattern: '^(\\d{1,10}|global)$' })),
    include_host_counts: Type.Optional(Type.Boolean({ description: 'default true' })),
    query: Type.Optional(Type.String({ maxLength: 255 })),
    ...Paging,
    ...OrderKey(['id', 'name', 'created_at', 'updated_at']),
  }),
  response: Type.Object({ labels: Type.Array(Label) }),
} as const satisfies Route;

export const LabelSummary = Type.Object({
  id: Type.Integer(),
  name: Type.String(),
  description: Type.String(),
  label_type: Type.Enum(['builtin', 'regular']),
  team_id: Nullable(Type.Integer()),
  fleet_id: Nullable(Type.Integer()),
});
export type LabelSummary = Static<typeof LabelSummary>;

export const labelSummary = {
  method: 'GET',
  path: '/api/v1/fleet/labels/summary',
  summary: 'Names of labels',
  access: 'hosts:read',
  reach: 'fleets',
  query: Type.Object(FleetFilter),
  response: Type.Object({ labels: Type.Array(LabelSummary) }),
} as const satisfies Route;

export const getLabel = {
  method: 'GET',
  path: '/api/v1/fleet/labels/:id',
  summary: 'One label',
  access: 'hosts:read',
  reach: 'fleets',
  params: IdParams,
  response: OneLabel,
} as const satisfies Route;

export const deleteLabel = {
  method: 'DELETE',
  path: '/api/v1/fleet/labels/:name',
  summary: 'Delete a label by name',
  access: 'labels:write',
  reach: 'fleets',
  params: Type.Object({ name: Name }),
  response: Empty,
} as const satisfies Route;

export const deleteLabelById = {
  method: 'DELETE',
  path: '/api/v1/fleet/labels/id/:id',
  summary: 'Delete a label',
  access: 'labels:write',
  reach: 'fleets',
  params: IdParams,
  response: Empty,
} as const satisfies Route;

const LabelSpec = Type.Object({
  id: Type.Optional(Type.Integer()),
  name: Name,
  description: Type.Optional(Description),
  query: Type.Optional(Type.String({ maxLength: 100_000 })),
  platform: Type.Optional(Type.String({ maxLength: 255 })),
  label_membership_type: Type.Optional(Type.Enum(['dynamic', 'manual', 'host_vitals'])),
  hosts: Type.Optional(Nullable(HostNames)),
  criteria: Type.Optional(Nullable(Criteria)),
  fleet_id: Type.Optional(Nullable(Id)),
  team_id: Type.Optional(Nullable(Id)),
});
export type LabelSpec = Static<typeof LabelSpec>;

export const readLabelSpecs = {
  method: 'GET',
  path: '/api/v1/fleet/spec/labels',
  summary: 'Labels as they are written down',
  access: 'hosts:read',
  query: Type.Object(FleetFilter),
  response: Type.Object({ specs: Type.Array(LabelSpec) }),
} as const satisfies Route;

export const applyLabelSpecs = {
  method: 'POST',
  path: '/api/v1/fleet/spec/labels',
  summary: 'Make or change labels by name',
  access: 'labels:write',
  reach: 'fleets',
  body: Type.Object({
    specs: Type.Array(LabelSpec, { maxItems: 1_000 }),
    fleet_id: Type.Optional(Nullable(Id)),
    team_id: Type.Optional(Nullable(Id)),
  }),
  response: Empty,
} as const satisfies Route;

const HostLabels = Type.Object({ labels: Type.Array(Name, { minItems: 1, maxItems: 1_000 }) });

export const addHostLabels = {
  method: 'POST',
  path: '/api/v1/fleet/hosts/:id/labels',
  summary: 'Put manual labels on a host',
  access: 'hosts:write',
  reach: 'fleets',
  params: IdParams,
  body: HostLabels,
  response: Empty,
} as const satisfies Route;

export const removeHostLabels = {
  ...addHostLabels,
  method: 'DELETE',
  summary: 'Take manual labels off a host',
} as const satisfies Route;
