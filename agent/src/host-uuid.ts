import { randomUUID } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { writeWhole } from './write-whole.ts';

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/**
 * The identity of this host, made once. The hardware's own is not used: machines without SMBIOS have none, and osquery
 * makes one up at each start; clones share one.
 */
export function readHostUuid(folder: string): string {
  const file = join(folder, 'host-uuid');
  const kept = existsSync(file) ? readFileSync(file, 'utf8').trim() : '';
  if (UUID.test(kept)) return kept;
  const made = randomUUID();
  writeWhole(file, `${made}\n`);
  return made;
}
