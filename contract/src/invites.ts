import Type, { type Static } from 'typebox';
import { Email, PersonName, roles, Token } from './accounts.ts';
import type { Route } from './route.ts';
import { Empty, IdParams, Nullable, OrderKey, Paging, Timestamp } from './shapes.ts';
import { RoleInput, SignInInput } from './users.ts';

const InvitedRole = Type.Object({ id: Type.Integer(), name: Type.String(), role: Type.Enum([...roles]) });

const invited = {
  email: Type.String(),
  name: Type.String(),
  sso_enabled: Type.Boolean(),
  mfa_enabled: Type.Boolean(),
  global_role: Nullable(Type.String()),
  teams: Type.Array(InvitedRole),
  fleets: Type.Array(InvitedRole),
};

export const Invite = Type.Object({
  id: Type.Integer(),
  created_at: Timestamp,
  updated_at: Timestamp,
  invited_by: Nullable(Type.Integer()),
  expires_at: Timestamp,
  ...invited,
});
export type Invite = Static<typeof Invite>;

export const listInvites = {
  method: 'GET',
  path: '/api/v1/fleet/invites',
  summary: 'Invitations that nobody took yet',
  access: 'people:write',
  reach: 'fleets',
  query: Type.Object({
    ...Paging,
    ...OrderKey(['id', 'name', 'email', 'created_at']),
    query: Type.Optional(Type.String({ maxLength: 255 })),
  }),
  response: Type.Object({ invites: Type.Array(Invite) }),
} as const satisfies Route;

export const createInvite = {
  method: 'POST',
  path: '/api/v1/fleet/invites',
  summary: 'Invite somebody; the answer has the link, once, for you to hand over',
  access: 'people:write',
  reach: 'fleets',
  body: Type.Object({ email: Email, name: PersonName, ...SignInInput, ...RoleInput }),
  response: Type.Object({ invite: Invite, token: Type.String(), url: Type.String() }),
} as const satisfies Route;

export const editInvite = {
  method: 'PATCH',
  path: '/api/v1/fleet/invites/:id',
  summary: 'Change an invitation',
  access: 'people:write',
  reach: 'fleets',
  params: IdParams,
  body: Type.Object({ email: Type.Optional(Email), name: Type.Optional(PersonName), ...SignInInput, ...RoleInput }),
  response: Type.Object({ invite: Invite }),
} as const satisfies Route;

export const deleteInvite = {
  method: 'DELETE',
  path: '/api/v1/fleet/invites/:id',
  summary: 'Take an invitation back',
  access: 'people:write',
  reach: 'fleets',
  params: IdParams,
  response: Empty,
} as const satisfies Route;

export const getInvite = {
  method: 'GET',
  path: '/api/v1/fleet/invites/:token',
  summary: 'What an invitation offers, for whoever holds its token',
  access: 'public',
  params: Type.Object({ token: Token }),
  response: Type.Object({ invite: Type.Object(invited) }),
} as const satisfies Route;
