import Type, { type Static } from 'typebox';
import { ExceptionStatus } from './exceptions.ts';
import { FindingState } from './finding-life.ts';
import type { Route } from './route.ts';
import { Cursor, FleetFilter, IdParams, Meta, Nullable, OrderKey, Paging, Timestamp } from './shapes.ts';

const SeverityLevel = Type.Enum(['none', 'low', 'medium', 'high', 'critical']);

const summary = {
  cve: Type.String(),
  created_at: Timestamp,
  hosts_count: Type.Integer(),
  hosts_count_updated_at: Nullable(Timestamp),
  accepted_hosts_count: Type.Integer({ description: 'further hosts, on which exceptions cover all that has it' }),
  details_link: Type.String(),
  cvss_score: Nullable(Type.Number()),
  epss_probability: Nullable(Type.Number()),
  cisa_known_exploit: Type.Boolean(),
  cve_published: Nullable(Timestamp),
  cve_description: Nullable(Type.String()),
};
export const VulnerabilitySummary = Type.Object(summary);
export type VulnerabilitySummary = Static<typeof VulnerabilitySummary>;

export const vulnerabilityOrderKeys = [
  'cve',
  'created_at',
  'hosts_count',
  'host_count',
  'cvss_score',
  'epss_probability',
  'cve_published',
] as const;
export const listVulnerabilities = {
  method: 'GET',
  path: '/api/v1/fleet/vulnerabilities',
  summary: 'Vulnerabilities that hosts of all fleets or of one have',
  access: 'software:read',
  reach: 'fleets',
  query: Type.Object({
    ...FleetFilter,
    ...Paging,
    ...Cursor,
    ...OrderKey(vulnerabilityOrderKeys),
    after: Type.Optional(Type.String({ maxLength: 255, description: 'the last value of `order_key` that was seen' })),
    query: Type.Optional(Type.String({ maxLength: 255, description: 'part of the name' })),
    exploit: Type.Optional(Type.Boolean({ description: 'only those known to be exploited' })),
    min_cvss_score: Type.Optional(
      Type.Number({ minimum: 0, maximum: 10, description: 'only those with a score of at least this' }),
    ),
  }),
  response: Type.Object({
    count: Type.Integer(),
    counts_updated_at: Nullable(Timestamp),
    vulnerabilities: Type.Array(VulnerabilitySummary),
    meta: Meta,
  }),
} as const satisfies Route;

export const CveParams = Type.Object({
  cve: Type.String({ minLength: 3, maxLength: 100, pattern: '^[A-Za-z0-9][A-Za-z0-9._:-]+$' }),
});

export const getVulnerability = {
  method: 'GET',
  path: '/api/v1/fleet/vulnerabilities/:cve',
  summary: 'One vulnerability with the software that has it',
  access: 'software:read',
  reach: 'fleets',
  params: CveParams,
  query: Type.Object(FleetFilter),
  response: Type.Object({
    vulnerability: VulnerabilitySummary,
    os_versions: Type.Array(
      Type.Object({
        os_version_id: Type.Integer(),
        hosts_count: Type.Integer(),
        name: Type.String(),
        name_only: Type.String(),
        version: Type.String(),
        platform: Type.String(),
        resolved_in_version: Nullable(Type.String()),
        generated_cpes: Type.Array(Type.String()),
      }),
    ),
    software: Type.Array(
      Type.Object({
        id: Type.Integer(),
        software_title_id: Type.Integer(),
        name: Type.String(),
        version: Type.String(),
        source: Type.String(),
        browser: Type.String(),
        extension_for: Type.String(),
        generated_cpe: Type.String(),
        hosts_count: Type.Integer(),
        resolved_in_version: Nullable(Type.String()),
      }),
    ),
  }),
} as const satisfies Route;

const Feed = Nullable(Type.String({ description: 'the feed that tells it' }));
const Decision = Type.Object({
  cve: Type.String(),
  published: Type.Object({ at: Nullable(Timestamp), feed: Feed }),
  description: Type.Object({ text: Nullable(Type.String()), feed: Feed }),
  severity: Type.Object({
    level: Nullable(SeverityLevel),
    cvss_score: Nullable(Type.Number()),
    cvss_version: Nullable(Type.String()),
    feed: Feed,
  }),
  epss: Nullable(Type.Object({ probability: Type.Number(), percentile: Type.Number() })),
  exploitation: Type.Object({
    is_known: Nullable(Type.Boolean({ description: 'null: no list of exploited vulnerabilities was read yet' })),
    since: Nullable(Timestamp),
    due: Nullable(Timestamp),
    in_ransomware: Nullable(Type.Boolean()),
    feed: Feed,
  }),
  ssvc: Type.Object({
    is_automatable: Nullable(Type.Boolean()),
    technical_impact: Nullable(Type.Enum(['partial', 'total'])),
    feed: Feed,
  }),
  decision: Type.Object(
    {
      days: Nullable(Type.Integer({ description: 'null: with the next upgrade' })),
      needs_forensics: Type.Boolean(),
      is_certain: Type.Boolean({ description: 'false: the strictest that may be right, as not all is known' }),
      basis: Type.Enum(['sla', 'bod-26-04', 'severity'], {
        description:
          'the own table of the fleet or of all, the directive of CISA, or severity where its inputs are not told',
      }),
      is_asset_exposed: Nullable(
        Type.Boolean({ description: 'whether the internet reaches hosts of the fleet asked for; null: nobody said' }),
      ),
    },
    {
      description:
        'by when it is to be mended, by the policy that holds in the fleet asked for or, without one, for all',
    },
  ),
});
export type Decision = Static<typeof Decision>;

export const vulnerabilityDecision = {
  method: 'GET',
  path: '/api/v1/flotilla/vulnerabilities/:cve',
  summary: 'What decides how urgent a vulnerability is, and by when it is to be mended',
  access: 'software:read',
  reach: 'fleets',
  params: CveParams,
  query: Type.Object(FleetFilter),
  response: Decision,
} as const satisfies Route;

export const Finding = Type.Object({
  cve: Type.String(),
  version_id: Type.Integer(),
  title_id: Type.Integer(),
  name: Type.String(),
  version: Type.String(),
  source: Type.String(),
  context: Type.String({ description: 'the distribution release it was judged in; empty for none' }),
  verdict: Type.Enum(['affected', 'unknown']),
  is_active: Type.Boolean({ description: 'false: the distribution calls it no security matter, or nobody can tell' }),
  state: FindingState,
  since: Timestamp,
  fix_version: Nullable(Type.String()),
  fix_from: Nullable(Type.String({ description: 'the feed that names the fix' })),
  remark: Nullable(Type.String()),
  reason: Nullable(Type.String({ description: 'why it is unknown' })),
  cisa_known_exploit: Type.Boolean(),
  cvss_score: Nullable(Type.Number()),
  severity: Nullable(SeverityLevel),
  due_at: Nullable(Timestamp),
  exception: Nullable(
    Type.Object(
      { id: Type.Integer(), status: ExceptionStatus, until: Nullable(Timestamp) },
      { description: 'by which it does not count, on this host or in the fleets that were asked for' },
    ),
  ),
  evidence: Type.Object({
    feed: Type.String(),
    advisory: Type.String(),
    key: Type.String(),
    range: Nullable(
      Type.Object({
        introduced: Type.Optional(Type.String()),
        after: Type.Optional(Type.String({ description: 'affected are versions after this one' })),
        fixed: Type.Optional(Type.String()),
        lastAffected: Type.Optional(Type.String()),
      }),
    ),
    comparator: Type.String(),
    compared: Type.String({ description: 'the version that was compared with the range' }),
    identity: Type.Object({
      name: Type.String(),
      version: Type.String(),
      rule: Type.Optional(Type.String({ description: 'of the curated data, that named it' })),
    }),
    confidence: Type.String(),
  }),
});
export type Finding = Static<typeof Finding>;

const findingList = { findings: Type.Array(Finding), count: Type.Integer(), meta: Meta };

export const vulnerabilityFindings = {
  method: 'GET',
  path: '/api/v1/flotilla/vulnerabilities/:cve/findings',
  summary: 'The software a vulnerability was found in, each with its evidence',
  access: 'software:read',
  reach: 'fleets',
  params: CveParams,
  query: Type.Object({ ...FleetFilter, ...Paging }),
  response: Type.Object(findingList),
} as const satisfies Route;

export const hostFindings = {
  method: 'GET',
  path: '/api/v1/flotilla/hosts/:id/findings',
  summary: 'What was found on a host, with the evidence',
  access: 'hosts:read',
  reach: 'fleets',
  params: IdParams,
  query: Type.Object({
    ...Paging,
    query: Type.Optional(Type.String({ maxLength: 255 })),
    state: Type.Optional(FindingState),
  }),
  response: Type.Object(findingList),
} as const satisfies Route;
