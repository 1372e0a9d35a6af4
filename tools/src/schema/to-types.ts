import { generate, PostgresDialect } from 'kysely-codegen';
import type { AnyDb } from './queries.ts';

/** What the driver makes of each type: ids and counts stay below 2^53, times are dates. */
const typeMapping = { int8: 'number', timestamptz: 'Date' };

/** The tables as TypeScript types for Kysely; a partition is written through its parent and has no type. */
export const toTypes = (db: AnyDb): Promise<string> =>
  generate({
    db,
    dialect: new PostgresDialect({ partitions: false }),
    excludePattern: '{pgboss,public}.*',
    typeMapping,
    typeOnlyImports: true,
    outFile: null,
  });
