import { type SoftwareSource, software } from '../software.ts';

/** npm packages that are installed globally. */
export const npmPackages: SoftwareSource = {
  source: 'npm_packages',
  part: 'npm',
  queryName: 'fleet_detail_query_software_npm',
  platforms: ['linux', 'darwin', 'windows'],
  optional: true,
  weight: 'bulky',
  query: `SELECT name, version, 'npm_packages' AS source, path AS installed_path FROM npm_packages`,
  toSoftware: (row) =>
    software({
      source: 'npm_packages',
      name: row.name ?? '',
      version: row.version ?? '',
      installedPath: row.installed_path ?? '',
    }),
};
