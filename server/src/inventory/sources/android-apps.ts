import { type RowSource, software } from '../software.ts';

/** Apps of Android devices. */
export const androidApps: RowSource = {
  source: 'android_apps',
  part: 'apps',
  queryName: 'fleet_detail_query_software_android',
  platforms: ['android'],
  toSoftware: (row) =>
    software({
      source: 'android_apps',
      name: row.name ?? '',
      version: row.version ?? '',
      applicationId: row.application_id ?? '',
    }),
};
