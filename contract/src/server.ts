import Type from 'typebox';
import type { Route } from './route.ts';
import { Timestamp } from './shapes.ts';

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
