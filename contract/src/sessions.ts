import Type from 'typebox';
import type { Route } from './route.ts';
import { Empty, IdParams, Timestamp } from './shapes.ts';

export const Session = Type.Object({ session_id: Type.Integer(), user_id: Type.Integer(), created_at: Timestamp });

export const getSession = {
  method: 'GET',
  path: '/api/v1/fleet/sessions/:id',
  summary: 'A session: your own, or one of somebody you manage',
  access: 'session',
  params: IdParams,
  response: Session,
} as const satisfies Route;

export const deleteSession = {
  method: 'DELETE',
  path: '/api/v1/fleet/sessions/:id',
  summary: 'End a session',
  access: 'session',
  params: IdParams,
  response: Empty,
} as const satisfies Route;

export const listUserSessions = {
  method: 'GET',
  path: '/api/v1/fleet/users/:id/sessions',
  summary: 'The sessions of somebody, newest first',
  access: 'session',
  params: IdParams,
  response: Type.Object({ sessions: Type.Array(Session) }),
} as const satisfies Route;

export const deleteUserSessions = {
  method: 'DELETE',
  path: '/api/v1/fleet/users/:id/sessions',
  summary: 'End all sessions of somebody; for a program, its token',
  access: 'session',
  params: IdParams,
  response: Empty,
} as const satisfies Route;
