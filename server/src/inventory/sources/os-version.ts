import { type SoftwareSource, software } from '../software.ts';

/** The operating system itself, as software of the host. Windows needs more than its row here: see `windows-version.ts`. */
export const osVersion: SoftwareSource = {
  source: 'operating_systems',
  part: 'os',
  queryName: 'fleet_detail_query_os_version',
  platforms: ['linux', 'darwin', 'chrome'],
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
