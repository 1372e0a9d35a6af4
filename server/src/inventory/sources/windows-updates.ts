import { type SoftwareSource, software } from '../software.ts';

/**
 * Updates of Windows by their knowledge base number: those that Windows lists as installed, and those its update history
 * saw succeed, as cumulative updates hide the ones before. They show what is fixed and are in no list of titles.
 */
export const windowsUpdates: SoftwareSource = {
  source: 'windows_updates',
  part: 'kbs',
  queryName: 'fleet_detail_query_windows_update_history',
  platforms: ['windows'],
  weight: 'bulky',
  query: `SELECT hotfix_id AS title, 'windows_updates' AS source FROM patches
UNION SELECT title, 'windows_updates' AS source FROM windows_update_history
WHERE result_code = 'Succeeded' AND operation = 'Installation'`,
  toSoftware: ({ title = '' }) => {
    const [, number] = /\bKB(\d{4,})\b/i.exec(title) ?? [];
    // Drivers and definitions come through the same history without a number.
    return number ? software({ kind: 'patch', source: 'windows_updates', name: `KB${number}` }) : null;
  },
};
