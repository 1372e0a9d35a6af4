import { type SoftwareSource, software } from '../software.ts';

/** Add-ons of Firefox in the profiles of every user. */
export const firefoxAddons: SoftwareSource = {
  source: 'firefox_addons',
  part: 'browser',
  queryName: 'fleet_detail_query_software_firefox',
  platforms: ['linux', 'darwin', 'windows'],
  weight: 'bulky',
  query: `SELECT DISTINCT f.name, f.version, 'firefox_addons' AS source, f.identifier AS extension_id, 'firefox' AS extension_for,
  f.creator AS vendor, f.path AS installed_path
FROM users CROSS JOIN firefox_addons f USING (uid)`,
  toSoftware: (row) =>
    software({
      source: 'firefox_addons',
      name: row.name ?? '',
      version: row.version ?? '',
      vendor: row.vendor ?? '',
      extensionId: row.extension_id ?? '',
      extensionFor: row.extension_for ?? '',
      installedPath: row.installed_path ?? '',
    }),
};
