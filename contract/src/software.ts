import Type, { type Static } from 'typebox';
import { EndOfLife } from './end-of-life.ts';
import { Package, PackageSummary } from './packages.ts';
import type { Route } from './route.ts';
import { Cursor, FleetFilter, IdParams, Meta, Nullable, OrderKey, Paging, Timestamp } from './shapes.ts';

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
      end_of_life: Nullable(EndOfLife),
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
  end_of_life: Nullable(EndOfLife),
};
export const Version = Type.Object({ ...versionFields, software_title_id: Type.Integer() });
export type Version = Static<typeof Version>;

/** Text is found in names and in vulnerabilities; one character finds names that begin with it. */
const search = { query: Type.Optional(Type.String({ maxLength: 255 })) };
const counts = { count: Type.Integer(), counts_updated_at: Nullable(Timestamp), meta: Meta };

const Score = (description: string) => Type.Optional(Type.Number({ minimum: 0, maximum: 10, description }));
export const riskFilters = {
  vulnerable: Type.Optional(Type.Boolean({ description: 'only what something was found in' })),
  exploit: Type.Optional(Type.Boolean({ description: 'known to be exploited; needs `vulnerable`' })),
  min_cvss_score: Score('needs `vulnerable`; where no score is known, none is at least this'),
  max_cvss_score: Score('needs `vulnerable`; where no score is known, none is at most this'),
};

const softwareList = {
  ...FleetFilter,
  ...Paging,
  ...Cursor,
  ...search,
  ...riskFilters,
  source: Type.Optional(Type.String({ maxLength: 64 })),
};

export const installablePlatforms = [
  'macos',
  'darwin',
  'windows',
  'linux',
  'chrome',
  'ios',
  'ipados',
  'android',
] as const;

export const titleOrderKeys = [
  'name',
  'hosts_count',
  'cve_published',
  'cvss_score',
  'epss_probability',
  'cisa_known_exploit',
] as const;
export const listTitles = {
  method: 'GET',
  path: '/api/v1/fleet/software/titles',
  summary: 'Software titles on the hosts of all fleets or of one',
  access: 'software:read',
  reach: 'fleets',
  query: Type.Object({
    ...softwareList,
    ...OrderKey(titleOrderKeys),
    available_for_install: Type.Optional(Type.Boolean({ description: 'only titles with a package in the library' })),
    self_service: Type.Optional(Type.Boolean({ description: 'only titles with a package that users may install' })),
    packages_only: Type.Optional(Type.Boolean({ description: 'only titles with a package somebody uploaded' })),
    exclude_fleet_maintained_apps: Type.Optional(Type.Boolean({ description: 'of installable titles those uploaded' })),
    platform: Type.Optional(
      Type.String({
        maxLength: 100,
        pattern: `^(${installablePlatforms.join('|')})(,(${installablePlatforms.join('|')}))*$`,
        description: `only titles with a package for one of ${installablePlatforms.join(', ')}; needs \`fleet_id\``,
      }),
    ),
    hash_sha256: Type.Optional(
      Type.String({ pattern: '^[0-9a-fA-F]{64}$', description: 'of a package; needs `fleet_id`' }),
    ),
    package_name: Type.Optional(
      Type.String({ maxLength: 255, description: 'file name of a package; needs `fleet_id`' }),
    ),
  }),
  response: Type.Object({ ...counts, software_titles: Type.Array(TitleListItem) }),
} as const satisfies Route;

export const getTitle = {
  method: 'GET',
  path: '/api/v1/fleet/software/titles/:id',
  summary: 'One software title with its versions',
  access: 'software:read',
  reach: 'fleets',
  params: IdParams,
  query: Type.Object(FleetFilter),
  response: Type.Object({ software_title: Title }),
} as const satisfies Route;

export const renameTitle = {
  method: 'PATCH',
  path: '/api/v1/fleet/software/titles/:id/name',
  summary: 'Give a title that is told by its bundle id another name, which stays when apps report theirs',
  access: 'server:write',
  status: 205,
  params: IdParams,
  body: Type.Object({ name: Type.String({ minLength: 1, maxLength: 255, pattern: '\\S' }) }),
} as const satisfies Route;

export const versionOrderKeys = [
  'name',
  'hosts_count',
  'cve_published',
  'cvss_score',
  'epss_probability',
  'cisa_known_exploit',
] as const;
const versionsQuery = Type.Object({
  ...softwareList,
  ...OrderKey(versionOrderKeys),
  after: Type.Optional(Type.String({ maxLength: 255, description: 'the last value of `order_key` that was seen' })),
  without_vulnerability_details: Type.Optional(
    Type.Boolean({ description: 'of vulnerabilities only their names and where to read about them' }),
  ),
});

export const listVersions = {
  method: 'GET',
  path: '/api/v1/fleet/software/versions',
  summary: 'Software versions on the hosts of all fleets or of one',
  access: 'software:read',
  reach: 'fleets',
  query: versionsQuery,
  response: Type.Object({ ...counts, software: Type.Array(Type.Object(versionFields)) }),
} as const satisfies Route;

export const getVersion = {
  method: 'GET',
  path: '/api/v1/fleet/software/versions/:id',
  summary: 'One software version',
  access: 'software:read',
  reach: 'fleets',
  params: IdParams,
  query: Type.Object(FleetFilter),
  response: Type.Object({ software: Version }),
} as const satisfies Route;

/** Older names of the routes by version, which programs still use. */
export const olderVersions = {
  list: { ...listVersions, path: '/api/v1/fleet/software', summary: 'Older name of the list of versions' },
  get: { ...getVersion, path: '/api/v1/fleet/software/:id', summary: 'Older name of one version' },
  count: {
    ...listVersions,
    path: '/api/v1/fleet/software/count',
    summary: 'How many versions there are, with the filters of their list',
    response: Type.Object({ count: Type.Integer(), counts_updated_at: Nullable(Timestamp) }),
  },
} as const satisfies Record<string, Route>;

const OsVersion = Type.Object({
  os_version_id: Type.Integer(),
  hosts_count: Type.Integer(),
  name: Type.String(),
  name_only: Type.String(),
  version: Type.String(),
  platform: Type.String(),
  generated_cpes: Type.Array(Type.String()),
  end_of_life: Nullable(EndOfLife),
  vulnerabilities_count: Type.Integer({ description: 'of Linux those of the kernels that its hosts run' }),
  vulnerabilities: Type.Array(Vulnerability),
});
const most = {
  max_vulnerabilities: Type.Optional(
    Type.Integer({ minimum: 0, maximum: 10_000, description: 'list no more of each; their count stays whole' }),
  ),
};

export const listOsVersions = {
  method: 'GET',
  path: '/api/v1/fleet/os_versions',
  summary: 'Operating system versions with their hosts',
  access: 'software:read',
  reach: 'fleets',
  query: Type.Object({
    ...FleetFilter,
    ...Paging,
    ...Cursor,
    ...OrderKey(['hosts_count']),
    ...most,
    platform: Type.Optional(Type.String({ maxLength: 255 })),
    os_name: Type.Optional(Type.String({ maxLength: 255 })),
    os_version: Type.Optional(Type.String({ maxLength: 255 })),
  }),
  response: Type.Object({ ...counts, os_versions: Type.Array(OsVersion) }),
} as const satisfies Route;

export const getOsVersion = {
  method: 'GET',
  path: '/api/v1/fleet/os_versions/:id',
  summary: 'One operating system version, of Linux with the kernels that its hosts run',
  access: 'software:read',
  reach: 'fleets',
  params: IdParams,
  query: Type.Object({ ...FleetFilter, ...most }),
  response: Type.Object({
    counts_updated_at: Nullable(Timestamp),
    os_version: Type.Object({
      ...OsVersion.properties,
      kernels: Type.Array(
        Type.Object({
          id: Type.Integer({ description: 'id of the software version' }),
          version: Type.String(),
          vulnerabilities: Type.Array(Type.String()),
          hosts_count: Type.Integer(),
        }),
      ),
    }),
  }),
} as const satisfies Route;
