import Type from 'typebox';
import { Email, FleetLists, Password, PersonName, roles, Token, User, UserSettings } from './accounts.ts';
import type { Route } from './route.ts';
import { Empty, FleetFilter, Id, IdParams, Meta, Nullable, OrderKey, Paging } from './shapes.ts';

/** A role everywhere, or roles in some fleets; `teams` is the older name of `fleets`. */
const FleetRoles = Type.Array(Type.Object({ id: Id, role: Type.Enum([...roles]) }), { maxItems: 1000 });
export const RoleInput = {
  global_role: Type.Optional(Nullable(Type.Enum([...roles]))),
  fleets: Type.Optional(FleetRoles),
  teams: Type.Optional(FleetRoles),
};
/** Kept for programs that send them: neither can be switched on. */
export const SignInInput = { sso_enabled: Type.Optional(Type.Boolean()), mfa_enabled: Type.Optional(Type.Boolean()) };

const Answer = Type.Object({ user: User, ...FleetLists });

export const listUsers = {
  method: 'GET',
  path: '/api/v1/fleet/users',
  summary: 'People and programs; whoever manages some fleets sees those with a role in them',
  access: 'people:write',
  reach: 'fleets',
  query: Type.Object({
    ...Paging,
    ...FleetFilter,
    ...OrderKey(['id', 'name', 'email', 'created_at']),
    query: Type.Optional(Type.String({ maxLength: 255 })),
    after: Type.Optional(Type.String({ maxLength: 255 })),
  }),
  response: Type.Object({ users: Type.Array(User), count: Type.Integer(), meta: Meta }),
} as const satisfies Route;

export const createUser = {
  method: 'POST',
  path: '/api/v1/fleet/users/admin',
  summary: 'Make an account; for a program, the answer has its token, once',
  access: 'people:write',
  reach: 'fleets',
  body: Type.Object({
    email: Email,
    name: PersonName,
    password: Type.Optional(Password),
    api_only: Type.Optional(Type.Boolean()),
    admin_forced_password_reset: Type.Optional(Type.Boolean({ description: 'absent: true' })),
    ...SignInInput,
    ...RoleInput,
  }),
  response: Type.Object({ user: User, token: Type.Optional(Type.String()) }),
} as const satisfies Route;

export const acceptInvite = {
  method: 'POST',
  path: '/api/v1/fleet/users',
  summary: 'Make your own account with an invitation',
  access: 'public',
  body: Type.Object({
    email: Type.Optional(Email),
    invite_token: Token,
    name: PersonName,
    password: Password,
    password_confirmation: Password,
  }),
  response: Type.Object({ user: User }),
} as const satisfies Route;

export const getUser = {
  method: 'GET',
  path: '/api/v1/fleet/users/:id',
  summary: 'Yourself, or somebody you manage',
  access: 'session',
  params: IdParams,
  response: Answer,
} as const satisfies Route;

export const editUser = {
  method: 'PATCH',
  path: '/api/v1/fleet/users/:id',
  summary: 'Change yourself (not your roles), or somebody you manage',
  access: 'session',
  params: IdParams,
  body: Type.Object({
    name: Type.Optional(PersonName),
    email: Type.Optional(Email),
    password: Type.Optional(
      Type.String({ maxLength: 1024, description: 'your present one, to change your own address or password' }),
    ),
    new_password: Type.Optional(Password),
    settings: Type.Optional(UserSettings),
    ...SignInInput,
    ...RoleInput,
  }),
  response: Answer,
} as const satisfies Route;

export const deleteUser = {
  method: 'DELETE',
  path: '/api/v1/fleet/users/:id',
  summary: 'Delete an account, with its sessions and its token',
  access: 'people:write',
  reach: 'fleets',
  params: IdParams,
  response: Empty,
} as const satisfies Route;

export const makeApiToken = {
  method: 'POST',
  path: '/api/v1/flotilla/users/:id/token',
  summary: 'Give a program a new token, once; the one before ends',
  access: 'people:write',
  reach: 'fleets',
  params: IdParams,
  response: Type.Object({ token: Type.String() }),
} as const satisfies Route;
