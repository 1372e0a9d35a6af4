import { type SoftwareSource, software } from '../software.ts';

/** Go programs of users, by the module they were built from. The table comes with Fleet's agent. */
export const goBinaries: SoftwareSource = {
  source: 'go_binaries',
  part: 'go',
  queryName: 'fleet_detail_query_software_go',
  platforms: ['linux', 'darwin', 'windows'],
  weight: 'heavy',
  optional: true,
  query: `SELECT DISTINCT coalesce(nullif(module_path, ''), name) AS name, version, 'go_binaries' AS source, installed_path
FROM go_binaries`,
  toSoftware: (row) =>
    software({
      source: 'go_binaries',
      name: row.name ?? '',
      version: row.version ?? '',
      installedPath: row.installed_path ?? '',
    }),
};
