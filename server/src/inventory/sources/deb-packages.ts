import { type SoftwareSource, software } from '../software.ts';

/**
 * Debian packages. osquery's `source` column is the source package, `openssl` or `bash (5.2.15-2)` when its version differs
 * from the binary's (dpkg's Source field), empty when both agree with the binary.
 */
export const debPackages: SoftwareSource = {
  source: 'deb_packages',
  part: 'deb',
  queryName: 'fleet_detail_query_software_deb',
  platforms: ['linux'],
  weight: 'bulky',
  query: `SELECT name, version, 'deb_packages' AS source, source AS source_package, arch
FROM deb_packages WHERE status LIKE '% ok installed'`,
  toSoftware: (row) =>
    software({
      source: 'deb_packages',
      name: row.name ?? '',
      version: row.version ?? '',
      arch: row.arch ?? '',
      ...originOf(row),
    }),
};

/** The source package of a row with dpkg's `source_package`, `name` and `version`. */
export function originOf(row: { source_package?: string; name?: string; version?: string }) {
  const [, name, version] = /^(\S+)(?: \((\S+)\))?$/.exec(row.source_package ?? '') ?? [];
  return { sourcePackage: name ?? row.name ?? '', sourceVersion: version ?? row.version ?? '' };
}
