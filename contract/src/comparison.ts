import Type, { type Static } from 'typebox';
import { Change } from './host-software.ts';
import type { Route } from './route.ts';
import { FleetFilter, IdParams, Meta, Nullable, Paging, Timestamp } from './shapes.ts';

const Day = Type.String({ pattern: '^\\d{4}-\\d{2}-\\d{2}$', description: 'a day in UTC, as 2026-11-24' });

export const hostChanges = {
  method: 'GET',
  path: '/api/v1/flotilla/hosts/:id/changes',
  summary: 'How the software of a host at one moment differs from that at another',
  access: 'hosts:read',
  reach: 'fleets',
  params: IdParams,
  query: Type.Object({ from: Timestamp, to: Type.Optional(Timestamp) }),
  response: Type.Object({
    from: Timestamp,
    to: Timestamp,
    added_count: Type.Integer(),
    removed_count: Type.Integer(),
    updated_count: Type.Integer(),
    changes: Type.Array(Change),
  }),
} as const satisfies Route;

export const ChangedVersion = Type.Object({
  version_id: Type.Integer(),
  title_id: Type.Integer(),
  name: Type.String(),
  version: Type.String(),
  source: Type.String(),
  opened: Type.Integer({ description: 'how often it came to a host' }),
  closed: Type.Integer({ description: 'how often it left one' }),
});
export type ChangedVersion = Static<typeof ChangedVersion>;

const changes = {
  method: 'GET',
  path: '/api/v1/flotilla/software/changes',
  summary: 'What came to hosts and left them from one day to another, both included; the most changed first',
  access: 'software:read',
  reach: 'fleets',
} as const;

export const softwareChanges = {
  ...changes,
  query: Type.Object({
    ...FleetFilter,
    from: Day,
    to: Type.Optional(Day),
    page: Paging.page,
    per_page: Paging.per_page,
    query: Type.Optional(Type.String({ maxLength: 255 })),
  }),
  response: Type.Object({
    from: Type.String(),
    to: Type.String(),
    count: Type.Integer(),
    versions: Type.Array(ChangedVersion),
    note: Type.String({ description: 'what this cannot tell' }),
    meta: Meta,
  }),
} as const satisfies Route;

export const PastHost = Type.Object({
  host_id: Type.Integer(),
  display_name: Type.String({ description: 'as it is called now' }),
  platform: Type.String(),
  fleet_id: Nullable(Type.Integer({ description: 'the fleet it was in then' })),
  versions: Type.Array(Type.String()),
  since: Timestamp,
  gone: Nullable(Timestamp),
  deleted: Type.Boolean({ description: 'it is no longer among the hosts' }),
});
export type PastHost = Static<typeof PastHost>;

const past = {
  method: 'GET',
  access: 'hosts:read',
  reach: 'fleets',
  params: IdParams,
  query: Type.Object({
    ...FleetFilter,
    at: Type.Optional(Timestamp),
    page: Paging.page,
    per_page: Paging.per_page,
  }),
  response: Type.Object({
    at: Timestamp,
    count: Type.Integer(),
    hosts: Type.Array(PastHost),
    note: Type.String({ description: 'what this cannot tell' }),
    meta: Meta,
  }),
} as const;

export const versionHostsAt = {
  ...past,
  path: '/api/v1/flotilla/software/versions/:id/hosts',
  summary: 'Which hosts had a version at a moment, now unless said otherwise',
} as const satisfies Route;

export const titleHostsAt = {
  ...past,
  path: '/api/v1/flotilla/software/titles/:id/hosts',
  summary: 'Which hosts had any version of a title at a moment, now unless said otherwise',
} as const satisfies Route;
