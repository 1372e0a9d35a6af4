import Type from 'typebox';
import { Email, Password, Token, User } from './accounts.ts';
import type { Route } from './route.ts';
import { Empty, IdParams, Timestamp } from './shapes.ts';

export const changePassword = {
  method: 'POST',
  path: '/api/v1/fleet/change_password',
  summary: 'Change your own password; ends your other sessions',
  access: 'session',
  body: Type.Object({ old_password: Password, new_password: Password }),
  response: Empty,
} as const satisfies Route;

export const performRequiredPasswordReset = {
  method: 'POST',
  path: '/api/v1/fleet/perform_required_password_reset',
  summary: 'Set the new password that an administrator asked for',
  access: 'session',
  body: Type.Object({ new_password: Password }),
  response: Type.Object({ user: User }),
} as const satisfies Route;

export const forgotPassword = {
  method: 'POST',
  path: '/api/v1/fleet/forgot_password',
  summary: 'Ask for a new password: the people who manage accounts see it among the activities and hand over a link',
  access: 'public',
  body: Type.Object({ email: Email }),
  response: Empty,
} as const satisfies Route;

export const resetPassword = {
  method: 'POST',
  path: '/api/v1/fleet/reset_password',
  summary: 'Set a new password with the token of a link; ends all sessions',
  access: 'public',
  body: Type.Object({ new_password: Password, new_password_confirmation: Password, password_reset_token: Token }),
  response: Empty,
} as const satisfies Route;

export const requirePasswordReset = {
  method: 'POST',
  path: '/api/v1/fleet/users/:id/require_password_reset',
  summary: 'Let somebody do nothing but set a new password',
  access: 'people:write',
  reach: 'fleets',
  params: IdParams,
  body: Type.Object({ require: Type.Boolean() }),
  response: Type.Object({ user: User }),
} as const satisfies Route;

export const makePasswordReset = {
  method: 'POST',
  path: '/api/v1/flotilla/users/:id/password-reset',
  summary: 'Make the link with which somebody sets a new password; shown once, for you to hand over',
  access: 'people:write',
  reach: 'fleets',
  params: IdParams,
  response: Type.Object({ token: Type.String(), url: Type.String(), expires_at: Timestamp }),
} as const satisfies Route;
