import Type, { type Static } from 'typebox';
import type { Route } from './route.ts';
import { Id, Nullable, Timestamp } from './shapes.ts';

/** What became of one statement for one of its products. */
const Taken = Type.Object({
  statement: Type.String(),
  cve: Type.String(),
  product: Type.String(),
  reason: Type.String({ description: 'why it was not applied' }),
});

export const importVex = {
  method: 'POST',
  path: '/api/v1/flotilla/vex',
  summary:
    'Take over a VEX document, OpenVEX or CSAF 2.0: what does not affect becomes an exception, in place of those it made before',
  access: 'exceptions:write',
  reach: 'fleets',
  bodyLimit: 16 * 1024 * 1024,
  body: Type.Object({
    document: Type.Record(Type.String(), Type.Unknown(), { description: 'the document as it is' }),
    fleet_id: Type.Optional(Nullable(Id)),
  }),
  response: Type.Object({
    document: Type.String(),
    created: Type.Integer(),
    kept: Type.Integer(),
    ended: Type.Integer({ description: 'exceptions that it made before and does not make any more' }),
    not_applied: Type.Array(Taken),
  }),
} as const satisfies Route;
export type VexImport = Static<typeof importVex.response>;

const Component = Type.Object({ '@id': Type.String() });

export const OpenVex = Type.Object({
  '@context': Type.String(),
  '@id': Type.String(),
  author: Type.String(),
  timestamp: Timestamp,
  version: Type.Integer({ minimum: 1 }),
  tooling: Type.String(),
  statements: Type.Array(
    Type.Object({
      vulnerability: Type.Object({ name: Type.String() }),
      timestamp: Timestamp,
      products: Type.Array(Component),
      status: Type.Enum(['affected', 'not_affected', 'fixed', 'under_investigation']),
      justification: Type.Optional(Type.String()),
      impact_statement: Type.Optional(Type.String()),
      action_statement: Type.Optional(Type.String()),
      status_notes: Type.Optional(Type.String()),
    }),
  ),
});
export type OpenVex = Static<typeof OpenVex>;

export const exportVex = {
  method: 'GET',
  path: '/api/v1/flotilla/vex',
  summary:
    'What was found, what was said of it and, of the last 90 days, what was fixed, as one OpenVEX document; no body where nothing was found',
  access: 'software:read',
  reach: 'fleets',
  query: Type.Object({
    fleet_id: Type.Optional(Id),
    host_id: Type.Optional(Id),
    cve: Type.Optional(Type.String({ maxLength: 100 })),
  }),
  response: OpenVex,
} as const satisfies Route;
