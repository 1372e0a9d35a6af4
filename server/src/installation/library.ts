import type { Db, Tx } from '../kernel/db/database.ts';
import { newestOf, type PackageRow } from './package.ts';
import { readPackages, readPackagesOfTitles } from './queries/packages.ts';

interface Choice {
  titleId: number;
  packageId?: number | undefined;
  /** Whose libraries it may come from; absent or null: any. */
  fleetIds?: readonly number[] | null;
}

/** The package that installing a title means: the one named, else the newest. Null when the library has none. */
export async function choosePackage(
  db: Db | Tx,
  { titleId, packageId, fleetIds = null }: Choice,
): Promise<PackageRow | null> {
  const packages = await readPackagesOfTitles(db, [titleId], fleetIds);
  return packageId === undefined ? newestOf(packages) : (packages.find((one) => one.id === packageId) ?? null);
}

/** The newest package of each title that has one. */
export async function newestPackages(db: Db | Tx, titleIds: number[]): Promise<Map<number, PackageRow>> {
  const byTitle = Map.groupBy(await readPackagesOfTitles(db, titleIds), (one) => one.title_id);
  return new Map(
    [...byTitle].flatMap(([titleId, all]) => (newestOf(all) ? [[titleId, newestOf(all) as PackageRow]] : [])),
  );
}

export const readPackage = async (db: Db | Tx, id: number): Promise<PackageRow | null> =>
  (await readPackages(db, [id]))[0] ?? null;
