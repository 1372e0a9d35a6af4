import { resolve } from 'node:path';
import { claimFolder, releaseFolder } from '../kernel/backup/claim-folder.ts';
import { checkArchive } from '../kernel/backup/read-archive.ts';
import { restoreBackup } from '../kernel/backup/restore-backup.ts';
import { createProgressBar, rows, seconds } from './progress-bar.ts';
import { readArguments, runCommand, UsageError, withDatabase } from './run-command.ts';

const USAGE = `Usage: flotilla restore FILE

Brings a backup into the empty data folder FLOTILLA_DATA_DIR and its database, or the empty one of FLOTILLA_DATABASE_URL.
Every byte is checked before anything is written, and every row is read back. Interrupted, it is run again.`;

await runCommand(USAGE, async ({ config, log }, args) => {
  const { word } = readArguments(args, {});
  if (!word) throw new UsageError('Name the file: flotilla restore FILE');
  const file = resolve(word);
  const since = performance.now();
  const progress = createProgressBar();
  try {
    progress.show('Checking the backup');
    const manifest = await checkArchive(file);
    claimFolder(config);
    await withDatabase(config, (connection) =>
      restoreBackup(
        {
          place: config,
          connection,
          log,
          progress: (step, done) =>
            progress.show(step, done && { part: done.rows / Math.max(done.of, 1), text: rows(done.rows) }),
        },
        file,
        manifest,
      ),
    );
    releaseFolder(config.dataDir);
    progress.clear();
    const total = manifest.tables.reduce((sum, table) => sum + table.rows, 0);
    process.stdout.write(
      `Restored ${rows(total)} of ${manifest.tables.length} tables, made ${manifest.createdAt} by Flotilla ${manifest.version}, into ${config.dataDir}; all read back equal; ${seconds(since)}\n`,
    );
    return 0;
  } finally {
    progress.clear();
  }
});
