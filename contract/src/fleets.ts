import Type, { type Static } from 'typebox';
import { User } from './accounts.ts';
import type { Route } from './route.ts';
import { Empty, IdParams, Nullable, OrderKey, Paging, Timestamp } from './shapes.ts';

const Name = Type.String({ minLength: 1, maxLength: 255 });

export const Secret = Type.Object({
  secret: Type.String(),
  created_at: Timestamp,
  team_id: Nullable(Type.Integer()),
  fleet_id: Nullable(Type.Integer()),
  quota: Nullable(Type.Integer({ description: 'how many hosts may enrol with it; null: any number' })),
  used: Type.Integer({ description: 'how many hosts have enrolled with it while it had a quota' }),
});
export type Secret = Static<typeof Secret>;

const Quota = Type.Optional(Nullable(Type.Integer({ minimum: 0, maximum: 2147483647 })));
const GivenSecret = Type.Object({ secret: Type.String({ minLength: 8, maxLength: 255 }), quota: Quota });
const Secrets = Type.Array(GivenSecret, { maxItems: 50 });

const ExpirySettings = Type.Object({
  host_expiry_enabled: Type.Boolean(),
  host_expiry_window: Type.Integer({ minimum: 0, maximum: 36_500, description: 'days without a word' }),
});
const Features = Type.Object({
  enable_host_users: Type.Boolean(),
  enable_software_inventory: Type.Boolean(),
  historical_data: Type.Object({ uptime: Type.Boolean(), vulnerabilities: Type.Boolean() }),
});
/** Settings that are kept for programs which write them and read them back. */
const Kept = Type.Record(Type.String(), Type.Unknown());

const fleetFields = {
  id: Type.Integer(),
  created_at: Timestamp,
  name: Type.String(),
  description: Type.String(),
  host_count: Type.Integer(),
  user_count: Type.Integer(),
  host_expiry_settings: ExpirySettings,
  features: Features,
  webhook_settings: Kept,
  integrations: Kept,
  mdm: Kept,
  agent_options: Kept,
  scripts: Nullable(Type.Array(Type.String())),
  software: Type.Optional(Kept),
  secrets: Type.Array(Secret),
};
export const Fleet = Type.Object(fleetFields);
export type Fleet = Static<typeof Fleet>;

const OneFleet = Type.Object({ team: Fleet, fleet: Fleet });

/** Everybody sees the fleets they have a role in. */
const read = { method: 'GET', access: 'session' } as const;
const write = { access: 'fleets:write', reach: 'fleets' } as const;

/** Everything of fleets is served under its older name too. */
const older = <const R extends Route>(route: R) => ({ ...route, path: route.path.replace('/fleets', '/teams') }) as R;

export const listFleets = {
  ...read,
  path: '/api/v1/fleet/fleets',
  summary: 'Fleets',
  query: Type.Object({
    query: Type.Optional(Type.String({ maxLength: 255, description: 'part of a name' })),
    ...Paging,
    ...OrderKey(['id', 'name', 'created_at', 'host_count']),
  }),
  response: Type.Object({ fleets: Type.Array(Fleet), teams: Type.Array(Fleet) }),
} as const satisfies Route;

export const getFleet = {
  ...read,
  path: '/api/v1/fleet/fleets/:id',
  summary: 'One fleet',
  params: IdParams,
  response: OneFleet,
} as const satisfies Route;

export const createFleet = {
  method: 'POST',
  path: '/api/v1/fleet/fleets',
  summary: 'Make a fleet',
  access: 'fleets:write',
  body: Type.Object({
    name: Name,
    description: Type.Optional(Type.String({ maxLength: 1023 })),
    secrets: Type.Optional(Nullable(Secrets)),
  }),
  response: OneFleet,
} as const satisfies Route;

const changes = {
  name: Type.Optional(Name),
  description: Type.Optional(Type.String({ maxLength: 1023 })),
  host_expiry_settings: Type.Optional(Nullable(Type.Partial(ExpirySettings))),
  features: Type.Optional(Nullable(Type.Partial(Features))),
  webhook_settings: Type.Optional(Nullable(Kept)),
  integrations: Type.Optional(Nullable(Kept)),
  agent_options: Type.Optional(Nullable(Kept)),
};
const Changes = Type.Object(changes);
export type FleetChanges = Static<typeof Changes>;

export const changeFleet = {
  ...write,
  method: 'PATCH',
  path: '/api/v1/fleet/fleets/:id',
  summary: 'Change a fleet',
  params: IdParams,
  body: Changes,
  response: OneFleet,
} as const satisfies Route;

export const setAgentOptions = {
  ...write,
  method: 'POST',
  path: '/api/v1/fleet/fleets/:id/agent_options',
  summary: 'Set what agents of a fleet are told',
  params: IdParams,
  body: Kept,
  response: OneFleet,
} as const satisfies Route;

export const deleteFleet = {
  method: 'DELETE',
  path: '/api/v1/fleet/fleets/:id',
  summary: 'Delete a fleet; its hosts are in none afterwards',
  access: 'fleets:write',
  params: IdParams,
  response: Empty,
} as const satisfies Route;

const SecretsAnswer = Type.Object({ secrets: Type.Array(Secret) });

export const fleetSecrets = {
  method: 'GET',
  path: '/api/v1/fleet/fleets/:id/secrets',
  summary: 'The secrets hosts enrol into a fleet with',
  access: 'secrets:read',
  reach: 'fleets',
  params: IdParams,
  response: SecretsAnswer,
} as const satisfies Route;

export const setFleetSecrets = {
  method: 'PATCH',
  path: '/api/v1/fleet/fleets/:id/secrets',
  summary: 'Set all enrol secrets of a fleet: those left out enrol nobody any more',
  access: 'secrets:write',
  reach: 'fleets',
  params: IdParams,
  body: Type.Object({ secrets: Nullable(Secrets) }),
  response: SecretsAnswer,
} as const satisfies Route;

export const enrollSecrets = {
  method: 'GET',
  path: '/api/v1/fleet/spec/enroll_secret',
  summary: 'The secrets hosts enrol with',
  access: 'secrets:read',
  response: Type.Object({ spec: SecretsAnswer }),
} as const satisfies Route;

export const setEnrollSecrets = {
  method: 'POST',
  path: '/api/v1/fleet/spec/enroll_secret',
  summary: 'Set all enrol secrets of hosts in no fleet: those left out enrol nobody any more',
  access: 'secrets:write',
  body: Type.Object({ spec: Type.Object({ secrets: Secrets }) }),
  response: Empty,
} as const satisfies Route;

const FleetSpec = Type.Object({ ...changes, name: Name, secrets: Type.Optional(Nullable(Secrets)) });
const ids = Type.Record(Type.String(), Type.Integer());

/** By name: what a spec leaves out stays. */
export const applyFleetSpecs = {
  method: 'POST',
  path: '/api/v1/fleet/spec/fleets',
  summary: 'Make or change fleets by name',
  access: 'fleets:write',
  body: Type.Object({ specs: Type.Array(FleetSpec, { maxItems: 1_000 }) }),
  response: Type.Object({ fleet_ids_by_name: ids, team_ids_by_name: ids }),
} as const satisfies Route;

const GivenUsers = Type.Array(
  Type.Object({ id: Type.Integer({ minimum: 1, maximum: 2147483647 }), role: Type.String() }),
  {
    maxItems: 1_000,
  },
);

export const fleetUsers = {
  method: 'GET',
  path: '/api/v1/fleet/fleets/:id/users',
  summary: 'Who has a role in a fleet',
  access: 'people:write',
  reach: 'fleets',
  params: IdParams,
  response: Type.Object({ users: Type.Array(User) }),
} as const satisfies Route;

export const setFleetUsers = {
  ...fleetUsers,
  method: 'PATCH',
  summary: 'Give people roles in a fleet',
  body: Type.Object({ users: GivenUsers }),
  response: OneFleet,
} as const satisfies Route;

export const removeFleetUsers = {
  ...fleetUsers,
  method: 'DELETE',
  summary: 'Take people their roles in a fleet',
  body: Type.Object({ users: Type.Array(Type.Object({ id: Type.Integer() }), { maxItems: 1_000 }) }),
  response: OneFleet,
} as const satisfies Route;

export const olderFleetRoutes = {
  listFleets: older(listFleets),
  getFleet: older(getFleet),
  createFleet: older(createFleet),
  changeFleet: older(changeFleet),
  setAgentOptions: older(setAgentOptions),
  deleteFleet: older(deleteFleet),
  fleetSecrets: older(fleetSecrets),
  setFleetSecrets: older(setFleetSecrets),
  applyFleetSpecs: older(applyFleetSpecs),
  fleetUsers: older(fleetUsers),
  setFleetUsers: older(setFleetUsers),
  removeFleetUsers: older(removeFleetUsers),
  getTeam: { ...getFleet, path: '/api/v1/fleet/team/:id' },
} as const;
