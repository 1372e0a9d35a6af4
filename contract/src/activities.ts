import Type, { type Static } from 'typebox';
import type { Route } from './route.ts';
import { IdParams, Meta, OrderKey, Paging, Timestamp } from './shapes.ts';

export const activityFields = {
  actor_id: Type.Optional(Type.Integer()),
  actor_full_name: Type.String(),
  actor_email: Type.String(),
  actor_gravatar: Type.String(),
  actor_api_only: Type.Boolean(),
  fleet_initiated: Type.Boolean({ description: 'done by the server, not by a person' }),
  created_at: Timestamp,
  type: Type.String(),
  details: Type.Record(Type.String(), Type.Unknown()),
};

export const Activity = Type.Object({ id: Type.Integer(), ...activityFields });
export type Activity = Static<typeof Activity>;

const list = {
  method: 'GET',
  query: Type.Object({ ...Paging, ...OrderKey(['id', 'created_at']) }),
  response: Type.Object({ activities: Type.Array(Activity), meta: Meta }),
} as const;

export const listActivities = {
  ...list,
  path: '/api/v1/fleet/activities',
  summary: 'Who did what, newest first',
  access: 'activities:read',
} as const satisfies Route;

export const hostActivities = {
  ...list,
  path: '/api/v1/fleet/hosts/:id/activities',
  summary: 'What was done on a host, newest first',
  access: 'hosts:read',
  params: IdParams,
} as const satisfies Route;
