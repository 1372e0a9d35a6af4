import Type, { type Static } from 'typebox';
import { Package, PackageSummary } from './packages.ts';
import type { Route } from './route.ts';
import { FleetFilter, IdParams, Meta, Nullable, OrderKey, Paging, Timestamp } from './shapes.ts';

export const Vulnerability = Type.Object({
  cve: Type.String(),
  details_link: Type.String(),
  created_at: Timestamp,
  cvss_score: Nullable(Type.Number()),
  epss_probability: Nullable(Type.Number()),
  cisa_known_exploit: Nullable(Type.Boolean()),
  cve_published: Nullable(Timestamp),
  cve_description: Nullable(Type.String()),
  resolved_in_version: Nullable(Type.String()),
});

const identity = {
  name: Type.String(),
  display_name: Type.String(),
  source: Type.String(),
  browser: Type.String(),
  extension_for: Type.String(),
  bundle_identifier: Type.Optional(Type.String()),
  application_id: Type.Optional(Type.String()),
  upgrade_code: Type.Optional(Type.String()),
};

/** Null until vulnerabilities of this software have been judged. */
const VulnerabilityNames = Nullable(Type.Array(Type.String()));

const titleFields = {
  id: Type.Integer(),
  ...identity,
  icon_url: Type.Null(),
  hosts_count: Type.Integer(),
  versions_count: Type.Integer(),
  app_store_app: Type.Null(),
};

export const TitleListItem = Type.Object({
  ...titleFields,
  software_package: Nullable(PackageSummary),
  versions: Type.Array(
    Type.Object({ id: Type.Integer(), version: Type.String(), vulnerabilities: VulnerabilityNames }),
  ),
});
export type TitleListItem = Static<typeof TitleListItem>;

export const Title = Type.Object({
  ...titleFields,
  software_package: Nullable(Package),
  packages: Type.Array(Package, { description: 'first added first' }),
  counts_updated_at: Nullable(Timestamp),
  versions: Type.Array(
    Type.Object({
      id: Type.Integer(),
      version: Type.String(),
      vulnerabilities: VulnerabilityNames,
      hosts_count: Type.Integer(),
    }),
  ),
});
export type Title = Static<typeof Title>;

const versionFields = {
  id: Type.Integer(),
  ...identity,
  version: Type.String(),
  release: Type.Optional(Type.String()),
  vendor: Type.Optional(Type.String()),
  arch: Type.Optional(Type.String()),
  extension_id: Type.Optional(Type.String()),
  generated_cpe: Type.String(),
  hosts_count: Type.Integer(),
  vulnerabilities: Nullable(Type.Array(Vulnerability)),
};
export const Version = Type.Object({ ...versionFields, software_title_id: Type.Integer() });
export type Version = Static<typeof Version>;

const search = { query: Type.Optional(Type.String({ maxLength: 255 })) };
const counts = { count: Type.Integer(), counts_updated_at: Nullable(Timestamp), meta: Meta };

export const titleOrderKeys = ['name', 'hosts_count'] as const;
export const listTitles = {
  method: 'GET',
  path: '/api/v1/fleet/software/titles',
  summary: 'Software titles on the hosts of all fleets or of one',
  access: 'software:read',
  query: Type.Object({
    ...FleetFilter,
    ...Paging,
    ...OrderKey(titleOrderKeys),
    ...search,
    source: Type.Optional(Type.String({ maxLength: 64 })),
    available_for_install: Type.Optional(Type.Boolean({ description: 'only titles with a package in the library' })),
  }),
  response: Type.Object({ ...counts, software_titles: Type.Array(TitleListItem) }),
} as const satisfies Route;

export const getTitle = {
  method: 'GET',
  path: '/api/v1/fleet/software/titles/:id',
  summary: 'One software title with its versions',
  access: 'software:read',
  params: IdParams,
  query: Type.Object(FleetFilter),
  response: Type.Object({ software_title: Title }),
} as const satisfies Route;

export const versionOrderKeys = ['name', 'hosts_count'] as const;
export const listVersions = {
  method: 'GET',
  path: '/api/v1/fleet/software/versions',
  summary: 'Software versions on the hosts of all fleets or of one',
  access: 'software:read',
  query: Type.Object({
    ...FleetFilter,
    ...Paging,
    ...OrderKey(versionOrderKeys),
    ...search,
    source: Type.Optional(Type.String({ maxLength: 64 })),
  }),
  response: Type.Object({ ...counts, software: Type.Array(Type.Object(versionFields)) }),
} as const satisfies Route;

export const getVersion = {
  method: 'GET',
  path: '/api/v1/fleet/software/versions/:id',
  summary: 'One software version',
  access: 'software:read',
  params: IdParams,
  query: Type.Object(FleetFilter),
  response: Type.Object({ software: Version }),
} as const satisfies Route;

export const listOsVersions = {
  method: 'GET',
  path: '/api/v1/fleet/os_versions',
  summary: 'Operating system versions with their hosts',
  access: 'software:read',
  query: Type.Object({
    ...FleetFilter,
    ...Paging,
    ...OrderKey(['hosts_count']),
    platform: Type.Optional(Type.String({ maxLength: 255 })),
    os_name: Type.Optional(Type.String({ maxLength: 255 })),
    os_version: Type.Optional(Type.String({ maxLength: 255 })),
    max_vulnerabilities: Type.Optional(Type.Integer({ minimum: 0, maximum: 10_000 })),
  }),
  response: Type.Object({
    ...counts,
    os_versions: Type.Array(
      Type.Object({
        os_version_id: Type.Integer(),
        hosts_count: Type.Integer(),
        name: Type.String(),
        name_only: Type.String(),
        version: Type.String(),
        platform: Type.String(),
        generated_cpes: Type.Array(Type.String()),
        vulnerabilities_count: Type.Integer(),
        vulnerabilities: Type.Array(Vulnerability),
      }),
    ),
  }),
} as const satisfies Route;
