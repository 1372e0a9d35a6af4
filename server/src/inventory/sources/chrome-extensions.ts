import type { Row } from '../../kernel/host-queries.ts';
import { type SoftwareSource, software } from '../software.ts';

/** Extensions of Chrome and the browsers made from it, in the profiles of every user; `extension_for` tells them apart. */
export const chromeExtensions: SoftwareSource = {
  source: 'chrome_extensions',
  part: 'browser',
  queryName: 'fleet_detail_query_software_chrome',
  platforms: ['linux', 'darwin', 'windows'],
  weight: 'bulky',
  query: `SELECT DISTINCT c.name, c.version, 'chrome_extensions' AS source, c.identifier AS extension_id,
  c.browser_type AS extension_for, c.author AS vendor, c.path AS installed_path
FROM users CROSS JOIN chrome_extensions c USING (uid)`,
  toSoftware: toExtension,
};

/** On ChromeOS the one browser reports its own extensions; its table has fewer columns and nobody to join. */
export const chromeosExtensions: SoftwareSource = {
  ...chromeExtensions,
  platforms: ['chrome'],
  query: `SELECT DISTINCT name, version, 'chrome_extensions' AS source, identifier AS extension_id, 'chrome' AS extension_for
FROM chrome_extensions`,
};

function toExtension(row: Row) {
  return software({
    source: 'chrome_extensions',
    name: row.name ?? '',
    version: row.version ?? '',
    vendor: row.vendor ?? '',
    extensionId: row.extension_id ?? '',
    extensionFor: row.extension_for ?? '',
    installedPath: row.installed_path ?? '',
  });
}
