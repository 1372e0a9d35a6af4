import Type, { type Static } from 'typebox';
import { HostPackage, InstallStatus } from './packages.ts';
import type { Route } from './route.ts';
import { Cursor, IdParams, Meta, Nullable, OrderKey, Paging, SignatureInformation, Timestamp } from './shapes.ts';
import { riskFilters } from './software.ts';

const search = { query: Type.Optional(Type.String({ maxLength: 255 })) };

export const HostTitle = Type.Object({
  id: Type.Integer({ description: 'id of the software title' }),
  name: Type.String(),
  display_name: Type.String(),
  icon_url: Type.Null(),
  source: Type.String(),
  extension_for: Type.String(),
  upgrade_code: Type.Optional(Type.String()),
  status: Nullable(InstallStatus),
  software_package: Nullable(HostPackage),
  app_store_app: Type.Null(),
  installed_versions: Type.Array(
    Type.Object({
      version: Type.String(),
      bundle_identifier: Type.Optional(Type.String()),
      last_opened_at: Type.Optional(Timestamp),
      vulnerabilities: Nullable(Type.Array(Type.String())),
      installed_paths: Type.Array(Type.String()),
      signature_information: Type.Optional(Type.Array(SignatureInformation)),
    }),
  ),
});
export type HostTitle = Static<typeof HostTitle>;

export const listHostSoftware = {
  method: 'GET',
  path: '/api/v1/fleet/hosts/:id/software',
  summary: 'Software titles on one host',
  access: 'hosts:read',
  reach: 'fleets',
  params: IdParams,
  query: Type.Object({
    ...Paging,
    ...Cursor,
    ...OrderKey(['name']),
    ...search,
    ...riskFilters,
    after: Type.Optional(Type.String({ maxLength: 255, description: 'the last name that was seen' })),
    available_for_install: Type.Optional(
      Type.Boolean({ description: 'only titles with a package, also if not installed' }),
    ),
    self_service: Type.Optional(Type.Boolean({ description: 'only titles that the user may install' })),
    macos_applications: Type.Optional(Type.Boolean({ description: 'of a Mac only apps in its Applications folder' })),
  }),
  response: Type.Object({ count: Type.Integer(), software: Type.Array(HostTitle), meta: Meta }),
} as const satisfies Route;

/** One software on one host, from when it was first reported to when it was missing. */
export const Interval = Type.Object({
  version_id: Type.Integer(),
  title_id: Type.Integer(),
  name: Type.String(),
  version: Type.String(),
  release: Type.String(),
  arch: Type.String(),
  source: Type.String(),
  kind: Type.Enum(['normal', 'kernel', 'os', 'patch']),
  since: Timestamp,
  last_seen: Nullable(Timestamp),
  gone: Nullable(Timestamp),
});
export type Interval = Static<typeof Interval>;

export const softwareAt = {
  method: 'GET',
  path: '/api/v1/flotilla/hosts/:id/software-at',
  summary: 'What was on the host at a moment',
  access: 'hosts:read',
  reach: 'fleets',
  params: IdParams,
  query: Type.Object({ at: Timestamp, ...Paging, ...search }),
  response: Type.Object({ at: Timestamp, count: Type.Integer(), software: Type.Array(Interval), meta: Meta }),
} as const satisfies Route;

export const Change = Type.Object({
  title_id: Type.Integer(),
  version_id: Type.Integer(),
  name: Type.String(),
  source: Type.String(),
  kind: Type.Enum(['normal', 'kernel', 'os', 'patch']),
  version: Nullable(Type.String({ description: 'null when removed' })),
  previous_version: Nullable(Type.String({ description: 'null when added' })),
});

const none = 'of another kind of event: 0 or empty';
export const TimelineEvent = Type.Object({
  at: Timestamp,
  kind: Type.Enum(['enrolled', 'software_changed', 'findings_changed', 'task', 'policy']),
  added_count: Type.Integer({ description: none }),
  removed_count: Type.Integer({ description: none }),
  updated_count: Type.Integer({ description: none }),
  changes: Type.Array(Change, { description: 'the first 50 by name' }),
  findings: Type.Object({
    opened: Type.Array(Type.String(), { description: 'the first 50 by name' }),
    closed: Type.Array(Type.String(), { description: 'the first 50 by name' }),
    opened_count: Type.Integer(),
    closed_count: Type.Integer(),
  }),
  task: Nullable(
    Type.Object({
      id: Type.String(),
      kind: Type.Enum(['install', 'uninstall', 'script']),
      title: Type.String(),
      version: Type.String(),
      to: Type.String({ description: 'the state it went to' }),
      by: Type.String(),
      reason: Type.String(),
    }),
  ),
  policy: Nullable(Type.Object({ id: Type.Integer(), name: Type.String(), response: Type.Enum(['pass', 'fail', '']) })),
});
export type TimelineEvent = Static<typeof TimelineEvent>;

export const hostTimeline = {
  method: 'GET',
  path: '/api/v1/flotilla/hosts/:id/timeline',
  summary: 'What happened on the host, newest first; `before` continues an earlier answer',
  access: 'hosts:read',
  reach: 'fleets',
  params: IdParams,
  query: Type.Object({
    before: Type.Optional(Timestamp),
    per_page: Type.Optional(Type.Integer({ minimum: 1, maximum: 200 })),
  }),
  response: Type.Object({ events: Type.Array(TimelineEvent), next_before: Nullable(Timestamp) }),
} as const satisfies Route;

export const Part = Type.Object({
  part: Type.String(),
  ok_at: Nullable(Timestamp),
  software_count: Nullable(Type.Integer()),
  held: Type.Boolean({ description: 'a sudden large shrink waits for a second answer' }),
  error: Nullable(Type.String({ description: 'why the last answer could not replace the part' })),
  problems: Type.Array(
    Type.Object({
      reason: Type.String(),
      count: Type.Integer(),
      example: Type.String({ description: 'the start of one such row' }),
    }),
  ),
});
export type Part = Static<typeof Part>;

export const hostInventory = {
  method: 'GET',
  path: '/api/v1/flotilla/hosts/:id/inventory',
  summary: 'How fresh each part of the inventory is, and which rows could not be understood',
  access: 'hosts:read',
  reach: 'fleets',
  params: IdParams,
  response: Type.Object({
    parts: Type.Array(Part),
    running_kernel: Nullable(Type.String()),
    installed_kernels: Type.Array(Type.String(), {
      description: 'versions of kernel packages; a restart is pending while the newest of them is not the running one',
    }),
    judged_as: Nullable(
      Type.String({
        description: 'the distribution release whose advisories speak for the host, as ubuntu-22.04 for Linux Mint 21',
      }),
    ),
    problems: Type.Array(
      Type.Object({ at: Timestamp, kind: Type.String(), detail: Type.String(), count: Type.Integer() }),
    ),
  }),
} as const satisfies Route;
