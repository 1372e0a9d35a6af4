import Type, { type Static } from 'typebox';
import type { Route } from './route.ts';
import { FleetFilter } from './shapes.ts';

const Unjudged = Type.Object({
  reason: Type.String({ description: 'why no feed can tell, as `no_advisories` or `no_identity`' }),
  versions: Type.Integer(),
  examples: Type.Array(Type.Object({ version_id: Type.Integer(), name: Type.String(), version: Type.String() }), {
    description: 'those on most hosts',
  }),
});
export type Unjudged = Static<typeof Unjudged>;

export const dataHealth = {
  method: 'GET',
  path: '/api/v1/flotilla/data-health',
  summary:
    'How far findings can be trusted: software that waits to be judged or cannot be, and hosts of which a report is held back',
  access: 'hosts:read',
  reach: 'fleets',
  query: Type.Object(FleetFilter),
  response: Type.Object({
    judged_versions: Type.Integer(),
    waiting_versions: Type.Integer({ description: 'not judged yet for the first time' }),
    is_settled: Type.Boolean({ description: 'false: some software is being judged, or judged anew' }),
    unjudged: Type.Array(Unjudged),
    held_hosts_count: Type.Integer({
      description: 'hosts of which a report has far less software than the one before, and waits for a second like it',
    }),
    held_hosts: Type.Array(Type.Object({ host_id: Type.Integer(), display_name: Type.String() }), {
      description: 'the first twenty by name',
    }),
  }),
} as const satisfies Route;
