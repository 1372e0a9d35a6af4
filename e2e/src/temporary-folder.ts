import { chmodSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A folder for data: when tests run as root, the database's own user has to get in. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'flotilla-e2e-'));
  chmodSync(folder, 0o711);
  return folder;
}
