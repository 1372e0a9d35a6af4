import type { QueryOf, ResponseOf } from '@flotilla/contract/route';
import type { Behind, listBehind as behindRoute } from '@flotilla/contract/updates';
import { type FleetScope, readScope } from '../fleets/index.ts';
import { pageMeta } from '../inventory/index.ts';
import type { Context } from '../kernel/context.ts';
import * as queries from './queries/behind.ts';
import { type LibraryPackage, readLibrary } from './queries/packages.ts';
import { librariesOf } from './reach.ts';
import { isOlder, newestFirst } from './versions.ts';

const PAGE = 20;

interface TitleBehind {
  titleId: number;
  newest: LibraryPackage;
  older: queries.VersionOfTitle[];
}

/** Titles of which hosts have something older than the newest package, most hosts first unless asked otherwise. */
export async function listBehind(
  ctx: Context,
  query: QueryOf<typeof behindRoute>,
): Promise<ResponseOf<typeof behindRoute>> {
  const scope = await readScope(ctx, 'updates:read', query);
  const titleIds = query.title_id === undefined ? null : [query.title_id];
  const library = await readLibrary(ctx.db, { titleIds, fleetIds: librariesOf(ctx, 'updates:read') });
  const packages = Map.groupBy(library, (one) => one.title_id);
  const versions = Map.groupBy(
    await queries.readVersions(ctx.db, [...packages.keys()], scope.counterId),
    (one) => one.title_id,
  );
  const all = [...packages].flatMap(([titleId, own]): TitleBehind[] => {
    const [newest] = newestFirst(own);
    const older = (versions.get(titleId) ?? []).filter((one) => one.hosts > 0 && newest && isOlder(one, newest));
    return newest && older.length > 0 ? [{ titleId, newest, older }] : [];
  });
  // By hosts of versions, which are counted already; the page itself counts hosts that have several of them once.
  const size = ({ older }: TitleBehind) => older.reduce((sum, { hosts }) => sum + hosts, 0);
  const turn = query.order_direction === 'asc' ? -1 : 1;
  all.sort((a, b) => turn * (size(b) - size(a)) || a.titleId - b.titleId);
  const limit = query.per_page ?? PAGE;
  const offset = (query.page ?? 0) * limit;
  const behind = await describe(ctx, scope, all.slice(offset, offset + limit));
  return { count: all.length, behind, meta: pageMeta(offset, limit, all.length) };
}

async function describe(ctx: Context, { fleetIds }: FleetScope, page: TitleBehind[]): Promise<Behind[]> {
  const versionIds = page.flatMap(({ older }) => older.map(({ id }) => id));
  const [titles, hosts, found] = await Promise.all([
    queries.readTitles(
      ctx.db,
      page.map(({ titleId }) => titleId),
    ),
    queries.countHosts(ctx.db, versionIds, fleetIds),
    queries.readFoundNames(ctx.db, versionIds),
  ]);
  return page.map(({ titleId, newest, older }) => ({
    title_id: titleId,
    title: titles.get(titleId)?.title ?? '',
    source: titles.get(titleId)?.source ?? '',
    installer_id: newest.id,
    newest_version: newest.version,
    package: newest.file_name,
    hosts_count: hosts.get(titleId) ?? 0,
    versions: newestFirst(older).map((one) => ({ id: one.id, version: one.version, hosts_count: one.hosts })),
    vulnerabilities: found.get(titleId) ?? [],
  }));
}
