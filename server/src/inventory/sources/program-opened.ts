import { momentOf, type UseSource } from '../extras.ts';

/**
 * Windows prefetches programs and remembers when each ran, by a path from its volume; a program is all that ran from its
 * folder. Servers do not prefetch, so nothing is known there.
 */
export const programOpened: UseSource = {
  source: 'programs',
  name: 'fleet_detail_query_windows_last_opened_at',
  platforms: ['windows'],
  weight: 'heavy',
  sql: `SELECT p.name, p.version, max(f.last_run_time) AS last_opened_at
FROM programs p CROSS JOIN prefetch f
WHERE length(p.install_location) > 3
  AND instr(lower(f.accessed_files), lower(rtrim(substr(p.install_location, 3), '\\')) || '\\' || lower(f.filename)) > 0
GROUP BY p.name, p.version`,
  toUse: (row) => {
    const openedAt = momentOf(row.last_opened_at);
    return openedAt && row.name ? { name: row.name, version: row.version ?? '', openedAt } : null;
  },
};
