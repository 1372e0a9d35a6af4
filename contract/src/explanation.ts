import Type, { type Static } from 'typebox';
import type { Route } from './route.ts';
import { FleetFilter, Id, Nullable } from './shapes.ts';
import { CveParams } from './vulnerabilities.ts';

const Text = Nullable(Type.String());
const list = <T extends ReturnType<typeof Type.String>>(of: T) => Type.Array(of);

const Statement = Type.Object({
  role: Type.Enum(['decides', 'outweighed', 'set_aside', 'preceded', 'silent'], {
    description:
      'what came of it: another says something worse or the same; the distribution’s others tell more; a feed that comes before it speaks, too; it speaks of other software',
  }),
  feed: Type.String(),
  advisory: Type.String({ description: 'the record in the feed' }),
  key: Type.String({ description: 'the key it was found by' }),
  kind: Type.Enum(['ranges', 'not_affected', 'undetermined']),
  comparator: Type.String(),
  compared: Nullable(Type.String({ description: 'the version that was compared' })),
  identity: Nullable(Type.Object({ name: Type.String(), version: Type.String(), rule: Type.Optional(Type.String()) })),
  confidence: Text,
  verdict: Nullable(Type.Enum(['affected', 'not_affected', 'unknown'])),
  reason: Text,
  detail: Text,
  fix_version: Text,
  remark: Text,
  ranges: Type.Array(
    Type.Object({
      introduced: Text,
      after: Text,
      fixed: Text,
      last_affected: Text,
      standing: Type.Enum(['inside', 'outside', 'version_not_comparable', 'advisory_not_comparable']),
    }),
  ),
  ended_by: list(Type.String({ description: 'a patch that ends it' })),
  only: list(Type.String({ description: 'what else must be so' })),
  record: Type.String({ description: 'all that is stored of it, as JSON in lines; its first 20,000 characters' }),
  is_record_cut: Type.Boolean(),
});

export const Explanation = Type.Object({
  software: Type.Object({
    version_id: Type.Integer(),
    name: Type.String(),
    version: Type.String(),
    source: Type.String(),
    context: Type.String(),
  }),
  cve: Type.String(),
  verdict: Type.Enum(['affected', 'not_affected', 'unknown', 'nothing_said', 'not_judged']),
  reason: Text,
  detail: Text,
  fix_version: Text,
  identity: Type.Object({
    purl: Type.String(),
    source_package: Nullable(Type.Object({ name: Type.String(), version: Type.String() })),
    cpes: list(Type.String()),
    confidence: Text,
    rule: Text,
    rule_reason: Nullable(Type.String({ description: 'why the curated data have that rule' })),
  }),
  keys: Type.Array(
    Type.Object({
      key: Type.String(),
      is_covered: Type.Boolean({ description: 'whether any feed speaks of the scope it lies in' }),
    }),
  ),
  statements: Type.Array(Statement),
});
export type Explanation = Static<typeof Explanation>;

export const explainVulnerability = {
  method: 'GET',
  path: '/api/v1/flotilla/vulnerabilities/:cve/explanation',
  summary: 'Why software is affected by a vulnerability, is not, or nobody can tell: all that led to it',
  access: 'software:read',
  reach: 'fleets',
  params: CveParams,
  query: Type.Object({
    ...FleetFilter,
    software_version_id: Type.Optional(Id),
    host_id: Type.Optional(
      Type.Integer({
        ...{ minimum: 1, maximum: 2147483647 },
        description: 'of software on this host; without a version, of all that any feed speaks of',
      }),
    ),
  }),
  response: Type.Object({ explanations: Type.Array(Explanation) }),
} as const satisfies Route;
