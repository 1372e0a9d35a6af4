import { type SoftwareSource, software } from '../software.ts';

/** The operating system itself, as software of the host. */
export const osVersion: SoftwareSource = {
  part: 'os',
  queryName: 'fleet_detail_query_os_version',
  platforms: ['linux', 'darwin', 'windows', 'chrome'],
  weight: 'light',
  query: 'SELECT * FROM os_version LIMIT 1',
  toSoftware: (row) =>
    software({
      kind: 'os',
      source: 'operating_systems',
      name: row.name ?? '',
      version: row.version ?? '',
      vendor: row.platform ?? '',
      arch: row.arch ?? '',
    }),
};
