import Type, { type Static } from 'typebox';
import type { Route } from './route.ts';
import { FleetFilter, Id, IdParams, Meta, Nullable, Paging, Timestamp } from './shapes.ts';

/** A title of which hosts have something older than the newest package of the library. */
export const Behind = Type.Object({
  title_id: Type.Integer(),
  title: Type.String(),
  source: Type.String(),
  installer_id: Type.Integer(),
  newest_version: Type.String(),
  package: Type.String(),
  hosts_count: Type.Integer({ description: 'hosts that have an older version' }),
  versions: Type.Array(Type.Object({ id: Type.Integer(), version: Type.String(), hosts_count: Type.Integer() })),
  vulnerabilities: Type.Array(Type.String(), { description: 'found in the older versions' }),
});
export type Behind = Static<typeof Behind>;

export const listBehind = {
  method: 'GET',
  path: '/api/v1/flotilla/updates/behind',
  summary: 'What is older on hosts than in the library, most hosts first',
  access: 'updates:read',
  reach: 'fleets',
  query: Type.Object({
    ...FleetFilter,
    ...Paging,
    title_id: Type.Optional(Type.Integer({ minimum: 1, maximum: 2147483647 })),
  }),
  response: Type.Object({ count: Type.Integer(), behind: Type.Array(Behind), meta: Meta }),
} as const satisfies Route;

const CveParams = Type.Object({
  cve: Type.String({ minLength: 3, maxLength: 100, pattern: '^[A-Za-z0-9][A-Za-z0-9._:-]+$' }),
});

/** One update that clears a vulnerability from hosts, or what is missing for it. */
export const Proposal = Type.Object({
  title_id: Type.Integer(),
  title: Type.String(),
  source: Type.String(),
  hosts_count: Type.Integer({ description: 'hosts that have the vulnerability by this title' }),
  fix_version: Nullable(Type.String({ description: 'the version the feeds name; null when none is known' })),
  package: Nullable(
    Type.Object({
      installer_id: Type.Integer(),
      name: Type.String(),
      version: Type.String(),
    }),
  ),
  why_not: Type.String({ description: 'what stands in the way of a rollout, in a sentence; else empty' }),
  rollout_id: Nullable(Type.Integer({ description: 'one that is under way for this already' })),
});
export type Proposal = Static<typeof Proposal>;

export const vulnerabilityUpdates = {
  method: 'GET',
  path: '/api/v1/flotilla/vulnerabilities/:cve/updates',
  summary: 'Which updates from the library clear a vulnerability',
  access: 'updates:read',
  reach: 'fleets',
  params: CveParams,
  query: Type.Object(FleetFilter),
  response: Type.Object({ proposals: Type.Array(Proposal) }),
} as const satisfies Route;

export const rolloutStates = ['running', 'paused', 'halted', 'aborted', 'done'] as const;
export const ringStates = ['waiting', 'open', 'passed', 'halted', 'aborted'] as const;

const Gate = Type.Object({
  success_share: Type.Number({ minimum: 0, maximum: 1, description: 'of all hosts of the ring' }),
  minimum_successes: Type.Integer({ minimum: 0, description: 'at least this many, or all hosts of a smaller ring' }),
});
export type Gate = Static<typeof Gate>;

/** The funnel of a ring. Each host is in one place; silent ones stay in it. */
export const Funnel = Type.Object({
  targeted: Type.Integer(),
  queued: Type.Integer({ description: 'not taken by the host yet' }),
  running: Type.Integer({ description: 'the host downloads or installs' }),
  reported: Type.Integer({ description: 'the host says so, inventory does not yet' }),
  verified: Type.Integer(),
  failed: Type.Integer({ description: 'failed, unverified, lost, expired' }),
  cancelled: Type.Integer(),
  already: Type.Integer({ description: 'had it before the ring opened: counted with the verified' }),
});
export type Funnel = Static<typeof Funnel>;

export const Ring = Type.Object({
  no: Type.Integer(),
  percent: Type.Number({ description: 'of the target' }),
  state: Type.Enum(ringStates),
  opened_at: Nullable(Timestamp),
  passed_at: Nullable(Timestamp),
  funnel: Funnel,
  gate_words: Type.String({ description: 'what the ring waits for, or why it halted, in a sentence' }),
});
export type Ring = Static<typeof Ring>;

const summary = {
  id: Type.Integer(),
  name: Type.String(),
  team_id: Nullable(Type.Integer({ description: 'null: hosts of all fleets' })),
  team_name: Nullable(Type.String()),
  fleet_id: Nullable(Type.Integer({ description: 'null: hosts of all fleets' })),
  fleet_name: Nullable(Type.String()),
  title_id: Type.Integer(),
  title: Type.String(),
  installer_id: Type.Integer(),
  version: Type.String(),
  package: Type.String(),
  cve: Nullable(Type.String()),
  state: Type.Enum(rolloutStates),
  reason: Type.String({ description: 'why it is paused, halted or aborted, in a sentence' }),
  gate: Gate,
  hosts_count: Type.Integer(),
  created_by: Type.String(),
  created_at: Timestamp,
  ended_at: Nullable(Timestamp),
  rings: Type.Array(Ring),
};
export const Rollout = Type.Object(summary);
export type Rollout = Static<typeof Rollout>;

export const listRollouts = {
  method: 'GET',
  path: '/api/v1/flotilla/rollouts',
  summary: 'Rollouts, newest first',
  access: 'updates:read',
  reach: 'fleets',
  query: Type.Object({ ...FleetFilter, ...Paging, state: Type.Optional(Type.Enum(rolloutStates)) }),
  response: Type.Object({ count: Type.Integer(), rollouts: Type.Array(Rollout), meta: Meta }),
} as const satisfies Route;

/** Where the hosts come from: all that are behind, or those with a vulnerability by this title; of one fleet or of all. */
const body = {
  fleet_id: Type.Optional(Nullable(Id)),
  title_id: Type.Integer({ minimum: 1, maximum: 2147483647 }),
  installer_id: Type.Optional(Type.Integer({ minimum: 1, description: 'absent: the newest package' })),
  cve: Type.Optional(CveParams.properties.cve),
  first_ring_percent: Type.Optional(Type.Number({ exclusiveMinimum: 0, maximum: 100, description: '10 unless said' })),
  gate: Type.Optional(Gate),
};

export const previewRollout = {
  method: 'POST',
  path: '/api/v1/flotilla/rollouts/preview',
  summary: 'What a rollout would do to the hosts of today; changes nothing',
  access: 'updates:read',
  reach: 'fleets',
  body: Type.Object(body),
  response: Type.Object({
    title: Type.String(),
    version: Type.String(),
    package: Type.String(),
    gate: Gate,
    hosts_count: Type.Integer(),
    online_count: Type.Integer(),
    rings: Type.Array(Type.Object({ no: Type.Integer(), percent: Type.Number(), hosts_count: Type.Integer() })),
    from_versions: Type.Array(Type.Object({ version: Type.String(), hosts_count: Type.Integer() })),
  }),
} as const satisfies Route;

export const createRollout = {
  method: 'POST',
  path: '/api/v1/flotilla/rollouts',
  summary: 'Start a rollout: its first ring opens at once',
  access: 'updates:write',
  reach: 'fleets',
  body: Type.Object({ ...body, name: Type.Optional(Type.String({ minLength: 1, maxLength: 255 })) }),
  response: Type.Object({ rollout: Rollout }),
} as const satisfies Route;

export const getRollout = {
  method: 'GET',
  path: '/api/v1/flotilla/rollouts/:id',
  summary: 'One rollout with its funnel',
  access: 'updates:read',
  reach: 'fleets',
  params: IdParams,
  response: Type.Object({ rollout: Rollout }),
} as const satisfies Route;

export const rolloutHosts = {
  method: 'GET',
  path: '/api/v1/flotilla/rollouts/:id/hosts',
  summary: 'The hosts of a rollout and where each is',
  access: 'updates:read',
  reach: 'fleets',
  params: IdParams,
  query: Type.Object({
    ...Paging,
    ring: Type.Optional(Type.Integer({ minimum: 1 })),
    place: Type.Optional(
      Type.Enum(['waiting', 'queued', 'running', 'reported', 'verified', 'failed', 'cancelled', 'already']),
    ),
  }),
  response: Type.Object({
    count: Type.Integer(),
    hosts: Type.Array(
      Type.Object({
        id: Type.Integer(),
        display_name: Type.String(),
        ring: Type.Integer(),
        place: Type.String(),
        task_id: Nullable(Type.String()),
        reason: Type.String(),
      }),
    ),
    meta: Meta,
  }),
} as const satisfies Route;

const change = {
  method: 'POST',
  access: 'updates:write',
  reach: 'fleets',
  params: IdParams,
  body: Type.Object({ reason: Type.Optional(Type.String({ maxLength: 1000 })) }),
  response: Type.Object({ rollout: Rollout }),
} as const;

export const pauseRollout = {
  ...change,
  path: '/api/v1/flotilla/rollouts/:id/pause',
  summary: 'Pause: nothing new begins; what runs goes on',
} as const satisfies Route;

export const resumeRollout = {
  ...change,
  path: '/api/v1/flotilla/rollouts/:id/resume',
  summary: 'Go on with a paused rollout, or with a halted one in spite of its failures',
} as const satisfies Route;

export const abortRollout = {
  ...change,
  path: '/api/v1/flotilla/rollouts/:id/abort',
  summary: 'End it: what waits is cancelled; what runs goes on',
} as const satisfies Route;
