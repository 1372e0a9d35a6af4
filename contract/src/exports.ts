import Type from 'typebox';
import { HostFilters } from './hosts.ts';
import type { Route } from './route.ts';
import { Id } from './shapes.ts';
import { listTitles, listVersions } from './software.ts';
import { listVulnerabilities } from './vulnerabilities.ts';

/** An export has the filters and the order of the list it is of, and no pages: it is the list to its end. */
const asFile = { method: 'GET', reach: 'fleets' } as const;
const Format = <F extends string[]>(formats: readonly [...F]) => ({
  format: Type.Optional(Type.Enum(formats, { description: 'csv unless said otherwise' })),
});
const Include = {
  include: Type.Optional(Type.Enum(['vulnerabilities'], { description: 'with what was found; CycloneDX only' })),
};

const { page: _1, per_page: _2, cursor: _3, after: _4, ...versionFilters } = listVersions.query.properties;
export const exportVersions = {
  ...asFile,
  path: '/api/v1/flotilla/export/software-versions',
  summary: 'The list of software versions as a file; as CycloneDX a bill of materials of what the filters find',
  access: 'software:read',
  query: Type.Object({ ...versionFilters, ...Format(['csv', 'json', 'cyclonedx']), ...Include }),
} as const satisfies Route;

const { page: _5, per_page: _6, cursor: _7, ...titleFilters } = listTitles.query.properties;
export const exportTitles = {
  ...asFile,
  path: '/api/v1/flotilla/export/software-titles',
  summary: 'The list of software titles as a file',
  access: 'software:read',
  query: Type.Object({ ...titleFilters, ...Format(['csv', 'json']) }),
} as const satisfies Route;

const {
  page: _8,
  per_page: _9,
  cursor: _10,
  after: _11,
  ...vulnerabilityFilters
} = listVulnerabilities.query.properties;
export const exportVulnerabilities = {
  ...asFile,
  path: '/api/v1/flotilla/export/vulnerabilities',
  summary: 'The list of vulnerabilities as a file',
  access: 'software:read',
  query: Type.Object({ ...vulnerabilityFilters, ...Format(['csv', 'json']) }),
} as const satisfies Route;

export const exportHosts = {
  ...asFile,
  path: '/api/v1/flotilla/export/hosts',
  summary: 'The list of hosts as a file',
  access: 'hosts:read',
  query: Type.Object({ ...HostFilters.properties, ...Format(['csv', 'json']) }),
} as const satisfies Route;

export const exportHostSoftware = {
  ...asFile,
  path: '/api/v1/flotilla/export/host-software',
  summary:
    'What is on each host that the filters find, a row for each host and version; as CycloneDX the bill of materials of one host',
  access: 'hosts:read',
  query: Type.Object({
    ...HostFilters.properties,
    host_id: Type.Optional(Id),
    ...Format(['csv', 'json', 'cyclonedx']),
    ...Include,
  }),
} as const satisfies Route;
