import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Enrolment } from './enrolment.ts';
import { OSQUERY_FOLDER } from './osquery-flags.ts';

/** Writes all files that a host needs. @returns what to do with them, for a person */
export function writeEnrolment(folder: string, { flags, secret, ca }: Enrolment & { flags: string }): string {
  mkdirSync(folder, { recursive: true });
  const files = [
    { name: 'osquery.flags', content: flags, mode: 0o644 },
    { name: 'enrol-secret', content: `${secret}\n`, mode: 0o600 },
    ...(ca === null ? [] : [{ name: 'server-ca.pem', content: ca, mode: 0o644 }]),
  ];
  for (const { name, content, mode } of files) {
    const file = join(folder, name);
    writeFileSync(file, content, { mode });
    // The mode above holds for new files only.
    chmodSync(file, mode);
  }
  return [
    `Copy to ${OSQUERY_FOLDER}/ on the host, readable by root alone: ${files.map(({ name }) => name).join(', ')}`,
    'Then restart osquery there: systemctl restart osqueryd',
  ].join('\n');
}
