import type { FeedName } from '../feeds.ts';

/**
 * Under which terms what a feed says may be given on, as SPDX names them; `LicenseRef-facts`: whoever publishes it names none,
 * and what is taken are facts alone. A feed without a line here is in no snapshot.
 */
export const licences: Partial<Record<FeedName, string>> = {
  'debian-security-tracker': 'LicenseRef-facts',
  'debian-changelogs': 'LicenseRef-facts',
  'osv-ubuntu': 'CC-BY-SA-4.0',
  'osv-almalinux': 'MIT',
  'redhat-csaf-vex': 'CC-BY-4.0',
  'osv-pypi': 'CC-BY-4.0',
  'osv-go': 'CC-BY-4.0',
  'cisa-kev': 'CC0-1.0',
  'cisa-vulnrichment': 'CC0-1.0',
  nvd: 'LicenseRef-public-domain',
  // Computed from Ubuntu's tracker.
  'nvd-gapfill': 'CC-BY-SA-4.0',
  'nvd-overrides': 'CC0-1.0',
  wesng: 'BSD-3-Clause',
  'sofa-macos': 'Apache-2.0',
  'sofa-ios': 'Apache-2.0',
  endoflife: 'MIT',
};
