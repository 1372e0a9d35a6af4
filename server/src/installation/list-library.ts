import type { LibraryEntry, listLibrary as libraryRoute, Package } from '@flotilla/contract/packages';
import type { QueryOf, ResponseOf } from '@flotilla/contract/route';
import type { getTitle, listTitles as titlesRoute } from '@flotilla/contract/software';
import { listTitles, pageMeta, readTitle } from '../inventory/index.ts';
import { permit } from '../kernel/access.ts';
import type { Context } from '../kernel/context.ts';
import { notFound } from '../kernel/errors.ts';
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
  permit(ctx.actor, 'software:read');
  const packages = Map.groupBy(await readLibrary(ctx.db), (one) => one.title_id);
  const limit = query.per_page ?? PAGE;
  const page = { page: query.page ?? 0, per_page: limit, order_direction: query.order_direction };
  const titles = await listTitles(ctx, { ...page, order_key: 'name', ...(query.query && { query: query.query }) }, [
    ...packages.keys(),
  ]);
  const around = await readSurroundings(
    ctx.db,
    titles.software_titles.map((title) => title.id),
  );
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
  return { count: titles.count, library, meta: pageMeta(page.page * limit, limit, titles.count) };
}

/** Titles with their packages; with `available_for_install` those that have one, also if no host has them. */
export async function listTitlesWithPackages(
  ctx: Context,
  query: QueryOf<typeof titlesRoute>,
): Promise<ResponseOf<typeof titlesRoute>> {
  permit(ctx.actor, 'software:read');
  const library = await readLibrary(ctx.db);
  const only = query.available_for_install ? [...new Set(library.map((one) => one.title_id))] : undefined;
  const answer = await listTitles(ctx, query, only);
  const shown = new Set(answer.software_titles.map((title) => title.id));
  const packages = Map.groupBy(library, (one) => one.title_id);
  const around = await readSurroundings(
    ctx.db,
    [...packages.keys()].filter((id) => shown.has(id)),
  );
  const software_titles = answer.software_titles.map((title) => {
    const newest = newestOf(packages.get(title.id) ?? []);
    return { ...title, software_package: newest && toSummary(newest, around) };
  });
  return { ...answer, software_titles };
}

export async function readTitleWithPackages(
  ctx: Context,
  titleId: number,
  query: QueryOf<typeof getTitle>,
): Promise<ResponseOf<typeof getTitle>['software_title']> {
  const [title, packages] = await Promise.all([
    readTitle(ctx, titleId, query),
    readPackagesOfTitles(ctx.db, [titleId]),
  ]);
  const around = await readSurroundings(ctx.db, [titleId]);
  const newest = newestOf(packages);
  return {
    ...title,
    software_package: newest && toPackage(newest, around),
    packages: packages.map((one) => toPackage(one, around)),
  };
}

/** @throws AppError `not_found` when the title has none */
export async function readPackageOf(ctx: Context, titleId: number, packageId?: number): Promise<Package> {
  return answerFor(ctx, await requirePackage(ctx, titleId, packageId));
}

export const answerFor = async (ctx: Context, one: PackageRow): Promise<Package> =>
  toPackage(one, await readSurroundings(ctx.db, [one.title_id]));

/** A package of a title, the newest unless one is named, and its bytes. @throws AppError `not_found` */
export async function openPackageOf(ctx: Context, titleId: number, packageId?: number) {
  const one = await requirePackage(ctx, titleId, packageId);
  const file = await ctx.store.open(one.sha256);
  if (!file) throw notFound(`The file of ${one.file_name}`);
  return { ...file, fileName: one.file_name };
}

async function requirePackage(ctx: Context, titleId: number, packageId?: number): Promise<PackageRow> {
  permit(ctx.actor, 'software:read');
  const one = await choosePackage(ctx.db, titleId, packageId);
  if (!one) throw notFound(`A package of title ${titleId}`);
  return one;
}
