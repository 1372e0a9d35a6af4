import { sql } from 'kysely';
import type { PackageRow } from '../../installation/index.ts';
import type { Db, Tx } from '../../kernel/db/database.ts';

/** What has to be known of a package to roll it out. */
export type LibraryPackage = Pick<
  PackageRow,
  'id' | 'title_id' | 'file_name' | 'name' | 'version' | 'arch' | 'platform' | 'source_package' | 'source_version'
>;

/** Packages of titles in the libraries of fleets, first added first; null are all. */
export async function readLibrary(
  db: Db | Tx,
  { titleIds, fleetIds }: { titleIds: number[] | null; fleetIds: readonly number[] | null },
): Promise<LibraryPackage[]> {
  const { rows } = await sql<LibraryPackage>`
    select id, title_id, file_name, name, version, arch, platform, source_package, source_version from installation.package
    where deleted_at is null ${titleIds === null ? sql`` : sql`and title_id = any(${titleIds}::int[])`}
      ${fleetIds === null ? sql`` : sql`and fleet_id = any(${fleetIds}::int[])`}
    order by title_id, id`.execute(db);
  return rows;
}
