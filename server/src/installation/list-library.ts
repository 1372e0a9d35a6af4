import type { LibraryEntry, listLibrary as libraryRoute, Package } from '@flotilla/contract/packages';
import type { QueryOf, ResponseOf } from '@flotilla/contract/route';
import type { getTitle, listTitles as titlesRoute } from '@flotilla/contract/software';
import { readScope } from '../fleets/index.ts';
import { listTitles, readTitle } from '../inventory/index.ts';
import type { Context } from '../kernel/context.ts';
import { badRequest, notFound } from '../kernel/errors.ts';
import { noHosts } from './install-status.ts';
import { choosePackage } from './library.ts';
import { comparePackageVersions, newestOf, type PackageRow } from './package.ts';
import { readSurroundings, toPackage, toSummary } from './package-answer.ts';
import { readLibrary, readPackagesOfTitles } from './queries/packages.ts';

const PAGE = 20;

/** Titles that can be installed, by name, each with its packages. */
export async function listLibrary(
  ctx: Context,
  query: QueryOf<typeof libraryRoute>,
): Promise<ResponseOf<typeof libraryRoute>> {
  const { fleetIds } = await readScope(ctx, 'software:read', query);
  const packages = Map.groupBy(await readLibrary(ctx.db, fleetIds), (one) => one.title_id);
  const page = { ...query, per_page: query.per_page ?? PAGE, order_key: 'name' } as const;
  const titles = await listTitles(ctx, page, [...packages.keys()]);
  const titleIds = titles.software_titles.map((title) => title.id);
  const around = await readSurroundings(ctx.db, { titleIds, fleetIds });
  const library = titles.software_titles.map((title): LibraryEntry => {
    const own = (packages.get(title.id) ?? []).toSorted((a, b) => comparePackageVersions(b, a));
    return {
      title_id: title.id,
      title: title.display_name,
      source: title.source,
      hosts_count: title.hosts_count,
      packages: own.map((one) => toPackage(one, around)),
      status: around.status.get(title.id) ?? noHosts(),
    };
  });
  return { count: titles.count, library, meta: titles.meta };
}

type TitlesQuery = QueryOf<typeof titlesRoute>;

/** Titles with their packages; with a filter of packages those that have such a one, also if no host has them. */
export async function listTitlesWithPackages(
  ctx: Context,
  query: TitlesQuery,
): Promise<ResponseOf<typeof titlesRoute>> {
  const { fleetIds } = await readScope(ctx, 'software:read', query);
  const library = await readLibrary(ctx.db, fleetIds);
  const wanted = readPackageFilter(query);
  const only = wanted && [...new Set(library.filter(wanted).map((one) => one.title_id))];
  const answer = await listTitles(ctx, query, only);
  const packages = Map.groupBy(library, (one) => one.title_id);
  const titleIds = answer.software_titles.map((title) => title.id).filter((id) => packages.has(id));
  const around = await readSurroundings(ctx.db, { titleIds, fleetIds });
  const software_titles = answer.software_titles.map((title) => {
    const newest = newestOf(packages.get(title.id) ?? []);
    return { ...title, software_package: newest && toSummary(newest, around) };
  });
  return { ...answer, software_titles };
}

/** Which packages a title has to have one of; undefined: it need not have any. */
function readPackageFilter(query: TitlesQuery): ((one: PackageRow) => boolean) | undefined {
  const { platform, hash_sha256, package_name, self_service, available_for_install, packages_only } = query;
  for (const name of ['platform', 'hash_sha256', 'package_name'] as const) {
    if (query[name] === undefined || (query.fleet_id ?? query.team_id) !== undefined) continue;
    throw badRequest(name, 'is about the library of one fleet: name it with fleet_id, 0 for hosts in none');
  }
  const asked = platform ?? hash_sha256 ?? package_name ?? (self_service || available_for_install || packages_only);
  if (!asked) return undefined;
  const platforms = platform?.split(',').map((name) => (name === 'macos' ? 'darwin' : name));
  return (one) =>
    (!platforms || platforms.includes(one.platform)) &&
    (!hash_sha256 || one.sha256 === hash_sha256.toLowerCase()) &&
    (!package_name || one.file_name === package_name) &&
    (!self_service || one.self_service);
}

export async function readTitleWithPackages(
  ctx: Context,
  titleId: number,
  query: QueryOf<typeof getTitle>,
): Promise<ResponseOf<typeof getTitle>['software_title']> {
  const { fleetIds } = await readScope(ctx, 'software:read', query);
  const packages = await readPackagesOfTitles(ctx.db, [titleId], fleetIds);
  const title = await readTitle(ctx, { ...query, titleId, isInLibrary: packages.length > 0 });
  const around = await readSurroundings(ctx.db, { titleIds: [titleId], fleetIds });
  const newest = newestOf(packages);
  return {
    ...title,
    software_package: newest && toPackage(newest, around),
    packages: packages.map((one) => toPackage(one, around)),
  };
}

interface Named {
  titleId: number;
  /** Absent: the newest. */
  packageId?: number | undefined;
  fleet_id?: number;
  team_id?: number;
}

/** @throws AppError `not_found` when the title has none */
export async function readPackageOf(ctx: Context, named: Named): Promise<Package> {
  const { one, fleetIds } = await requirePackage(ctx, named);
  return answerFor(ctx, one, fleetIds);
}

/** @param fleetIds the fleets it is seen from; null are all */
export const answerFor = async (ctx: Context, one: PackageRow, fleetIds: readonly number[] | null): Promise<Package> =>
  toPackage(one, await readSurroundings(ctx.db, { titleIds: [one.title_id], fleetIds }));

/** A package of a title, the newest unless one is named, and its bytes. @throws AppError `not_found` */
export async function openPackageOf(ctx: Context, named: Named) {
  const { one } = await requirePackage(ctx, named);
  const file = await ctx.store.open(one.sha256);
  if (!file) throw notFound(`The file of ${one.file_name}`);
  return { ...file, fileName: one.file_name };
}

async function requirePackage(ctx: Context, { titleId, packageId, ...query }: Named) {
  const { fleetIds } = await readScope(ctx, 'software:read', query);
  const one = await choosePackage(ctx.db, { titleId, packageId, fleetIds });
  if (!one) throw notFound(`A package of title ${titleId}`);
  return { one, fleetIds };
}
