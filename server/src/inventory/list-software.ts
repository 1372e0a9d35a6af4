import type { QueryOf, ResponseOf } from '@flotilla/contract/route';
import type {
  Title,
  TitleListItem,
  listTitles as titlesRoute,
  Version,
  listVersions as versionsRoute,
} from '@flotilla/contract/software';
import { readScope } from '../fleets/index.ts';
import { permitSome } from '../kernel/access.ts';
import type { Context } from '../kernel/context.ts';
import { notFound } from '../kernel/errors.ts';
import { readEndsOfLife } from './end-of-life/end-of-life.ts';
import { isFiltered, readFilter, readPage } from './list-query.ts';
import { readFoldTime, readTotal } from './queries/counts.ts';
import { readFound, readFoundNames } from './queries/found.ts';
import * as titles from './queries/titles.ts';
import * as versions from './queries/versions.ts';
import { toTitle, toVersion } from './software-answer.ts';

interface FleetQuery {
  fleet_id?: number;
  team_id?: number;
}

const BIGGEST_FIRST = { key: 'hosts_count', descending: true } as const;

type TitlesQuery = QueryOf<typeof titlesRoute>;
type TitlesAnswer = ResponseOf<typeof titlesRoute>;
export type TitleListItemOnHosts = Omit<TitleListItem, 'software_package'>;
export type TitleOnHosts = Omit<Title, 'software_package' | 'packages'>;

/**
 * Titles that hosts have now, most hosts first unless asked otherwise; with `titleIds` only these, also if no host has them.
 */
export async function listTitles(
  ctx: Context,
  query: TitlesQuery,
  titleIds?: number[],
): Promise<Omit<TitlesAnswer, 'software_titles'> & { software_titles: TitleListItemOnHosts[] }> {
  const { counterId } = await readScope(ctx, 'software:read', query);
  const filter: titles.TitleFilter = { ...readFilter(counterId, query), ...(titleIds && { titleIds }) };
  const { order, cut } = readPage(query, BIGGEST_FIRST);
  const [{ rows: found, total }, foldedAt] = await Promise.all([
    isFiltered(filter) ? titles.findTitles(ctx.db, filter, order) : allTitles(ctx, counterId, order),
    readFoldTime(ctx.db),
  ]);
  const { rows, meta } = cut(found, (row) => ({ value: positionIn(order.key, row), id: row.id }));
  return {
    count: total,
    counts_updated_at: foldedAt?.toISOString() ?? null,
    software_titles: await withVersions(ctx, rows, counterId),
    meta,
  };
}

function positionIn(key: string, row: { sort_name: string; hosts: number; rank?: string }) {
  if (key === 'name') return row.sort_name;
  return row.rank ?? row.hosts;
}

async function allTitles(ctx: Context, fleetId: number, order: titles.TitleOrder) {
  const [rows, total] = await Promise.all([
    titles.listTitles(ctx.db, fleetId, order),
    readTotal(ctx.db, { fleetId, list: 'title', kind: 'normal' }),
  ]);
  return { rows, total };
}

async function withVersions(ctx: Context, rows: titles.TitleRow[], fleetId: number): Promise<TitleListItemOnHosts[]> {
  const titleIds = rows.map((row) => row.id);
  const ofTitle = Map.groupBy(await titles.listVersionsOfTitles(ctx.db, titleIds, fleetId), (row) => row.title_id);
  const found = await readFoundNames(
    ctx.db,
    [...ofTitle.values()].flatMap((own) => own.map(({ id }) => id)),
  );
  return rows.map((row) => {
    const own = ofTitle.get(row.id) ?? [];
    return {
      ...toTitle(row, own.length),
      versions: own.map(({ id, version }) => ({ id, version, vulnerabilities: found.get(id) ?? null })),
    };
  });
}

/** Whoever reads some fleets only does not learn of what no host there has. */
const isHidden = (ctx: Context, hosts: number) => hosts === 0 && permitSome(ctx.actor, 'software:read') !== 'all';

/** @param isInLibrary whether the title is to be seen though no host has it @throws AppError `not_found` */
export async function readTitle(
  ctx: Context,
  { titleId, isInLibrary, ...query }: FleetQuery & { titleId: number; isInLibrary: boolean },
): Promise<TitleOnHosts> {
  const { counterId } = await readScope(ctx, 'software:read', query);
  const [row, own, foldedAt] = await Promise.all([
    titles.findTitle(ctx.db, titleId, counterId),
    titles.listVersionsOfTitles(ctx.db, [titleId], counterId),
    readFoldTime(ctx.db),
  ]);
  if (!row || (!isInLibrary && isHidden(ctx, row.hosts))) throw notFound(`Software title ${titleId}`);
  const versionIds = own.map(({ id }) => id);
  const [found, ends] = await Promise.all([readFoundNames(ctx.db, versionIds), readEndsOfLife(ctx, versionIds)]);
  return {
    ...toTitle(row, own.length),
    counts_updated_at: foldedAt?.toISOString() ?? null,
    versions: own.map(({ id, version, hosts }) => ({
      id,
      version,
      vulnerabilities: found.get(id) ?? null,
      hosts_count: hosts,
      end_of_life: ends.get(id) ?? null,
    })),
  };
}

type VersionsQuery = QueryOf<typeof versionsRoute>;

export async function listVersions(ctx: Context, query: VersionsQuery): Promise<ResponseOf<typeof versionsRoute>> {
  const { counterId } = await readScope(ctx, 'software:read', query);
  const filter = readFilter(counterId, query);
  const { order, cut } = readPage(query, BIGGEST_FIRST);
  const [{ rows: all, total }, foldedAt] = await Promise.all([
    isFiltered(filter) ? versions.findVersions(ctx.db, filter, order) : allVersions(ctx, counterId, order),
    readFoldTime(ctx.db),
  ]);
  const { rows, meta } = cut(all, (row) => ({ value: positionIn(order.key, row), id: row.id }));
  const ids = rows.map(({ id }) => id);
  const [found, ends] = await Promise.all([readFound(ctx.db, ids), readEndsOfLife(ctx, ids)]);
  return {
    count: total,
    counts_updated_at: foldedAt?.toISOString() ?? null,
    software: rows.map((row) => withoutDetails(query, toVersion(row, found.get(row.id), ends.get(row.id)))),
    meta,
  };
}

async function allVersions(ctx: Context, fleetId: number, order: versions.VersionOrder) {
  const [rows, total] = await Promise.all([
    versions.listVersions(ctx.db, fleetId, order),
    readTotal(ctx.db, { fleetId, list: 'version', kind: 'normal' }),
  ]);
  return { rows, total };
}

const UNTOLD = {
  cvss_score: null,
  epss_probability: null,
  cisa_known_exploit: null,
  cve_published: null,
  cve_description: null,
  resolved_in_version: null,
};

function withoutDetails({ without_vulnerability_details: without }: VersionsQuery, version: Version): Version {
  if (!without || version.vulnerabilities === null) return version;
  return { ...version, vulnerabilities: version.vulnerabilities.map((one) => ({ ...one, ...UNTOLD })) };
}

/** How many versions the list has. */
export async function countVersions(ctx: Context, query: VersionsQuery) {
  const { count, counts_updated_at } = await listVersions(ctx, { ...query, per_page: 1 });
  return { count, counts_updated_at };
}

/** @throws AppError `not_found` */
export async function readVersion(ctx: Context, versionId: number, query: FleetQuery): Promise<Version> {
  const { counterId } = await readScope(ctx, 'software:read', query);
  const row = await versions.findVersion(ctx.db, versionId, counterId);
  if (!row || isHidden(ctx, row.hosts)) throw notFound(`Software version ${versionId}`);
  const [found, ends] = await Promise.all([readFound(ctx.db, [versionId]), readEndsOfLife(ctx, [versionId])]);
  return toVersion(row, found.get(versionId), ends.get(versionId));
}
