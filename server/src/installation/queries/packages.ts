import { type Insertable, sql } from 'kysely';
import type { DB } from '../../database.ts';
import type { Db, Tx } from '../../kernel/db/database.ts';
import type { PackageRow } from '../package.ts';

const COLUMNS = sql`id, title_id, fleet_id, (select fleet.name from fleets.fleet as fleet where fleet.id = package.fleet_id) as fleet_name, file_name, format, name, version, arch, platform, source_package, source_version, sha256,
  size, install_script, uninstall_script, post_install_script, pre_install_query, self_service, uploaded_at, uploaded_by`;

const inFleets = (fleetIds: readonly number[] | null) =>
  fleetIds === null ? sql`` : sql`and fleet_id = any(${fleetIds}::int[])`;

/** Packages by title, first added first, of the libraries of some fleets; null are all. */
export async function readPackagesOfTitles(
  db: Db | Tx,
  titleIds: number[],
  fleetIds: readonly number[] | null = null,
): Promise<PackageRow[]> {
  const { rows } = await sql<PackageRow>`
    select ${COLUMNS} from installation.package
    where title_id = any(${titleIds}::int[]) and deleted_at is null ${inFleets(fleetIds)} order by title_id, id`.execute(
    db,
  );
  return rows;
}

/** Packages by id, also such as the library no longer has. */
export async function readPackages(db: Db | Tx, ids: number[]): Promise<PackageRow[]> {
  const { rows } = await sql<PackageRow>`
    select ${COLUMNS} from installation.package where id = any(${ids}::int[]) order by id`.execute(db);
  return rows;
}

/** All packages of the libraries of some fleets: a library is read by people, so it is small. */
export async function readLibrary(db: Db | Tx, fleetIds: readonly number[] | null): Promise<PackageRow[]> {
  const { rows } = await sql<PackageRow>`
    select ${COLUMNS} from installation.package where deleted_at is null ${inFleets(fleetIds)} order by title_id, id`.execute(
    db,
  );
  return rows;
}

export async function insertPackage(tx: Tx, row: Insertable<DB['installation.package']>): Promise<number> {
  const { id } = await tx.insertInto('installation.package').values(row).returning('id').executeTakeFirstOrThrow();
  return id;
}

/** Uploads of one title come one after the other. */
export const lockPackages = (tx: Tx) => sql`lock table installation.package in share row exclusive mode`.execute(tx);

export const deletePackages = (tx: Tx, ids: number[], at: Date) =>
  tx
    .updateTable('installation.package')
    .set({ deleted_at: at })
    .where('id', '=', sql<number>`any(${ids}::int[])`)
    .where('deleted_at', 'is', null)
    .execute();
