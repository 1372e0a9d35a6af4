import { createWriteStream } from 'node:fs';
import { chmod, mkdir } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { pipeline } from 'node:stream/promises';
import type pg from 'pg';
import { type ConnectionSettings, connect } from '../db/connect.ts';
import type { Log } from '../log.ts';
import { listMigrations, migrate, RESTORING } from '../migrate/migrate.ts';
import { connectForCopy, copyOut, quoted } from './copy-rows.ts';
import { listIndices } from './indices.ts';
import { createLoader, readRows } from './load-rows.ts';
import { BackupError, DATA, type Manifest, PACKAGES, type StoredTable } from './manifest.ts';
import { contentOf, type Entry, readEntries } from './read-archive.ts';
import { createRowSum } from './sum-rows.ts';
import { listSchemas, listTables } from './tables.ts';
import type { Place } from './write-backup.ts';

export interface Restoring {
  place: Pick<Place, 'dataDir' | 'storageFolder'>;
  connection: ConnectionSettings;
  log: Log;
  /** What is being done, and how far it is where that is known. */
  progress?: (step: string, done?: { rows: number; of: number }) => void;
}

/** Work at a time on indices and on reading back: there is one database to wait for. */
const WORKERS = 2;

/**
 * Brings a checked backup into an empty database and an empty data folder, whatever PostgreSQL it came from, and reads all
 * rows back to see that they are the same. A server does not start on it before it is whole; done again after an
 * interruption it begins anew.
 * @throws BackupError with one line that says what to do
 */
export async function restoreBackup(restoring: Restoring, file: string, manifest: Manifest): Promise<void> {
  const { connection, log, progress = () => {} } = restoring;
  refuseNewer(manifest);
  const client = await connectForCopy(connection);
  const db = connect(connection, log, 2);
  try {
    await claimDatabase(client);
    progress('Creating the tables');
    await migrate({ db, log }, { only: manifest.migrations });
    await prepareTables(client, manifest);
    const indices = await listIndices(client);
    for (const { drop } of indices) await client.query(drop);
    await load(restoring, file, manifest);
    progress('Making indices');
    for (const { create } of indices.toReversed()) await client.query(create);
    progress('Reading back');
    await compare(restoring, file, manifest);
    for (const { name, value } of manifest.sequences) {
      if (value !== null) await client.query('select setval($1::regclass, $2::bigint)', [name, value]);
    }
    await client.query('analyze');
    await client.query(`drop schema ${RESTORING}`);
    progress('Bringing the database up to date');
    await migrate({ db, log });
  } finally {
    await client.end();
    await db.destroy();
  }
}

function refuseNewer({ migrations, version }: Manifest): void {
  const known = new Set(listMigrations());
  const unknown = migrations.filter((name) => !known.has(name));
  if (unknown.length === 0) return;
  throw new BackupError(
    `The backup was made by Flotilla ${version}, which is newer than this one (${unknown.join(', ')}): restore it with that version`,
  );
}

/** Only an empty database is taken, or what an interrupted restore left, which is cleared. */
async function claimDatabase(client: pg.Client): Promise<void> {
  const schemas = await listSchemas(client);
  if (schemas.length > 0 && !schemas.includes(RESTORING)) {
    throw new BackupError(
      `The database is not empty (schema ${schemas[0]}): set FLOTILLA_DATABASE_URL to a new one, or FLOTILLA_DATA_DIR to a new folder`,
    );
  }
  await client.query(`create schema if not exists ${RESTORING}`);
  const left = schemas.filter((name) => name !== RESTORING);
  if (left.length > 0) await client.query(`drop schema ${left.join(', ')} cascade`);
}

/** Partitions are made as time goes by, not by migrations; rows of migrations give way to those of the backup. */
async function prepareTables(client: pg.Client, { tables }: Manifest): Promise<void> {
  const there = await listTables(client);
  const names = new Set(there.map(quoted));
  for (const table of tables) {
    if (names.has(quoted(table))) continue;
    if (!table.partition) throw new BackupError(`The backup holds a table ${quoted(table)} that no migration makes`);
    await client.query(`create table ${quoted(table)} partition of ${table.partition.of} ${table.partition.bound}`);
  }
  await client.query(`truncate ${there.map(quoted).join(', ')}`);
}

async function load(restoring: Restoring, file: string, manifest: Manifest): Promise<void> {
  const { progress = () => {} } = restoring;
  const of = manifest.tables.reduce((sum, table) => sum + table.rows, 0);
  const rowsOfChunk = (table: Manifest['tables'][number]) => table.rows / Math.max(table.chunks, 1);
  const share = new Map(manifest.tables.map((table) => [`${table.schema}.${table.name}`, rowsOfChunk(table)]));
  const loader = createLoader(restoring.connection, manifest.tables);
  let rows = 0;
  progress('Filling the tables', { rows, of });
  try {
    for await (const entry of readEntries(file)) {
      const bytes = await loader.load(entry.name, () => contentOf(entry));
      if (bytes === null) await storeFile(restoring.place, entry);
      rows += share.get(entry.name.split('/')[1] ?? '') ?? 0;
      progress('Filling the tables', { rows: Math.round(rows), of });
    }
  } finally {
    await loader.close();
  }
}

async function storeFile({ dataDir, storageFolder }: Restoring['place'], { name, content }: Entry): Promise<void> {
  const path = placeOf(name, { dataDir, storageFolder });
  if (path === null) {
    for await (const _ of content);
    return;
  }
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  await pipeline(content, createWriteStream(path, { mode: 0o600, flush: true }));
  await chmod(path, 0o600);
}

/** @throws BackupError when the name leads out of its folder */
function placeOf(name: string, { dataDir, storageFolder }: Restoring['place']): string | null {
  for (const [prefix, folder] of [
    [DATA, dataDir],
    [PACKAGES, storageFolder],
  ] as const) {
    if (!name.startsWith(prefix)) continue;
    const path = join(folder, name.slice(prefix.length));
    if (relative(folder, path).startsWith('..')) throw new BackupError(`The backup names a file outside: ${name}`);
    return path;
  }
  return null;
}

/** Reads every table back and holds it against the manifest, to the byte. */
async function compare({ connection }: Restoring, file: string, { tables }: Manifest): Promise<void> {
  const waiting = tables.toSorted((a, b) => b.rows - a.rows);
  await Promise.all(
    Array.from({ length: WORKERS }, async () => {
      const client = await connectForCopy(connection);
      try {
        for (let table = waiting.shift(); table; table = waiting.shift()) {
          const { rows, sha256 } = await copyOut(client, { ...table, estimatedRows: 0 }, async () => {});
          if (rows === table.rows && (sha256 === table.sha256 || (await areSameRows(client, file, table)))) continue;
          throw new BackupError(
            `${quoted(table)} has ${rows} rows that differ from the ${table.rows} of the backup: nothing was put to use; report this`,
          );
        }
      } finally {
        await client.end();
      }
    }),
  );
}

/** PostgreSQL may put a row where an earlier page has room, so the same rows can come back in another order. */
async function areSameRows(client: pg.Client, file: string, table: StoredTable): Promise<boolean> {
  const restored = createRowSum();
  await copyOut(client, { ...table, estimatedRows: 0 }, async (chunk) => restored.take(chunk));
  const stored = createRowSum();
  await readRows(file, table, (chunk) => stored.take(chunk));
  return restored.digest() === stored.digest();
}
