import type { SignatureSource } from '../extras.ts';

/** The SHA-256 of the program an app starts. */
export const appExecutables: SignatureSource = {
  name: 'fleet_detail_query_software_macos_executable_sha256',
  platforms: ['darwin'],
  weight: 'heavy',
  sql: `SELECT a.path AS path, h.path AS executable_path, h.sha256 AS executable_sha256
FROM apps a CROSS JOIN hash h ON h.path = a.path || '/Contents/MacOS/' || a.bundle_executable
WHERE a.bundle_executable <> '' AND h.sha256 <> ''`,
  toSignature: ({ path, executable_path = '', executable_sha256 = '' }) =>
    path ? { path, signature: { executable_path, executable_sha256 } } : null,
};
