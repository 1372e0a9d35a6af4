import { fileURLToPath } from 'node:url';
import type { WrittenFile } from '../written-file.ts';
import { withMigratedDatabase } from './migrated-database.ts';
import { readCatalogue } from './queries.ts';
import { toSql } from './to-sql.ts';
import { toTypes } from './to-types.ts';

const inServer = (path: string) => fileURLToPath(new URL(`../../../server/${path}`, import.meta.url));

/** The files that follow from the migrations. */
export const schemaFiles = (): Promise<WrittenFile[]> =>
  withMigratedDatabase(async (db) => [
    { path: inServer('schema.sql'), text: toSql(await readCatalogue(db)) },
    { path: inServer('src/database.ts'), text: await toTypes(db) },
  ]);
