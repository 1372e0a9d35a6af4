import Type, { type Static } from 'typebox';
import type { Route } from './route.ts';
import { FleetFilter, Nullable, Timestamp } from './shapes.ts';

const ExposurePoint = Type.Object({
  at: Timestamp,
  score: Type.Number(),
  by_reason: Type.Record(Type.String(), Type.Number(), {
    description:
      'what moved it since the point before: new_advisory, new_software, fixed, advisory_changed, exception, transfer, host_removed, rescored, correction',
  }),
});
export type ExposurePoint = Static<typeof ExposurePoint>;

export const exposureTrend = {
  method: 'GET',
  path: '/api/v1/flotilla/exposure',
  summary: 'Exposure: the sum of what each vulnerability weighs on each host, now and hour by hour, with what moved it',
  access: 'software:read',
  reach: 'fleets',
  query: Type.Object({
    ...FleetFilter,
    from: Type.Optional(Timestamp),
    to: Type.Optional(Timestamp),
  }),
  response: Type.Object({
    score: Type.Number({ description: 'by the counts as they are now' }),
    points: Type.Array(ExposurePoint, {
      description: 'of each hour; above 31 days of each day, with what moved it on that day',
    }),
  }),
} as const satisfies Route;

const Fixing = Type.Object({
  severity: Nullable(Type.String()),
  fixed: Type.Integer(),
  within_time: Type.Integer({ description: 'of the fixed, those that were before they were due' }),
  median_hours: Type.Number(),
  p90_hours: Type.Number(),
});

export const figures = {
  method: 'GET',
  path: '/api/v1/flotilla/figures',
  summary: 'How fast findings that are due within 30 days are mended, and how many were open and overdue on a day',
  access: 'software:read',
  reach: 'fleets',
  query: Type.Object({ ...FleetFilter, at: Type.Optional(Timestamp) }),
  response: Type.Object({
    at: Timestamp,
    open: Type.Integer(),
    overdue: Type.Integer(),
    fixing: Type.Array(Fixing, {
      description: 'of pairs of a host and a vulnerability mended in the 90 days before, by severity',
    }),
  }),
} as const satisfies Route;

export const vulnerabilityHistory = {
  method: 'GET',
  path: '/api/v1/flotilla/vulnerabilities/:cve/history',
  summary: 'When a vulnerability was first seen on hosts, on how many it was at most, and since when it is on none',
  access: 'software:read',
  reach: 'fleets',
  params: Type.Object({ cve: Type.String({ minLength: 3, maxLength: 100, pattern: '^[A-Za-z0-9][A-Za-z0-9._:-]+$' }) }),
  query: Type.Object(FleetFilter),
  response: Type.Object({
    first_seen_at: Nullable(Timestamp),
    peak_hosts: Type.Integer(),
    peak_at: Nullable(Timestamp),
    gone_at: Nullable(Timestamp),
    due_hosts: Type.Integer({ description: 'hosts on which it is due within 30 days of its beginning' }),
    overdue_hosts: Type.Integer(),
    first_due_at: Nullable(Timestamp),
  }),
} as const satisfies Route;

const At = Type.Object({ at: Timestamp });

export const hostVulnerabilitiesAt = {
  method: 'GET',
  path: '/api/v1/flotilla/hosts/:id/vulnerabilities',
  summary: 'What a host was vulnerable to at a past moment, and by which software',
  access: 'hosts:read',
  reach: 'fleets',
  params: Type.Object({ id: Type.Integer({ minimum: 1, maximum: 2147483647 }) }),
  query: At,
  response: Type.Object({
    vulnerabilities: Type.Array(
      Type.Object({ cve: Type.String(), name: Type.String(), version: Type.String(), since: Timestamp }),
    ),
  }),
} as const satisfies Route;
