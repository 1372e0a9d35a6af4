import Type, { type Static } from 'typebox';
import type { Route } from './route.ts';
import { Cursor, FleetFilter, Id, IdParams, Meta, Nullable, Paging, Timestamp } from './shapes.ts';

const SlaRule = Type.Object(
  {
    minimumSeverity: Type.Optional(Type.Enum(['low', 'medium', 'high', 'critical'])),
    isKnownExploited: Type.Optional(Type.Literal(true)),
    minimumProbability: Type.Optional(Type.Number({ minimum: 0, maximum: 1, description: 'EPSS' })),
    days: Type.Integer({ minimum: 1, maximum: 3650 }),
  },
  {
    additionalProperties: false,
    description: 'everything it names must be so; of all rules that hold the shortest time counts',
  },
);
const Rules = Nullable(Type.Array(SlaRule, { minItems: 1, maxItems: 20 }));

const Sla = Type.Object({
  rules: Rules,
  inherited_rules: Rules,
});
export type Sla = Static<typeof Sla>;

export const getSla = {
  method: 'GET',
  path: '/api/v1/flotilla/sla',
  summary:
    'By when findings are to be mended: the table of a fleet or, without one, of all. Null: that above holds, and in the end BOD 26-04, or severity where its inputs are not told',
  access: 'software:read',
  reach: 'fleets',
  query: Type.Object(FleetFilter),
  response: Sla,
} as const satisfies Route;

export const setSla = {
  ...getSla,
  method: 'PUT',
  summary: 'Set the table, or take it back; due dates follow within seconds',
  access: 'policies:write',
  body: Type.Object({ rules: Rules }),
} as const satisfies Route;

const InternetExposure = Type.Object({
  is_exposed: Nullable(Type.Boolean({ description: 'null: nobody said, so the strictest that may be right holds' })),
});
const FleetOrNone = Type.Object({ id: Id });

export const getFleetExposure = {
  method: 'GET',
  path: '/api/v1/flotilla/fleets/:id/internet-exposure',
  summary: 'Whether the internet can reach the hosts of a fleet; 0: those in none',
  access: 'software:read',
  reach: 'fleets',
  params: FleetOrNone,
  response: InternetExposure,
} as const satisfies Route;

export const setFleetExposure = {
  ...getFleetExposure,
  method: 'PUT',
  summary:
    'Say whether the internet can reach the hosts of a fleet. A host is reachable if its fleet or any of its labels says so',
  access: 'policies:write',
  body: InternetExposure,
} as const satisfies Route;

export const getLabelExposure = {
  method: 'GET',
  path: '/api/v1/flotilla/labels/:id/internet-exposure',
  summary: 'Whether the internet can reach the hosts of a label',
  access: 'hosts:read',
  reach: 'fleets',
  params: IdParams,
  response: InternetExposure,
} as const satisfies Route;

export const setLabelExposure = {
  ...getLabelExposure,
  method: 'PUT',
  summary: 'Say whether the internet can reach the hosts of a label; hosts that come and go count within a minute',
  access: 'labels:write',
  body: InternetExposure,
} as const satisfies Route;

const Days = Type.Optional(
  Type.Integer({
    minimum: 0,
    maximum: 30,
    description: 'also what is due within so many days; absent: only what is overdue',
  }),
);

export const dueSummary = {
  method: 'GET',
  path: '/api/v1/flotilla/due',
  summary:
    'How much is overdue, and how much is due within some days; of findings that are due within 30 days of their beginning',
  access: 'software:read',
  reach: 'fleets',
  query: Type.Object({ ...FleetFilter, within_days: Days }),
  response: Type.Object({
    overdue: Type.Object({ findings: Type.Integer(), hosts: Type.Integer(), vulnerabilities: Type.Integer() }),
    soon: Type.Object({ findings: Type.Integer(), hosts: Type.Integer(), vulnerabilities: Type.Integer() }),
    is_settled: Type.Boolean({ description: 'false: dates are being worked out anew' }),
  }),
} as const satisfies Route;

const DueHost = Type.Object({
  host_id: Type.Integer(),
  display_name: Type.String(),
  fleet_id: Nullable(Type.Integer()),
  findings: Type.Integer(),
  overdue: Type.Integer(),
  first_due_at: Timestamp,
});
export type DueHost = Static<typeof DueHost>;

export const listDueHosts = {
  method: 'GET',
  path: '/api/v1/flotilla/due/hosts',
  summary: 'Hosts with something overdue, or due within some days; the longest overdue first',
  access: 'hosts:read',
  reach: 'fleets',
  query: Type.Object({
    ...FleetFilter,
    page: Paging.page,
    per_page: Paging.per_page,
    ...Cursor,
    within_days: Days,
    cve: Type.Optional(Type.String({ maxLength: 100, description: 'only of this vulnerability' })),
  }),
  response: Type.Object({ count: Type.Integer(), hosts: Type.Array(DueHost), meta: Meta }),
} as const satisfies Route;

const DueVulnerability = Type.Object({
  cve: Type.String(),
  cisa_known_exploit: Type.Boolean(),
  severity: Nullable(Type.String()),
  hosts: Type.Integer(),
  overdue_hosts: Type.Integer(),
  first_due_at: Timestamp,
});
export type DueVulnerability = Static<typeof DueVulnerability>;

export const listDueVulnerabilities = {
  method: 'GET',
  path: '/api/v1/flotilla/due/vulnerabilities',
  summary: 'Vulnerabilities that are overdue on hosts, or due within some days; the longest overdue first',
  access: 'software:read',
  reach: 'fleets',
  query: Type.Object({
    ...FleetFilter,
    page: Paging.page,
    per_page: Paging.per_page,
    ...Cursor,
    within_days: Days,
    host_id: Type.Optional(Id),
  }),
  response: Type.Object({ count: Type.Integer(), vulnerabilities: Type.Array(DueVulnerability), meta: Meta }),
} as const satisfies Route;
