import type { SignatureSource } from '../extras.ts';

/** The team that signed an app, and the hash over its whole code. The table comes with Fleet's agent. */
export const codesign: SignatureSource = {
  name: 'fleet_detail_query_software_macos_codesign',
  platforms: ['darwin'],
  weight: 'heavy',
  sql: `SELECT a.path AS path, c.team_identifier, c.cdhash_sha256 FROM apps a CROSS JOIN codesign c ON c.path = a.path`,
  toSignature: ({ path, team_identifier = '', cdhash_sha256 = '' }) =>
    path ? { path, signature: { team_identifier, hash_sha256: cdhash_sha256 } } : null,
};
