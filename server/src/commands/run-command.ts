import { type ParseArgsOptionsConfig, parseArgs } from 'node:util';
import { BackupError } from '../kernel/backup/manifest.ts';
import { type Config, ConfigError, readConfig } from '../kernel/config.ts';
import type { ConnectionSettings } from '../kernel/db/connect.ts';
import { createLog, type Log } from '../kernel/log.ts';
import { startEmbeddedPostgres } from '../kernel/postgres/embedded.ts';
import { EmbeddedPostgresError } from '../kernel/postgres/embedded-error.ts';

/** What the person typed cannot be done; the exit code is 2. */
export class UsageError extends Error {}

export interface CommandContext {
  config: Readonly<Config>;
  /** Silent: a command says what it has to say to the person. */
  log: Log;
}

/** Runs a command of the person who operates the server, and ends the process with 0, 1 for a failure, 2 for a wrong call. */
export async function runCommand(usage: string, work: (ctx: CommandContext, args: string[]) => Promise<number>) {
  const args = process.argv.slice(2);
  if (args.some((word) => word === '--help' || word === '-h')) {
    process.stdout.write(`${usage}\n`);
    return;
  }
  try {
    process.exitCode = await work({ config: readConfig(process.env), log: createLog('silent') }, args);
  } catch (error) {
    process.stderr.write(`${sentenceFor(error)}\n`);
    process.exitCode = error instanceof UsageError || error instanceof ConfigError ? 2 : 1;
  }
}

function sentenceFor(error: unknown): string {
  const { message, code } = error as NodeJS.ErrnoException;
  if ([UsageError, ConfigError, BackupError, EmbeddedPostgresError].some((kind) => error instanceof kind))
    return message;
  if (code === 'ENOSPC') return `The disk is full: ${message}`;
  return `It did not work: ${message || code}`;
}

/**
 * Reads options and at most one word besides them.
 * @throws UsageError with one line that names what does not fit
 */
export function readArguments<const T extends ParseArgsOptionsConfig>(args: string[], options: T) {
  try {
    const { values, positionals } = parseArgs({ args, options, allowPositionals: true, strict: true });
    if (positionals.length > 1) throw new UsageError(`One word too many: ${positionals[1]}`);
    return { values, word: positionals[0] };
  } catch (error) {
    if (error instanceof UsageError) throw error;
    const [sentence] = (error as Error).message.split(/\. |\n/);
    throw new UsageError(sentence);
  }
}

/** Lends the database of the configuration, started for the while when it is the embedded one and not running. */
export async function withDatabase<T>(
  config: Readonly<Config>,
  work: (connection: ConnectionSettings) => Promise<T>,
): Promise<T> {
  if (config.databaseUrl) return work({ connectionString: config.databaseUrl });
  const postgres = await startEmbeddedPostgres({ dataDir: config.dataDir });
  try {
    return await work(postgres.connection);
  } finally {
    await postgres.stop();
  }
}
