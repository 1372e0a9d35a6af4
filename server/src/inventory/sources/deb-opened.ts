import { momentOf, type UseSource } from '../extras.ts';

/** A Debian package was used when one of its programs was: the newest access time of what it has in the folders of programs. */
export const debOpened: UseSource = {
  source: 'deb_packages',
  name: 'fleet_detail_query_deb_last_opened_at',
  platforms: ['linux'],
  weight: 'bulky',
  sql: `SELECT p.package, max(file.atime) AS last_opened_at
FROM deb_package_files p CROSS JOIN file USING (path)
WHERE (p.path LIKE '/usr/bin/%' OR p.path LIKE '/usr/sbin/%' OR p.path LIKE '/bin/%' OR p.path LIKE '/sbin/%')
  AND file.type = 'regular'
GROUP BY p.package`,
  toUse: (row) => {
    const openedAt = momentOf(row.last_opened_at);
    // dpkg names a package of a second architecture `libc6:i386`.
    return openedAt && row.package ? { name: row.package.replace(/:\w+$/, ''), version: '', openedAt } : null;
  },
};
