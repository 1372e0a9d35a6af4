import type { SoftwareCorrection } from '../software.ts';

/**
 * Firefox with extended support carries the bundle identifier and name of the other one; only its `application.ini` tells
 * (`RemotingName=firefox-esr`). The table comes with Fleet's agent.
 */
export const firefoxEsr: SoftwareCorrection = {
  part: 'apps',
  queryName: 'fleet_detail_query_software_macos_firefox',
  platforms: ['darwin'],
  weight: 'bulky',
  query: `WITH ini AS (
  SELECT path || '/Contents/Resources/application.ini' AS file, path AS app FROM apps WHERE bundle_identifier = 'org.mozilla.firefox'
)
SELECT ini.app AS installed_path FROM ini CROSS JOIN parse_ini p ON p.path = ini.file
WHERE p.section = 'App' AND p.key = 'RemotingName' AND p.value = 'firefox-esr'`,
  correct: (software, rows) =>
    software.bundleIdentifier === 'org.mozilla.firefox' &&
    rows.some((row) => row.installed_path === software.installedPath)
      ? { ...software, name: 'Firefox ESR' }
      : software,
};
