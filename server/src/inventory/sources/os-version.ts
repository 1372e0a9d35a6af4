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
      version: withResponse(row),
      vendor: row.platform ?? '',
      arch: row.arch ?? '',
    }),
};

/**
 * A rapid security response of Apple comes beside the version that it is for: `(a)`. Together they are what Apple calls the release
 * (https://support.apple.com/102657).
 */
const withResponse = ({ platform, version = '', extra = '' }: Record<string, string>) =>
  platform === 'darwin' && /^\([a-z]\)$/.test(extra) ? `${version} ${extra}` : version;
