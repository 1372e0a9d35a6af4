import type { SignatureSource } from '../extras.ts';

/** The team that signed an app, by osquery's own table. Hashing all resources would take minutes, so it is left out. */
export const appSignatures: SignatureSource = {
  name: 'fleet_detail_query_software_macos_signature',
  platforms: ['darwin'],
  weight: 'heavy',
  sql: `SELECT DISTINCT a.path AS path, s.team_identifier FROM apps a CROSS JOIN signature s ON s.path = a.path
WHERE s.hash_resources = 0 AND s.signed = 1 AND s.team_identifier <> ''`,
  toSignature: ({ path, team_identifier = '' }) => (path ? { path, signature: { team_identifier } } : null),
};
