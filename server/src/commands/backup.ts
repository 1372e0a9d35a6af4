import { mkdirSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { backupName } from '../kernel/backup/keep-backups.ts';
import { writeBackup } from '../kernel/backup/write-backup.ts';
import { bytes, createProgressBar, rows, seconds } from './progress-bar.ts';
import { readArguments, runCommand, UsageError, withDatabase } from './run-command.ts';

const USAGE = `Usage: flotilla backup [--output FILE]

Writes one snapshot of the database, the keys and the packages into one tar file, while the server runs or not.
The file holds secrets: only its owner may read it. Without --output it goes into \`backups\` of the data folder.`;

await runCommand(USAGE, async ({ config }, args) => {
  const { values, word } = readArguments(args, { output: { type: 'string' } });
  if (word) throw new UsageError(`flotilla backup takes no ${word}: name the file with --output ${word}`);
  const file = resolve(values.output ?? join(config.dataDir, 'backups', backupName(new Date())));
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  const since = performance.now();
  const progress = createProgressBar();
  const backup = await withDatabase(config, (connection) =>
    writeBackup(config, connection, {
      file,
      progress: (done) =>
        progress.show('Backing up', {
          part: done.rows / Math.max(done.estimatedRows, done.rows, 1),
          text: `${rows(done.rows)}, ${bytes(done.bytes)}`,
        }),
    }),
  ).finally(() => progress.clear());
  process.stdout.write(
    `${file}: ${rows(backup.rows)} of ${backup.tables} tables and ${backup.files} files, ${bytes(backup.bytes)}, ${seconds(since)}\n`,
  );
  return 0;
});
