import Type from 'typebox';
import type { Route } from './route.ts';
import { Empty, Timestamp } from './shapes.ts';

export const version = {
  method: 'GET',
  path: '/api/v1/fleet/version',
  summary: 'Which Flotilla this is',
  access: 'session',
  response: Type.Object({
    version: Type.String(),
    branch: Type.String(),
    revision: Type.String(),
    go_version: Type.String({ description: 'empty; kept for programs that read it' }),
    build_date: Type.String(),
    build_user: Type.String(),
  }),
} as const satisfies Route;

export const serverProblems = {
  method: 'GET',
  path: '/api/v1/flotilla/problems',
  summary: 'Input the server refused and could not put on a host',
  access: 'server:read',
  response: Type.Object({
    problems: Type.Array(
      Type.Object({ kind: Type.String(), detail: Type.String(), count: Type.Integer(), at: Timestamp }),
    ),
  }),
} as const satisfies Route;

export const triggerSchedule = {
  method: 'POST',
  path: '/api/v1/fleet/trigger',
  summary: 'Do now what is done by a schedule',
  access: 'server:write',
  query: Type.Object({ name: Type.String({ minLength: 1, maxLength: 100 }) }),
  response: Empty,
} as const satisfies Route;

const Identified = Type.Object({
  type: Type.Enum(['user', 'label', 'team', 'fleet', 'host']),
  payload: Type.Object({ identifier: Type.String({ maxLength: 255 }), id: Type.Optional(Type.Integer()) }),
});

export const translate = {
  method: 'POST',
  path: '/api/v1/fleet/translate',
  summary: 'The ids of people (by address), labels, fleets and hosts (by name or identifier)',
  access: 'session',
  body: Type.Object({ list: Type.Array(Identified, { maxItems: 1000 }) }),
  response: Type.Object({ list: Type.Array(Identified) }),
} as const satisfies Route;
