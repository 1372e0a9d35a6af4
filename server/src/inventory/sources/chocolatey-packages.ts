import { type SoftwareSource, software } from '../software.ts';

/** Packages of Chocolatey. */
export const chocolateyPackages: SoftwareSource = {
  source: 'chocolatey_packages',
  part: 'chocolatey',
  queryName: 'fleet_detail_query_software_chocolatey',
  platforms: ['windows'],
  weight: 'bulky',
  query: `SELECT name, version, 'chocolatey_packages' AS source, author AS vendor, path AS installed_path FROM chocolatey_packages`,
  toSoftware: (row) =>
    software({
      source: 'chocolatey_packages',
      name: row.name ?? '',
      version: row.version ?? '',
      vendor: row.vendor ?? '',
      installedPath: row.installed_path ?? '',
    }),
};
