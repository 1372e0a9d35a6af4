import type { SoftwareCorrection } from '../software.ts';

/** Fleet's agent updates itself past its package, which keeps the version it was installed with. */
const ofPart = (part: string, platforms: SoftwareCorrection['platforms']): SoftwareCorrection => ({
  part,
  queryName: 'fleet_detail_query_orbit_info',
  platforms,
  weight: 'bulky',
  query: 'SELECT version FROM orbit_info LIMIT 1',
  correct: (software, [row]) =>
    row?.version && (software.name === 'fleet-osquery' || software.name === 'Fleet osquery')
      ? { ...software, version: row.version, sourceVersion: '' }
      : software,
});

export const orbitVersions: SoftwareCorrection[] = [
  ofPart('deb', ['linux']),
  ofPart('rpm', ['linux']),
  ofPart('programs', ['windows']),
];
