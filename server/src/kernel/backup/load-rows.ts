import { once } from 'node:events';
import { finished } from 'node:stream/promises';
import { promisify } from 'node:util';
import { zstdDecompress } from 'node:zlib';
import type pg from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import type { ConnectionSettings } from '../db/connect.ts';
import { connectForCopy, copyTarget } from './copy-rows.ts';
import { chunkName, type StoredTable } from './manifest.ts';
import { contentOf, readEntries } from './read-archive.ts';

const decompress = promisify(zstdDecompress);

/** Fills tables from chunks that come in the order of each table, with those of other tables between them. */
export interface RowLoader {
  /** @returns bytes of text, or null when the entry belongs to no table */
  load(entry: string, content: () => Promise<Buffer>): Promise<number | null>;
  close(): Promise<void>;
}

interface Filling {
  client: pg.Client;
  stream: ReturnType<typeof copyFrom>;
  done: Promise<void>;
}

/** A connection a table that is being filled: as many as the backup was read with. */
export function createLoader(connection: ConnectionSettings, tables: readonly StoredTable[]): RowLoader {
  const chunks = new Map<string, { table: StoredTable; no: number }>();
  for (const table of tables) {
    for (let no = 1; no <= table.chunks; no += 1) chunks.set(chunkName(table, no), { table, no });
  }
  const filling = new Map<StoredTable, Filling>();
  return {
    async load(entry, content) {
      const chunk = chunks.get(entry);
      if (!chunk) return null;
      const { table, no } = chunk;
      if (no === 1) filling.set(table, await startFilling(connection, table));
      const { stream, done, client } = filling.get(table) as Filling;
      const text = await decompress(await content());
      if (!stream.write(text)) await Promise.race([once(stream, 'drain'), done]);
      if (no < table.chunks) return text.length;
      stream.end();
      await done;
      await client.end();
      filling.delete(table);
      return text.length;
    },
    async close() {
      await Promise.allSettled([...filling.values()].map(({ client }) => client.end()));
    },
  };
}

async function startFilling(connection: ConnectionSettings, table: StoredTable): Promise<Filling> {
  const client = await connectForCopy(connection);
  const stream = client.query(copyFrom(`copy ${copyTarget(table)} from stdin`));
  const done = finished(stream);
  done.catch(() => {});
  return { client, stream, done };
}

/** The text of the rows of one table in a backup, in their order. */
export async function readRows(file: string, table: StoredTable, take: (chunk: Buffer) => void): Promise<void> {
  const chunks = new Set(Array.from({ length: table.chunks }, (_, index) => chunkName(table, index + 1)));
  for await (const entry of readEntries(file)) {
    if (chunks.has(entry.name)) take(await decompress(await contentOf(entry)));
    else for await (const _ of entry.content);
  }
}
