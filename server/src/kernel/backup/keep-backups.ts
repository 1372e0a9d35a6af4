import { mkdirSync } from 'node:fs';
import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { ConnectionSettings } from '../db/connect.ts';
import type { Log } from '../log.ts';
import { type Backup, type Place, writeBackup } from './write-backup.ts';

/** How many backups of before changes of the database are kept. */
const KEPT = 3;
const BEFORE = 'before-migration-';

/** `flotilla-2026-11-24T07-02-15Z.tar`, which sorts by time. */
export const backupName = (at: Date, prefix = 'flotilla-') =>
  `${prefix}${at.toISOString().slice(0, 19).replaceAll(':', '-')}Z.tar`;

/** Backs the database up before it is changed, and removes the oldest of such backups. */
export async function backUpBeforeMigration(
  { place, log }: { place: Place; log: Log },
  connection: ConnectionSettings,
  missing: string[],
): Promise<Backup> {
  const folder = join(place.dataDir, 'backups');
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const file = join(folder, backupName(new Date(), BEFORE));
  try {
    const backup = await writeBackup(place, connection, { file });
    log.info({ file, ...backup, migrations: missing }, 'backup made before changing the database');
    await removeOldest(folder);
    return backup;
  } catch (cause) {
    throw new Error(
      `no backup could be made before changing the database (${(cause as Error).message}): make room in ${folder}, or set FLOTILLA_BACKUP_BEFORE_MIGRATION=off when you have one of your own`,
      { cause },
    );
  }
}

async function removeOldest(folder: string): Promise<void> {
  const made = (await readdir(folder)).filter((name) => name.startsWith(BEFORE) && name.endsWith('.tar')).sort();
  for (const name of made.slice(0, -KEPT)) await rm(join(folder, name));
}
