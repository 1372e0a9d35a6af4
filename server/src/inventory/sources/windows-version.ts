import { toPatchSet, toWindowsVersion, windowsVersionSql } from '../../hosts/index.ts';
import { type SoftwareSource, software } from '../software.ts';

/**
 * Windows itself: the release people speak of, the build with its revision, which moves with every cumulative update, and the
 * set of updates beside it.
 */
export const windowsVersion: SoftwareSource = {
  source: 'operating_systems',
  part: 'os',
  queryName: 'fleet_detail_query_os_windows',
  platforms: ['windows'],
  weight: 'light',
  query: windowsVersionSql,
  toSoftware: (row) =>
    software({
      kind: 'os',
      source: 'operating_systems',
      vendor: 'windows',
      patches: toPatchSet(row),
      ...toWindowsVersion(row),
    }),
};
