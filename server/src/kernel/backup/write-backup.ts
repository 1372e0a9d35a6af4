import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { zstdCompress } from 'node:zlib';
import type pg from 'pg';
import type { Config } from '../config.ts';
import type { ConnectionSettings } from '../db/connect.ts';
import { connectForCopy, copyOut, quoted } from './copy-rows.ts';
import { BackupError, chunkName, DATA, PACKAGES, type StoredTable } from './manifest.ts';
import { listSequences, listTables, type Table } from './tables.ts';
import { type ArchiveWriter, createArchive } from './write-archive.ts';

const compress = promisify(zstdCompress);

/** Tables that are read at the same time. */
const READERS = 2;
/** Folders of the data folder that cannot be made anew. */
export const KEPT_FOLDERS = ['keys', 'tls'];

export type Place = Pick<Config, 'dataDir' | 'storageFolder' | 'version'>;

export interface Progress {
  rows: number;
  /** Of all rows, as far as PostgreSQL knows. */
  estimatedRows: number;
  /** Of text, before it is compressed. */
  bytes: number;
}

export interface Backup {
  tables: number;
  rows: number;
  files: number;
  bytes: number;
}

/**
 * Writes one snapshot of all tables, with the keys and packages that belong to them, into one file, while the server works on.
 * It holds secrets, so only its owner may read it.
 */
export async function writeBackup(
  place: Place,
  connection: ConnectionSettings,
  { file, progress = () => {} }: { file: string; progress?: (progress: Progress) => void },
): Promise<Backup> {
  const archive = await createArchive(file);
  const clients: pg.Client[] = [];
  try {
    for (let reader = 0; reader < READERS; reader += 1) clients.push(await connectForCopy(connection));
    const tables = await shareSnapshot(clients);
    const stored = await storeTables({ archive, clients, progress }, tables);
    const files = await storeFiles(archive, place);
    const [client] = clients as [pg.Client];
    const migrations = await client.query<{ name: string }>('select name from kernel.migration order by name');
    const bytes = await archive.finish({
      format: 1,
      version: place.version,
      createdAt: new Date().toISOString(),
      migrations: migrations.rows.map((row) => row.name),
      tables: stored,
      sequences: await listSequences(client),
    });
    return { tables: stored.length, rows: sum(stored), files, bytes };
  } catch (error) {
    await archive.abort();
    throw error;
  } finally {
    await Promise.allSettled(clients.map((client) => client.end()));
  }
}

const sum = (tables: readonly { rows: number }[]) => tables.reduce((total, { rows }) => total + rows, 0);

/**
 * Lets all clients see one moment, and holds its tables so that none is dropped meanwhile. A table that came between
 * listing and locking is not locked, so it is done again.
 */
async function shareSnapshot(clients: pg.Client[]): Promise<Table[]> {
  const [first, ...others] = clients as [pg.Client, ...pg.Client[]];
  for (;;) {
    const expected = await listTables(first);
    if (expected.length === 0) throw new BackupError('The database is empty: there is nothing to back up');
    await first.query('begin isolation level repeatable read read only');
    await first.query(`lock table ${expected.map(quoted).join(', ')} in access share mode`);
    const tables = await listTables(first);
    if (tables.map(quoted).join() === expected.map(quoted).join()) {
      const { rows } = await first.query<{ id: string }>('select pg_export_snapshot() as id');
      for (const other of others) {
        await other.query('begin isolation level repeatable read read only');
        await other.query(`set transaction snapshot '${rows[0]?.id}'`);
      }
      return tables;
    }
    await first.query('rollback');
  }
}

interface Storing {
  archive: ArchiveWriter;
  clients: pg.Client[];
  progress: (progress: Progress) => void;
}

/** The largest come first, so that the readers end together. */
async function storeTables({ archive, clients, progress }: Storing, tables: Table[]): Promise<StoredTable[]> {
  const waiting = tables.toSorted((a, b) => b.estimatedRows - a.estimatedRows);
  const done: Progress = { rows: 0, bytes: 0, estimatedRows: tables.reduce((all, one) => all + one.estimatedRows, 0) };
  const stored: StoredTable[] = [];
  const read = async (client: pg.Client) => {
    for (let table = waiting.shift(); table; table = waiting.shift()) {
      const { estimatedRows: _, ...kept } = table;
      let chunks = 0;
      const copied = await copyOut(client, table, async (chunk, rows) => {
        chunks += 1;
        await archive.add(chunkName(kept, chunks), await compress(chunk));
        done.rows += rows;
        done.bytes += chunk.length;
        progress({ ...done });
      });
      stored.push({ ...kept, ...copied, chunks });
    }
  };
  await Promise.all(clients.map(read));
  return stored.toSorted((a, b) => (quoted(a) < quoted(b) ? -1 : 1));
}

/** @returns how many */
async function storeFiles(archive: ArchiveWriter, { dataDir, storageFolder }: Place): Promise<number> {
  const files = [
    ...(await Promise.all(KEPT_FOLDERS.map((folder) => filesBelow(dataDir, folder)))).flat().map((path) => ({
      name: DATA + path,
      path: join(dataDir, path),
    })),
    ...(await filesBelow(storageFolder, ''))
      .filter((path) => !path.startsWith('incoming/'))
      .map((path) => ({ name: PACKAGES + path, path: join(storageFolder, path) })),
  ];
  for (const { name, path } of files) await archive.addFile(name, path);
  return files.length;
}

async function filesBelow(root: string, folder: string): Promise<string[]> {
  const entries = await readdir(join(root, folder), { withFileTypes: true }).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return [];
    throw error;
  });
  const nested = entries
    .toSorted((a, b) => (a.name < b.name ? -1 : 1))
    .map((entry) => {
      const path = folder ? `${folder}/${entry.name}` : entry.name;
      if (entry.isDirectory()) return filesBelow(root, path);
      return entry.isFile() ? [path] : [];
    });
  return (await Promise.all(nested)).flat();
}
