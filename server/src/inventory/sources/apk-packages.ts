import { type SoftwareSource, software } from '../software.ts';

/** Alpine packages, where an extension of osquery lists them. */
export const apkPackages: SoftwareSource = {
  source: 'apk_packages',
  part: 'apk',
  queryName: 'fleet_detail_query_software_apk',
  platforms: ['linux'],
  weight: 'bulky',
  optional: true,
  query: `SELECT name, version, 'apk_packages' AS source, arch FROM apk_packages`,
  toSoftware: (row) =>
    software({
      source: 'apk_packages',
      name: row.name ?? '',
      version: row.version ?? '',
      arch: row.arch ?? '',
    }),
};
