import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

export interface EnrolmentFiles {
  secretFile: string;
  caFile: string;
}

const POLL_MS = 500;

/** Waits until the server has written what a host needs to enrol. */
export async function waitForEnrolment(
  folder: string,
  options: { signal: AbortSignal; progress: (text: string) => void },
): Promise<EnrolmentFiles> {
  const files = { secretFile: join(folder, 'enrol-secret'), caFile: join(folder, 'server-ca.pem') };
  const isWhole = () => read(files.secretFile) !== '' && read(files.caFile).includes('-----END CERTIFICATE-----');
  if (!isWhole()) options.progress(`Waiting for the server to write ${files.secretFile} and ${files.caFile}`);
  while (!isWhole()) await delay(POLL_MS, undefined, { signal: options.signal });
  return files;
}

const read = (file: string) => (existsSync(file) ? readFileSync(file, 'utf8').trim() : '');
