import { existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { BackupError } from './manifest.ts';
import type { Place } from './write-backup.ts';

/** Stands in a data folder from the first to the last step of a restore. */
const MARK = 'restore-unfinished';

/**
 * Takes an empty data folder, or one that an interrupted restore left.
 * @throws BackupError when it holds anything else
 */
export function claimFolder({ dataDir, storageFolder }: Pick<Place, 'dataDir' | 'storageFolder'>): void {
  if (!existsSync(join(dataDir, MARK))) {
    for (const folder of [dataDir, storageFolder]) {
      if (!existsSync(folder) || readdirSync(folder).length === 0) continue;
      throw new BackupError(`${folder} is not empty: set FLOTILLA_DATA_DIR to a new folder`);
    }
  }
  // As root the database runs as another user, who has to get in.
  mkdirSync(dataDir, { recursive: true, mode: process.getuid?.() === 0 ? 0o711 : 0o700 });
  writeFileSync(join(dataDir, MARK), 'Run `flotilla restore` with the same file again.\n', { flush: true });
}

export const releaseFolder = (dataDir: string) => rmSync(join(dataDir, MARK));

/** @throws BackupError when a restore into the folder was interrupted */
export function refuseUnfinished(dataDir: string): void {
  if (!existsSync(join(dataDir, MARK))) return;
  throw new BackupError(`A restore into ${dataDir} was interrupted: run \`flotilla restore\` with the same file again`);
}
