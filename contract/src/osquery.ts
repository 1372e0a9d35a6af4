import Type, { type Static } from 'typebox';
import type { Route } from './route.ts';

const Row = Type.Record(Type.String(), Type.String());
const Rows = Type.Array(Row);

/** osquery's TLS API. Other programs than osquery may leave fields out, so only what is needed is required. */
export const EnrollBody = Type.Object({
  enroll_secret: Type.String(),
  host_identifier: Type.String(),
  platform_type: Type.Optional(Type.String()),
  host_details: Type.Optional(Type.Record(Type.String(), Row)),
});
export type EnrollBody = Static<typeof EnrollBody>;

export const NodeKeyBody = Type.Object({ node_key: Type.String() });

export const DistributedWriteBody = Type.Object({
  node_key: Type.String(),
  queries: Type.Optional(Type.Record(Type.String(), Rows)),
  statuses: Type.Optional(Type.Record(Type.String(), Type.Union([Type.Integer(), Type.String()]))),
  messages: Type.Optional(Type.Record(Type.String(), Type.String())),
});
export type DistributedWriteBody = Static<typeof DistributedWriteBody>;

const route = (name: string, summary: string) =>
  ({ method: 'POST', path: `/api/osquery/${name}`, summary, access: 'node-key' }) as const satisfies Route;

/** Answers are not described by a schema: their form depends on what osquery does with them, not on a status. */
export const osqueryRoutes = {
  enroll: { ...route('enroll', 'Enrol with a secret'), access: 'public' },
  config: route('config', 'The configuration of osquery'),
  distributedRead: route('distributed/read', 'Queries to run now'),
  distributedWrite: route('distributed/write', 'Their answers'),
  log: route('log', 'Status and result lines; accepted and dropped'),
} as const satisfies Record<string, Route>;
