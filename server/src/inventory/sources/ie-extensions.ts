import { type SoftwareSource, software } from '../software.ts';

/** Extensions of Internet Explorer. */
export const ieExtensions: SoftwareSource = {
  source: 'ie_extensions',
  part: 'browser',
  queryName: 'fleet_detail_query_software_ie',
  platforms: ['windows'],
  weight: 'bulky',
  query: `SELECT name, version, 'ie_extensions' AS source, path AS installed_path FROM ie_extensions`,
  toSoftware: (row) =>
    software({
      source: 'ie_extensions',
      name: row.name ?? '',
      version: row.version ?? '',
      installedPath: row.installed_path ?? '',
    }),
};
