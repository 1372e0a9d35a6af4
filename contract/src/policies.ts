import Type, { type Static } from 'typebox';
import type { Route } from './route.ts';
import { Cursor, Empty, Id, Meta, Nullable, OrderKey, Paging, Timestamp } from './shapes.ts';

/** `dynamic` is a policy by SQL, as Fleet's API calls it. `version` is Flotilla's own: judged on the server from inventory. */
export const policyTypes = ['dynamic', 'version'] as const;

const Name = Type.String({ minLength: 1, maxLength: 255, pattern: '\\S' });
const Sql = Type.String({ minLength: 1, maxLength: 20_000, pattern: '\\S' });
const Text = Type.String({ maxLength: 10_000 });
const Platform = Type.String({
  maxLength: 255,
  description: 'of darwin, windows, linux, chrome, with commas; empty: all',
});

const fields = {
  id: Type.Integer(),
  name: Type.String(),
  query: Type.String({ description: 'empty for type `version`' }),
  description: Type.String(),
  critical: Type.Boolean(),
  author_id: Nullable(Type.Integer()),
  author_name: Type.String(),
  author_email: Type.String(),
  team_id: Nullable(Type.Integer()),
  fleet_id: Nullable(Type.Integer()),
  resolution: Type.String(),
  platform: Type.String(),
  labels_include_any: Type.Array(Empty),
  labels_exclude_any: Type.Array(Empty),
  calendar_events_enabled: Type.Boolean(),
  conditional_access_enabled: Type.Boolean(),
  continuous_automations_enabled: Type.Boolean(),
  type: Type.Enum(policyTypes),
  version_rule: Type.Optional(
    Type.Object({
      software_title_id: Type.Integer(),
      title: Type.String(),
      source: Type.String(),
      minimum_version: Type.String({ description: 'wherever the title is installed, at least this' }),
    }),
  ),
  install_software: Type.Optional(
    Type.Object({
      name: Type.String(),
      display_name: Type.String(),
      icon_url: Type.Null(),
      software_title_id: Type.Integer(),
    }),
  ),
  created_at: Timestamp,
  updated_at: Timestamp,
};

export const Policy = Type.Object({
  ...fields,
  passing_host_count: Type.Integer(),
  failing_host_count: Type.Integer(),
  host_count_updated_at: Nullable(Timestamp),
});
export type Policy = Static<typeof Policy>;

/** A policy as one host answers it: empty where it has not answered, or could not. */
export const HostPolicy = Type.Object({
  ...fields,
  response: Type.Enum(['pass', 'fail', '']),
  why: Type.String({ description: 'what decided, in a sentence' }),
  since: Nullable(Timestamp),
});
export type HostPolicy = Static<typeof HostPolicy>;

const VersionRule = Type.Object({
  software_title_id: Type.Integer({ minimum: 1, maximum: 2147483647 }),
  minimum_version: Type.String({ minLength: 1, maxLength: 255 }),
});

const input = {
  description: Type.Optional(Text),
  resolution: Type.Optional(Text),
  platform: Type.Optional(Nullable(Platform)),
  critical: Type.Optional(Type.Boolean()),
  software_title_id: Type.Optional(
    Nullable(
      Type.Integer({ minimum: 0, description: 'title to install where the policy begins to fail; 0 or null: none' }),
    ),
  ),
};
const CreateBody = Type.Object({
  name: Name,
  type: Type.Optional(Type.Enum(policyTypes)),
  query: Type.Optional(Sql),
  version_rule: Type.Optional(VersionRule),
  ...input,
});
const ChangeBody = Type.Object({
  name: Type.Optional(Name),
  query: Type.Optional(Sql),
  version_rule: Type.Optional(VersionRule),
  ...input,
});

const Global = Type.Object({});
const OfFleet = Type.Object({ fleet_id: Id });
const PolicyId = { policy_id: Type.Integer({ minimum: 1, maximum: 2147483647 }) };
const Order = OrderKey([
  'id',
  'name',
  'team_id',
  'fleet_id',
  'created_at',
  'updated_at',
  'failing_host_count',
  'passing_host_count',
]);
const filters = {
  query: Type.Optional(Type.String({ maxLength: 255, description: 'part of the name' })),
  automation_type: Type.Optional(Type.Enum(['software', 'scripts', 'calendar', 'conditional_access', 'other'])),
};
const list = { ...Paging, ...Cursor, ...Order, ...filters };
/** The same for the list of those inherited, which stands beside. */
const inherited = {
  inherited_page: Paging.page,
  inherited_per_page: Paging.per_page,
  inherited_order_key: Order.order_key,
  inherited_order_direction: Paging.order_direction,
};
const one = { response: Type.Object({ policy: Policy }) } as const;
const Ids = Type.Object({
  ids: Type.Array(Type.Integer({ minimum: 1, maximum: 2147483647 }), { minItems: 1, maxItems: 1000 }),
});
const deleted = { body: Ids, response: Type.Object({ deleted: Type.Array(Type.Integer()) }) } as const;

const GLOBAL = '/api/v1/fleet/global/policies';
const FLEET = '/api/v1/fleet/fleets/:fleet_id/policies';

export const globalPolicies = {
  list: {
    method: 'GET',
    path: GLOBAL,
    summary: 'Policies of every host',
    access: 'policies:read',
    reach: 'fleets',
    query: Type.Object(list),
    response: Type.Object({ policies: Type.Array(Policy), meta: Meta }),
  },
  count: {
    method: 'GET',
    path: '/api/v1/fleet/policies/count',
    summary: 'How many there are',
    access: 'policies:read',
    reach: 'fleets',
    query: Type.Object(filters),
    response: Type.Object({ count: Type.Integer() }),
  },
  create: {
    method: 'POST',
    path: GLOBAL,
    summary: 'Make a policy of every host',
    access: 'policies:write',
    body: CreateBody,
    ...one,
  },
  get: {
    method: 'GET',
    path: `${GLOBAL}/:policy_id`,
    summary: 'One policy of every host',
    access: 'policies:read',
    reach: 'fleets',
    params: Type.Object({ ...Global.properties, ...PolicyId }),
    ...one,
  },
  change: {
    method: 'PATCH',
    path: `${GLOBAL}/:policy_id`,
    summary: 'Change a policy of every host; another query or rule starts its results anew',
    access: 'policies:write',
    params: Type.Object({ ...Global.properties, ...PolicyId }),
    body: ChangeBody,
    ...one,
  },
  delete: {
    method: 'POST',
    path: `${GLOBAL}/delete`,
    summary: 'Delete policies of every host',
    access: 'policies:write',
    ...deleted,
  },
} as const satisfies Record<string, Route>;

/** Of one fleet; 0 is the built-in one of hosts that are in no other. */
export const fleetPolicies = {
  list: {
    method: 'GET',
    path: FLEET,
    summary: 'Policies of a fleet, and those it inherits',
    access: 'policies:read',
    reach: 'fleets',
    params: OfFleet,
    query: Type.Object({ ...list, ...inherited, merge_inherited: Type.Optional(Type.Boolean()) }),
    response: Type.Object({
      policies: Type.Array(Policy),
      inherited_policies: Type.Array(Policy, { description: 'counted on hosts of the fleet' }),
      meta: Meta,
    }),
  },
  count: {
    method: 'GET',
    path: `${FLEET}/count`,
    summary: 'How many a fleet has',
    access: 'policies:read',
    reach: 'fleets',
    params: OfFleet,
    query: Type.Object({ ...filters, merge_inherited: Type.Optional(Type.Boolean()) }),
    response: Type.Object({ count: Type.Integer(), inherited_policy_count: Type.Integer() }),
  },
  create: {
    method: 'POST',
    path: FLEET,
    summary: 'Make a policy of a fleet',
    access: 'policies:write',
    reach: 'fleets',
    params: OfFleet,
    body: CreateBody,
    ...one,
  },
  get: {
    method: 'GET',
    path: `${FLEET}/:policy_id`,
    summary: 'One policy of a fleet',
    access: 'policies:read',
    reach: 'fleets',
    params: Type.Object({ ...OfFleet.properties, ...PolicyId }),
    ...one,
  },
  change: {
    method: 'PATCH',
    path: `${FLEET}/:policy_id`,
    summary: 'Change a policy of a fleet; another query or rule starts its results anew',
    access: 'policies:write',
    reach: 'fleets',
    params: Type.Object({ ...OfFleet.properties, ...PolicyId }),
    body: ChangeBody,
    ...one,
  },
  delete: {
    method: 'POST',
    path: `${FLEET}/delete`,
    summary: 'Delete policies of a fleet',
    access: 'policies:write',
    reach: 'fleets',
    params: OfFleet,
    ...deleted,
  },
} as const satisfies Record<string, Route>;

type Routes = Record<string, Route>;

/** The same routes under an older path. */
const under = <R extends Routes>(routes: R, from: string, to: string): R =>
  Object.fromEntries(
    Object.entries(routes).map(([name, route]) => [
      name,
      { ...route, path: route.path.replace(from, to), summary: `${route.summary}; older path` },
    ]),
  ) as R;

const { count: _same, ...ofAll } = globalPolicies;
export const olderGlobalPolicies = under(ofAll, GLOBAL, '/api/2022-04/fleet/policies');
export const olderFleetPolicies = ['teams', 'team'].map((name) => under(fleetPolicies, '/fleets/', `/${name}/`));

export const listAllPolicies = {
  method: 'GET',
  path: '/api/v1/flotilla/policies',
  summary: 'Policies of every host and of fleets in one list, those that fail on most hosts first',
  access: 'policies:read',
  reach: 'fleets',
  query: Type.Object(list),
  response: Type.Object({ policies: Type.Array(Policy), count: Type.Integer(), meta: Meta }),
} as const satisfies Route;

export const getAnyPolicy = {
  method: 'GET',
  path: '/api/v1/flotilla/policies/:policy_id',
  summary: 'One policy, wherever it belongs',
  access: 'policies:read',
  reach: 'fleets',
  params: Type.Object(PolicyId),
  ...one,
} as const satisfies Route;

export const policyHosts = {
  method: 'GET',
  path: '/api/v1/flotilla/policies/:policy_id/hosts',
  summary: 'How hosts answer a policy, the failing first',
  access: 'policies:read',
  reach: 'fleets',
  params: Type.Object(PolicyId),
  query: Type.Object({ ...Paging, response: Type.Optional(Type.Enum(['pass', 'fail', 'none'])) }),
  response: Type.Object({
    count: Type.Integer(),
    hosts: Type.Array(
      Type.Object({
        id: Type.Integer(),
        display_name: Type.String(),
        response: Type.Enum(['pass', 'fail', '']),
        why: Type.String(),
        since: Nullable(Timestamp),
        error: Type.String({ description: 'what osquery said, where the query failed on the host' }),
      }),
    ),
  }),
} as const satisfies Route;
