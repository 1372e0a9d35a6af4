import Type, { type Static } from 'typebox';
import type { Route } from './route.ts';
import { IdParams, Meta, Nullable, Paging, Timestamp } from './shapes.ts';

/** Where a finding that is not over stands. */
export const findingStates = ['open', 'planned', 'fixing', 'accepted', 'not_affected', 'false_positive'] as const;
export const FindingState = Type.Enum([...findingStates], {
  description:
    'planned: an update or removal that ends it waits for the host, or for some host that has it; fixing: a host is at it; the last three: by an exception',
});
export type FindingState = Static<typeof FindingState>;

export const ClosedFinding = Type.Object({
  cve: Type.String(),
  version_id: Type.Integer(),
  title_id: Type.Integer(),
  name: Type.String(),
  version: Type.String({ description: 'the last that had it' }),
  source: Type.String(),
  since: Timestamp,
  closed_at: Timestamp,
  state: Type.Enum(['fixed', 'withdrawn'], {
    description:
      'fixed: the host reported its software without what had it; withdrawn: the software stayed, and the feeds do not say it any more',
  }),
  installed_version: Nullable(Type.String({ description: 'of the same title on the host now; null: none is left' })),
  cvss_score: Nullable(Type.Number()),
  severity: Nullable(Type.Enum(['none', 'low', 'medium', 'high', 'critical'])),
});
export type ClosedFinding = Static<typeof ClosedFinding>;

export const closedFindings = {
  method: 'GET',
  path: '/api/v1/flotilla/hosts/:id/findings/closed',
  summary: 'Vulnerabilities that a host does not have any more, of the last 90 days',
  access: 'hosts:read',
  reach: 'fleets',
  params: IdParams,
  query: Type.Object({ ...Paging, query: Type.Optional(Type.String({ maxLength: 255 })) }),
  response: Type.Object({ findings: Type.Array(ClosedFinding), count: Type.Integer(), meta: Meta }),
} as const satisfies Route;
