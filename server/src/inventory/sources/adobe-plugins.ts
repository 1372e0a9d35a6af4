import { type SoftwareSource, software } from '../software.ts';

/** Plug-ins of Adobe's programs, by the program they extend. The table comes with Fleet's agent. */
export const adobePlugins: SoftwareSource = {
  source: 'adobe_plugins',
  part: 'adobe',
  queryName: 'fleet_detail_query_software_adobe',
  platforms: ['darwin', 'windows'],
  weight: 'bulky',
  optional: true,
  query: `SELECT name, version, 'adobe_plugins' AS source, vendor, bundle_id AS extension_id,
  lower(host_application) AS extension_for, path AS installed_path
FROM adobe_plugins`,
  toSoftware: (row) =>
    software({
      source: 'adobe_plugins',
      name: row.name ?? '',
      version: row.version ?? '',
      vendor: row.vendor ?? '',
      extensionId: row.extension_id ?? '',
      extensionFor: row.extension_for ?? '',
      installedPath: row.installed_path ?? '',
    }),
};
