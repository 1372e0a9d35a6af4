import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { sql } from 'kysely';
import { type Db, inTransaction } from '../db/database.ts';
import type { Log } from '../log.ts';

const FOLDER = fileURLToPath(new URL('../../../migrations', import.meta.url));
/** Any number will do, as long as all processes agree on it. */
const LOCK = 70_120_001;

export interface MigrateOptions {
  /** Runs before the first change to a database that was in use; the change waits for it, and does not come when it fails. */
  beforeChange?: (missing: string[]) => Promise<void>;
  /** Apply only these, to have the database as it was at some version. */
  only?: readonly string[];
}

/**
 * Brings the database to this version: plain SQL files in order, forward only, each in a transaction that also records it.
 * Of several processes that start at once, one migrates and the others wait.
 * @returns the names of the files that were applied
 * @throws Error when the database is newer than this program, or a restore into it was interrupted
 */
export async function migrate(ctx: { db: Db; log: Log }, options: MigrateOptions = {}): Promise<string[]> {
  const files = listMigrations().filter((name) => options.only?.includes(name) ?? true);
  return ctx.db.connection().execute(async (db) => {
    await checkVersion(db);
    if (!options.only) await refuseUnfinishedRestore(db);
    await sql`select pg_advisory_lock(${LOCK})`.execute(db);
    try {
      return await applyMissing({ db, log: ctx.log }, { files, beforeChange: options.beforeChange });
    } finally {
      await sql`select pg_advisory_unlock(${LOCK})`.execute(db);
    }
  });
}

/** Every migration this program has, in order. */
export const listMigrations = (): string[] =>
  readdirSync(FOLDER)
    .filter((name) => name.endsWith('.sql'))
    .sort();

/** A schema that stands in the database from the first to the last step of a restore. */
export const RESTORING = 'flotilla_restoring';

async function refuseUnfinishedRestore(db: Db): Promise<void> {
  const { rows } = await sql<{ found: boolean }>`
    select exists (select from pg_namespace where nspname = ${RESTORING}) as found`.execute(db);
  if (!rows[0]?.found) return;
  throw new Error('A restore into this database was interrupted: run `flotilla restore` with the same file again');
}

const OLDEST_SUPPORTED = 150_000;

async function checkVersion(db: Db): Promise<void> {
  const { rows } = await sql<{ number: string; name: string }>`
    select current_setting('server_version_num') as number, current_setting('server_version') as name`.execute(db);
  const [server] = rows;
  if (server && Number(server.number) < OLDEST_SUPPORTED) {
    throw new Error(`PostgreSQL ${server.name} is too old: Flotilla needs version 15 or newer`);
  }
}

interface Applying {
  files: string[];
  beforeChange: MigrateOptions['beforeChange'];
}

async function applyMissing(ctx: { db: Db; log: Log }, { files, beforeChange }: Applying): Promise<string[]> {
  await sql`create schema if not exists kernel`.execute(ctx.db);
  await sql`create table if not exists kernel.migration (
    name text collate "C" primary key, applied_at timestamptz not null default now())`.execute(ctx.db);
  const { rows } = await sql<{ name: string }>`select name from kernel.migration`.execute(ctx.db);
  const applied = new Set(rows.map((row) => row.name));
  const unknown = [...applied].filter((name) => !files.includes(name)).sort();
  if (unknown.length > 0) {
    throw new Error(
      `The database was made by a newer Flotilla (${unknown.join(', ')}): start that version, or restore a backup.`,
    );
  }
  const missing = files.filter((name) => !applied.has(name));
  if (applied.size > 0 && missing.length > 0) await beforeChange?.(missing);
  for (const name of missing) {
    await inTransaction(ctx, async (tx) => {
      await sql.raw(readFileSync(join(FOLDER, name), 'utf8')).execute(tx);
      await sql`insert into kernel.migration (name) values (${name})`.execute(tx);
    });
    ctx.log.info({ migration: name }, 'migration applied');
  }
  return missing;
}
