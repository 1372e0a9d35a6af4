import { type SoftwareSource, software } from '../software.ts';

/** Plugins of JetBrains programs, of every user. They have no id of their own. */
export const jetbrainsPlugins: SoftwareSource = {
  source: 'jetbrains_plugins',
  part: 'editor',
  queryName: 'fleet_detail_query_software_jetbrains',
  platforms: ['linux', 'darwin', 'windows'],
  weight: 'bulky',
  optional: true,
  query: `SELECT DISTINCT j.name, j.version, 'jetbrains_plugins' AS source, lower(j.product_type) AS extension_for,
  j.vendor, j.path AS installed_path
FROM users CROSS JOIN jetbrains_plugins j USING (uid)`,
  toSoftware: (row) =>
    software({
      source: 'jetbrains_plugins',
      name: row.name ?? '',
      version: row.version ?? '',
      vendor: row.vendor ?? '',
      extensionFor: row.extension_for ?? '',
      installedPath: row.installed_path ?? '',
    }),
};
