import { createHash } from 'node:crypto';
import pg from 'pg';
import { to as copyTo } from 'pg-copy-streams';
import type { ConnectionSettings } from '../db/connect.ts';
import type { Table } from './tables.ts';

const CHUNK_BYTES = 4 * 1024 * 1024;
const NEWLINE = 10;

/** The same rows are the same text on every server, of whatever version and settings. */
const SAME_TEXT = `set client_encoding = 'UTF8'; set datestyle = 'ISO'; set intervalstyle = 'postgres'; set timezone = 'UTC';
  set bytea_output = 'hex'; set extra_float_digits = 1; set xmloption = 'content'; set synchronize_seqscans = off;
  set statement_timeout = 0; set idle_in_transaction_session_timeout = 0`;

/** A connection whose COPY reads and writes the same text everywhere. */
export async function connectForCopy(connection: ConnectionSettings): Promise<pg.Client> {
  const client = new pg.Client({ ...connection, application_name: 'flotilla backup' });
  // What goes wrong reaches whoever waits for a query; without a listener it would end the process.
  client.on('error', () => {});
  await client.connect();
  await client.query(SAME_TEXT);
  return client;
}

export const quoted = (table: { schema: string; name: string }) =>
  `${pg.escapeIdentifier(table.schema)}.${pg.escapeIdentifier(table.name)}`;

/** The table and its columns, for COPY; fences have none. */
export const copyTarget = (table: Pick<Table, 'schema' | 'name' | 'columns'>) =>
  quoted(table) + (table.columns.length > 0 ? ` (${table.columns.map(pg.escapeIdentifier).join(', ')})` : '');

export interface Copied {
  rows: number;
  sha256: string;
}

/** Reads all rows as text, handing them on in chunks that need not end with a row. */
export async function copyOut(
  client: pg.Client,
  table: Table,
  take: (chunk: Buffer, rows: number) => Promise<void>,
): Promise<Copied> {
  const hash = createHash('sha256');
  let rows = 0;
  let waiting: Buffer[] = [];
  let size = 0;
  const pass = async () => {
    const chunk = Buffer.concat(waiting, size);
    waiting = [];
    size = 0;
    hash.update(chunk);
    const more = countRows(chunk);
    rows += more;
    await take(chunk, more);
  };
  for await (const piece of client.query(copyTo(`copy ${copyTarget(table)} to stdout`)) as AsyncIterable<Buffer>) {
    waiting.push(piece);
    size += piece.length;
    if (size >= CHUNK_BYTES) await pass();
  }
  if (size > 0) await pass();
  return { rows, sha256: hash.digest('hex') };
}

/** A line break inside a value is written as two characters, so each one ends a row. */
function countRows(chunk: Buffer): number {
  let count = 0;
  for (let at = chunk.indexOf(NEWLINE); at >= 0; at = chunk.indexOf(NEWLINE, at + 1)) count += 1;
  return count;
}
