import { finished } from 'node:stream/promises';
import { Kysely, PostgresDialect } from 'kysely';
import { from as copyFrom } from 'pg-copy-streams';
import type { DB } from '../../database.ts';
import { poolOf } from './connect.ts';
import type { Db } from './database.ts';

/** A field of a row to copy. */
export type CopyField = string | number | boolean | readonly string[] | null;

export interface OwnConnection {
  /** Everything asked here goes over the one connection, also in several transactions. */
  db: Db;
  /** Adds rows to a table by `COPY`; the fields are in the order of its columns. */
  copy(table: string, rows: readonly (readonly CopyField[])[]): Promise<void>;
}

/** Does `work` on one connection that ends with it, and the temporary tables made on it too. */
export async function onOwnConnection<T>(db: Db, work: (own: OwnConnection) => Promise<T>): Promise<T> {
  const client = await poolOf(db).connect();
  const query = client.query.bind(client);
  const only = { connect: async () => ({ query, release() {} }), async end() {} };
  try {
    return await work({
      db: new Kysely<DB>({ dialect: new PostgresDialect({ pool: only as never }) }),
      async copy(table, rows) {
        const stream = client.query(copyFrom(`copy ${table} from stdin`));
        stream.end(rows.map(lineOf).join(''));
        await finished(stream);
      },
    });
  } finally {
    client.release(true);
  }
}

const lineOf = (row: readonly CopyField[]) => `${row.map(fieldOf).join('\t')}\n`;

function fieldOf(field: CopyField): string {
  if (field === null) return '\\N';
  if (typeof field === 'string') return escaped(field);
  if (typeof field === 'object') return escaped(`{${field.map((one) => `"${one.replace(/["\\]/g, '\\$&')}"`)}}`);
  return String(field);
}

const ESCAPES: Record<string, string> = { '\\': '\\\\', '\n': '\\n', '\r': '\\r', '\t': '\\t' };

/** As the text format of `COPY` wants it. */
const escaped = (text: string) => text.replace(/[\\\n\r\t]/g, (character) => ESCAPES[character] as string);
