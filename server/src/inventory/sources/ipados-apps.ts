import { type RowSource, software } from '../software.ts';

/** Apps of iPads. A part with the other mobile apps: a device whose platform was corrected has none of the earlier one. */
export const ipadosApps: RowSource = {
  source: 'ipados_apps',
  part: 'apps',
  queryName: 'fleet_detail_query_software_ipados',
  platforms: ['ipados'],
  toSoftware: (row) =>
    software({
      source: 'ipados_apps',
      name: row.name ?? '',
      version: row.version ?? '',
      bundleIdentifier: row.bundle_identifier ?? '',
    }),
};
