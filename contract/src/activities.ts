import Type, { type Static } from 'typebox';
import type { Route } from './route.ts';
import { Cursor, IdParams, Meta, Nullable, OrderKey, Paging, Timestamp } from './shapes.ts';

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

/** Both orders are that of the chain. */
const listing = {
  ...Paging,
  ...Cursor,
  ...OrderKey(['id', 'created_at']),
  after: Type.Optional(Type.String({ maxLength: 100, description: 'the last `id` or `created_at` seen' })),
};

const list = {
  method: 'GET',
  query: Type.Object(listing),
  response: Type.Object({ activities: Type.Array(Activity), meta: Meta }),
} as const;

export const listActivities = {
  ...list,
  path: '/api/v1/fleet/activities',
  summary: 'Who did what, newest first; whoever reads some fleets sees what was done in them',
  access: 'activities:read',
  reach: 'fleets',
  query: Type.Object({
    ...listing,
    query: Type.Optional(Type.String({ maxLength: 255, description: 'part of the name or address of who did it' })),
    activity_type: Type.Optional(Type.String({ maxLength: 100 })),
    start_created_at: Type.Optional(Timestamp),
    end_created_at: Type.Optional(Timestamp),
  }),
} as const satisfies Route;

export const hostActivities = {
  ...list,
  path: '/api/v1/fleet/hosts/:id/activities',
  summary: 'What was done on a host, newest first',
  access: 'hosts:read',
  reach: 'fleets',
  params: IdParams,
} as const satisfies Route;

export const verifyActivities = {
  method: 'GET',
  path: '/api/v1/flotilla/activities/verify',
  summary: 'Whether the chain of activities is as it was written',
  access: 'server:read',
  response: Type.Object({
    activities: Type.Integer({ description: 'how many were found intact' }),
    intact: Type.Boolean(),
    broken_at: Nullable(
      Type.Integer({ description: 'the first one that was altered, or before which one is missing' }),
    ),
  }),
} as const satisfies Route;
