import { type SoftwareSource, software } from '../software.ts';

/** Arch packages. The table comes with Fleet's agent; osquery has none. */
export const pacmanPackages: SoftwareSource = {
  source: 'pacman_packages',
  part: 'pacman',
  queryName: 'fleet_detail_query_software_pacman',
  platforms: ['linux'],
  weight: 'bulky',
  optional: true,
  query: `SELECT name, version, 'pacman_packages' AS source, arch FROM fleetd_pacman_packages`,
  toSoftware: (row) =>
    software({
      source: 'pacman_packages',
      name: row.name ?? '',
      version: row.version ?? '',
      arch: row.arch ?? '',
    }),
};
