import { type SoftwareSource, software } from '../software.ts';

/** Gentoo packages. Their name holds the category: `app-shells/bash`. */
export const portagePackages: SoftwareSource = {
  source: 'portage_packages',
  part: 'portage',
  queryName: 'fleet_detail_query_software_portage',
  platforms: ['linux'],
  weight: 'bulky',
  query: `SELECT package AS name, version, 'portage_packages' AS source FROM portage_packages`,
  toSoftware: (row) =>
    software({
      source: 'portage_packages',
      name: row.name ?? '',
      version: row.version ?? '',
    }),
};
