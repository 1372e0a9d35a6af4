import { type SoftwareSource, software } from '../software.ts';

/** Extensions of Safari, of every user. */
export const safariExtensions: SoftwareSource = {
  source: 'safari_extensions',
  part: 'browser',
  queryName: 'fleet_detail_query_software_safari',
  platforms: ['darwin'],
  weight: 'bulky',
  query: `SELECT DISTINCT s.name, s.version, 'safari_extensions' AS source, s.identifier AS extension_id, 'safari' AS extension_for,
  s.path AS installed_path
FROM users CROSS JOIN safari_extensions s USING (uid)`,
  toSoftware: (row) =>
    software({
      source: 'safari_extensions',
      name: row.name ?? '',
      version: row.version ?? '',
      extensionId: row.extension_id ?? '',
      extensionFor: row.extension_for ?? '',
      installedPath: row.installed_path ?? '',
    }),
};
