import { type RowSource, software } from '../software.ts';

/** Apps of iPhones. A part with the other mobile apps: a device whose platform was corrected has none of the earlier one. */
export const iosApps: RowSource = {
  source: 'ios_apps',
  part: 'apps',
  queryName: 'fleet_detail_query_software_ios',
  platforms: ['ios'],
  toSoftware: (row) =>
    software({
      source: 'ios_apps',
      name: row.name ?? '',
      version: row.version ?? '',
      bundleIdentifier: row.bundle_identifier ?? '',
    }),
};
