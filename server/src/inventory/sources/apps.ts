import { type SoftwareSource, software } from '../software.ts';

/** Windows programs that Parallels shows as apps of the Mac. */
const PARALLELS_WRAPPER = /^com\.parallels\.winapp\./;

/** Apps of macOS, named as the Finder names them; the version is the one people see. */
export const apps: SoftwareSource = {
  source: 'apps',
  part: 'apps',
  queryName: 'fleet_detail_query_software_apps',
  platforms: ['darwin'],
  weight: 'bulky',
  query: `SELECT 'apps' AS source, name, display_name, bundle_name, bundle_executable, bundle_identifier,
  bundle_short_version, bundle_version, last_opened_time, path AS installed_path FROM apps`,
  toSoftware: (row) => {
    if (PARALLELS_WRAPPER.test(row.bundle_identifier ?? '')) return null;
    return software({
      source: 'apps',
      name: row.display_name || row.bundle_name || row.bundle_executable || (row.name ?? '').replace(/\.app$/, ''),
      version: row.bundle_short_version || row.bundle_version || '',
      bundleIdentifier: row.bundle_identifier ?? '',
      installedPath: row.installed_path ?? '',
    });
  },
};
