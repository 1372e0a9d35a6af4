import Type from 'typebox';
import type { Route } from './route.ts';
import { Nullable, Timestamp } from './shapes.ts';

export const enrollSecrets = {
  method: 'GET',
  path: '/api/v1/fleet/spec/enroll_secret',
  summary: 'The secrets hosts enrol with',
  access: 'secrets:read',
  response: Type.Object({
    spec: Type.Object({
      secrets: Type.Array(
        Type.Object({
          secret: Type.String(),
          created_at: Timestamp,
          team_id: Nullable(Type.Integer()),
          fleet_id: Nullable(Type.Integer()),
        }),
      ),
    }),
  }),
} as const satisfies Route;
