import Type, { type Static } from 'typebox';
import type { Route } from './route.ts';
import { Empty, Nullable, Timestamp } from './shapes.ts';

export const roles = ['admin', 'maintainer', 'observer', 'observer_plus', 'technician', 'gitops'] as const;
export type Role = (typeof roles)[number];

const FleetName = Type.Object({ id: Type.Integer(), name: Type.String(), description: Type.String() });

const FleetRole = Type.Object({ ...FleetName.properties, role: Type.Enum([...roles]) });

/** What the console keeps for a person. */
export const UserSettings = Type.Object({
  hidden_host_columns: Type.Array(Type.String({ maxLength: 255 }), { maxItems: 200 }),
});

export const User = Type.Object({
  id: Type.Integer(),
  created_at: Timestamp,
  updated_at: Timestamp,
  name: Type.String(),
  email: Type.String(),
  force_password_reset: Type.Boolean(),
  gravatar_url: Type.String(),
  sso_enabled: Type.Boolean(),
  mfa_enabled: Type.Boolean(),
  global_role: Nullable(Type.String({ description: 'the role in every fleet; null for roles in some' })),
  api_only: Type.Boolean({ description: 'a program: it has one token that never expires, and cannot sign in' }),
  teams: Type.Array(FleetRole),
  fleets: Type.Array(FleetRole),
  settings: UserSettings,
});
export type User = Static<typeof User>;

export const Email = Type.String({ minLength: 3, maxLength: 255, pattern: '^[^@\\s]+@[^@\\s]+$' });
export const PersonName = Type.String({ minLength: 1, maxLength: 255 });
export const Password = Type.String({ maxLength: 1024 });
export const Token = Type.String({ minLength: 1, maxLength: 255 });
/** The fleets a person can choose from, under both names. */
export const FleetLists = { available_teams: Type.Array(FleetName), available_fleets: Type.Array(FleetName) };

export const setup = {
  method: 'POST',
  path: '/api/v1/setup',
  summary: 'Make the first administrator; works once',
  access: 'setup-token',
  body: Type.Object({
    admin: Type.Object({
      admin: Type.Optional(Type.Boolean()),
      email: Email,
      name: PersonName,
      password: Password,
      password_confirmation: Type.Optional(Password),
    }),
    org_info: Type.Object({
      org_name: Type.String({ minLength: 1, maxLength: 255 }),
      org_logo_url: Type.Optional(Type.String({ maxLength: 2048 })),
    }),
    server_url: Type.Optional(Type.String({ maxLength: 2048 })),
  }),
  response: Type.Object({
    admin: User,
    org_info: Type.Object({ org_name: Type.String(), org_logo_url: Type.String() }),
    server_url: Type.String(),
    osquery_enroll_secret: Type.String(),
    token: Type.String(),
  }),
} as const satisfies Route;

export const setupState = {
  method: 'GET',
  path: '/api/v1/flotilla/setup',
  summary: 'Whether the first administrator is still to be made',
  access: 'public',
  response: Type.Object({ needed: Type.Boolean() }),
} as const satisfies Route;

export const login = {
  method: 'POST',
  path: '/api/v1/fleet/login',
  summary: 'Sign in; the answer carries a bearer token and sets the session cookie',
  access: 'public',
  body: Type.Object({ email: Type.String({ maxLength: 255 }), password: Password }),
  response: Type.Object({ user: User, token: Type.String(), ...FleetLists }),
} as const satisfies Route;

export const logout = {
  method: 'POST',
  path: '/api/v1/fleet/logout',
  summary: 'End this session',
  access: 'session',
  response: Empty,
} as const satisfies Route;

/** What somebody may do, so that nobody has to know what a role includes. */
export const Permissions = Type.Object({
  everywhere: Type.Array(Type.String(), { description: 'in every fleet, and about the server itself' }),
  fleets: Type.Array(Type.Object({ fleet_id: Type.Integer(), permissions: Type.Array(Type.String()) })),
});

export const me = {
  method: 'GET',
  path: '/api/v1/fleet/me',
  summary: 'Who is signed in, and what they may do',
  access: 'session',
  query: Type.Object({ include_ui_settings: Type.Optional(Type.Boolean()) }),
  response: Type.Object({
    user: User,
    settings: Type.Optional(UserSettings),
    permissions: Permissions,
    ...FleetLists,
  }),
} as const satisfies Route;
