import Type, { type Static } from 'typebox';
import type { Route } from './route.ts';
import { FleetFilter, IdParams, Meta, Nullable, OrderKey, Paging, Timestamp } from './shapes.ts';

export const actionOrderKeys = ['risk', 'findings', 'hosts', 'due'] as const;
export const actionSeverities = ['low', 'medium', 'high', 'critical'] as const;

const SeverityLevel = Type.Enum(['none', ...actionSeverities]);

/** One update and what it takes away; where no version with a fix is known, what is open. */
export const Action = Type.Object({
  id: Type.Integer(),
  kind: Type.Enum(['package', 'system', 'program'], {
    description:
      'package: all that a distribution builds from one source; system: an operating system; program: a title',
  }),
  name: Type.String(),
  context: Type.String({ description: 'the distribution release it is for; empty where it is for none' }),
  fix_version: Nullable(
    Type.String({ description: 'the version that takes most risk away; null: the feeds name no version with a fix' }),
  ),
  is_exact: Type.Boolean({
    description:
      'false: figures come from counters of versions; a host with several of a title counts more than once, and of several ' +
      'packages of one source the one that counts most stands for all. The action itself is always exact',
  }),
  hosts_count: Type.Integer({ description: 'hosts that it concerns' }),
  findings_count: Type.Integer({ description: 'pairs of a host and a vulnerability' }),
  vulnerabilities_count: Type.Integer({ description: 'different ones; not exact: in the version with most' }),
  exploited_count: Type.Integer({ description: 'of these, known to be exploited' }),
  unfixed_count: Type.Integer({
    description: 'pairs of the same software that stay, as no fix is known or not in this version',
  }),
  exposure: Type.Number({ description: 'what is taken from the exposure of the fleets: decision 0025' }),
  severity: Nullable(SeverityLevel),
  due_at: Nullable(Timestamp),
  titles: Type.Array(Type.Object({ id: Type.Integer(), name: Type.String() }), {
    description: 'those most hosts have first, at most 20',
  }),
  packages: Type.Array(
    Type.Object({
      title_id: Type.Integer(),
      title: Type.String(),
      installer_id: Type.Integer(),
      name: Type.String(),
      version: Type.String(),
    }),
    { description: 'in the library, of this version or newer: ready for a rollout' },
  ),
  rollout_id: Nullable(Type.Integer({ description: 'one of such a package that is under way' })),
});
export type Action = Static<typeof Action>;

export const listActions = {
  method: 'GET',
  path: '/api/v1/flotilla/actions',
  summary: 'What to update, by the risk it takes away; what has no known fix comes last',
  access: 'updates:read',
  reach: 'fleets',
  query: Type.Object({
    ...FleetFilter,
    ...Paging,
    ...OrderKey(actionOrderKeys),
    query: Type.Optional(Type.String({ maxLength: 255, description: 'part of the name' })),
    exploited: Type.Optional(Type.Boolean({ description: 'only those that end a known exploited vulnerability' })),
    has_package: Type.Optional(Type.Boolean({ description: 'whether the library has a package for it' })),
    has_fix: Type.Optional(Type.Boolean({ description: 'whether a version with a fix is known' })),
    severity: Type.Optional(Type.Enum(actionSeverities, { description: 'the worst is at least this' })),
  }),
  response: Type.Object({
    count: Type.Integer(),
    counts_updated_at: Nullable(Timestamp),
    actions: Type.Array(Action),
    meta: Meta,
  }),
} as const satisfies Route;

export const getAction = {
  method: 'GET',
  path: '/api/v1/flotilla/actions/:id',
  summary: 'One action, counted exactly',
  access: 'updates:read',
  reach: 'fleets',
  params: IdParams,
  query: Type.Object(FleetFilter),
  response: Type.Object({ action: Action }),
} as const satisfies Route;

/** A vulnerability in the software of an action. */
export const ActionVulnerability = Type.Object({
  cve: Type.String(),
  hosts_count: Type.Integer({
    description: 'hosts that the update frees of it; these add up to the findings of the action',
  }),
  unfixed_count: Type.Integer({ description: 'hosts that keep it' }),
  cisa_known_exploit: Type.Boolean(),
  cvss_score: Nullable(Type.Number()),
  severity: Nullable(SeverityLevel),
  exposure: Type.Number({ description: 'of all its hosts' }),
  due_at: Nullable(Timestamp),
});
export type ActionVulnerability = Static<typeof ActionVulnerability>;

export const actionVulnerabilities = {
  method: 'GET',
  path: '/api/v1/flotilla/actions/:id/vulnerabilities',
  summary: 'The vulnerabilities behind an action, counted exactly, most risk first',
  access: 'updates:read',
  reach: 'fleets',
  params: IdParams,
  query: Type.Object({ ...FleetFilter, ...Paging }),
  response: Type.Object({ count: Type.Integer(), vulnerabilities: Type.Array(ActionVulnerability), meta: Meta }),
} as const satisfies Route;
