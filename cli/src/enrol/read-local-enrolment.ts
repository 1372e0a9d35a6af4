import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { UsageError } from '../usage-error.ts';
import type { Enrolment } from './enrolment.ts';

/**
 * What the server on this machine wrote at its start.
 * @throws UsageError when this is not the server's machine, or its data may not be read
 */
export function readLocalEnrolment(dataDir: string): Enrolment {
  const folder = join(dataDir, 'agent');
  const read = (name: string) => readFileSync(join(folder, name), 'utf8').trim();
  try {
    return { secret: read('enrol-secret'), ca: `${read('server-ca.pem')}\n` };
  } catch (error) {
    const reason = (error as NodeJS.ErrnoException).code === 'EACCES' ? 'may not be read' : 'is not there';
    const what = existsSync(folder) ? folder : dataDir;
    throw new UsageError(
      `The enrol secret in ${what} ${reason}: run this on the server's machine as the user of the server, or pass --server and --token`,
    );
  }
}
