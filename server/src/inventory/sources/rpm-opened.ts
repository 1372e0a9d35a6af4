import { momentOf, type UseSource } from '../extras.ts';

/** As for Debian packages. Files are asked package by package: the table reads the whole database for each that is not named. */
export const rpmOpened: UseSource = {
  source: 'rpm_packages',
  name: 'fleet_detail_query_rpm_last_opened_at',
  platforms: ['linux'],
  weight: 'heavy',
  sql: `SELECT r.name AS package, max(file.atime) AS last_opened_at
FROM rpm_packages r CROSS JOIN rpm_package_files p ON p.package = r.name CROSS JOIN file ON file.path = p.path
WHERE (p.path LIKE '/usr/bin/%' OR p.path LIKE '/usr/sbin/%' OR p.path LIKE '/bin/%' OR p.path LIKE '/sbin/%')
  AND file.type = 'regular'
GROUP BY r.name`,
  toUse: (row) => {
    const openedAt = momentOf(row.last_opened_at);
    return openedAt && row.package ? { name: row.package, version: '', openedAt } : null;
  },
};
