import type { QueryOf, ResponseOf } from '@flotilla/contract/route';
import type {
  listOsVersions as osRoute,
  Title,
  TitleListItem,
  listTitles as titlesRoute,
  Version,
  listVersions as versionsRoute,
} from '@flotilla/contract/software';
import { permit } from '../kernel/access.ts';
import type { Context } from '../kernel/context.ts';
import { ALL_FLEETS } from '../kernel/counters/spec.ts';
import { notFound } from '../kernel/errors.ts';
import { readFoldTime, readTotal } from './queries/counts.ts';
import { type FoundVulnerability, readFound, readFoundNames } from './queries/found.ts';
import * as titles from './queries/titles.ts';
import * as versions from './queries/versions.ts';

const PAGE = 20;

interface FleetQuery {
  fleet_id?: number;
  team_id?: number;
}

const fleetOf = (query: FleetQuery) => query.fleet_id ?? query.team_id ?? ALL_FLEETS;

type TitlesAnswer = ResponseOf<typeof titlesRoute>;
export type TitleListItemOnHosts = Omit<TitleListItem, 'software_package'>;
export type TitleOnHosts = Omit<Title, 'software_package' | 'packages'>;

/**
 * Titles that hosts have now, most hosts first unless asked otherwise; with `titleIds` only these, also if no host has them.
 */
export async function listTitles(
  ctx: Context,
  query: QueryOf<typeof titlesRoute>,
  titleIds?: number[],
): Promise<Omit<TitlesAnswer, 'software_titles'> & { software_titles: TitleListItemOnHosts[] }> {
  permit(ctx.actor, 'software:read');
  const { filter: asked, order, page } = readQuery(query);
  const filter = { ...asked, ...(titleIds && { titleIds }) };
  const [rows, count, foldedAt] = await Promise.all([
    titles.listTitles(ctx.db, filter, order),
    isFiltered(filter)
      ? titles.countTitles(ctx.db, filter)
      : readTotal(ctx.db, { ...filter, list: 'title', kind: 'normal' }),
    readFoldTime(ctx.db),
  ]);
  const ofTitle = Map.groupBy(
    await titles.listVersionsOfTitles(
      ctx.db,
      rows.map((row) => row.id),
      filter.fleetId,
    ),
    (row) => row.title_id,
  );
  const found = await readFoundNames(
    ctx.db,
    [...ofTitle.values()].flatMap((own) => own.map(({ id }) => id)),
  );
  const software_titles = rows.map((row): TitleListItemOnHosts => {
    const own = ofTitle.get(row.id) ?? [];
    return {
      ...toTitle(row, own.length),
      versions: own.map(({ id, version }) => ({ id, version, vulnerabilities: found.get(id) ?? null })),
    };
  });
  return { count, counts_updated_at: foldedAt?.toISOString() ?? null, software_titles, meta: page(count) };
}

/** @throws AppError `not_found` */
export async function readTitle(ctx: Context, titleId: number, query: FleetQuery): Promise<TitleOnHosts> {
  permit(ctx.actor, 'software:read');
  const fleetId = fleetOf(query);
  const [row, own, foldedAt] = await Promise.all([
    titles.findTitle(ctx.db, titleId, fleetId),
    titles.listVersionsOfTitles(ctx.db, [titleId], fleetId),
    readFoldTime(ctx.db),
  ]);
  if (!row) throw notFound(`Software title ${titleId}`);
  const found = await readFound(
    ctx.db,
    own.map(({ id }) => id),
  );
  return {
    ...toTitle(row, own.length),
    counts_updated_at: foldedAt?.toISOString() ?? null,
    versions: own.map(({ id, version, hosts }) => ({
      id,
      version,
      vulnerabilities: namesOf(found.get(id)),
      hosts_count: hosts,
    })),
  };
}

export async function listVersions(
  ctx: Context,
  query: QueryOf<typeof versionsRoute>,
): Promise<ResponseOf<typeof versionsRoute>> {
  permit(ctx.actor, 'software:read');
  const { filter, order, page } = readQuery(query);
  const [rows, count, foldedAt] = await Promise.all([
    versions.listVersions(ctx.db, filter, order),
    isFiltered(filter)
      ? versions.countVersions(ctx.db, filter)
      : readTotal(ctx.db, { ...filter, list: 'version', kind: 'normal' }),
    readFoldTime(ctx.db),
  ]);
  const found = await readFound(
    ctx.db,
    rows.map(({ id }) => id),
  );
  return {
    count,
    counts_updated_at: foldedAt?.toISOString() ?? null,
    software: rows.map((row) => toVersion(row, found.get(row.id))),
    meta: page(count),
  };
}

/** @throws AppError `not_found` */
export async function readVersion(ctx: Context, versionId: number, query: FleetQuery): Promise<Version> {
  permit(ctx.actor, 'software:read');
  const row = await versions.findVersion(ctx.db, versionId, fleetOf(query));
  if (!row) throw notFound(`Software version ${versionId}`);
  return toVersion(row, (await readFound(ctx.db, [versionId])).get(versionId));
}

/** Operating systems that hosts run, most hosts first. */
export async function listOsVersions(
  ctx: Context,
  query: QueryOf<typeof osRoute>,
): Promise<ResponseOf<typeof osRoute>> {
  permit(ctx.actor, 'software:read');
  const filter = { fleetId: fleetOf(query), platform: query.platform, name: query.os_name, version: query.os_version };
  const [rows, foldedAt] = await Promise.all([
    versions.listOsVersions(ctx.db, filter, query.order_direction !== 'asc'),
    readFoldTime(ctx.db),
  ]);
  const size = query.per_page ?? PAGE;
  const first = (query.page ?? 0) * size;
  return {
    count: rows.length,
    counts_updated_at: foldedAt?.toISOString() ?? null,
    os_versions: rows.slice(first, first + size).map((row) => ({
      os_version_id: row.id,
      hosts_count: row.hosts,
      name: `${row.name} ${row.version}`.trim(),
      name_only: row.name,
      version: row.version,
      platform: row.vendor,
      generated_cpes: [],
      vulnerabilities_count: 0,
      vulnerabilities: [],
    })),
    meta: pageMeta(first, size, rows.length),
  };
}

const isFiltered = ({ text, source, titleIds }: titles.ListFilter) =>
  text !== undefined || source !== undefined || titleIds !== undefined;

function readQuery(query: QueryOf<typeof titlesRoute>) {
  const limit = query.per_page ?? PAGE;
  const offset = (query.page ?? 0) * limit;
  const key = query.order_key ?? 'hosts_count';
  const filter: titles.ListFilter = {
    fleetId: fleetOf(query),
    ...(query.query && { text: query.query }),
    ...(query.source && { source: query.source }),
  };
  // Without a wish the biggest come first; a wished order starts at its beginning, as everywhere in the API.
  const descending = query.order_direction ? query.order_direction === 'desc' : query.order_key === undefined;
  return { filter, order: { key, descending, offset, limit }, page: (count: number) => pageMeta(offset, limit, count) };
}

export const pageMeta = (offset: number, limit: number, count: number) => ({
  has_next_results: offset + limit < count,
  has_previous_results: offset > 0,
});

/** What does not apply to a source is left out, as the contract does. */
const filled = <K extends string>(row: Record<K, string>, names: readonly K[]) =>
  Object.fromEntries(names.filter((name) => row[name] !== '').map((name) => [name, row[name]])) as {
    [key in K]?: string;
  };

function toTitle(row: titles.TitleRow, versionsCount: number) {
  return {
    id: row.id,
    name: row.name,
    display_name: row.display_name,
    source: row.source,
    browser: row.extension_for,
    extension_for: row.extension_for,
    ...filled(row, ['bundle_identifier', 'application_id', 'upgrade_code']),
    icon_url: null,
    hosts_count: row.hosts,
    versions_count: versionsCount,
    app_store_app: null,
  };
}

function toVersion(row: versions.VersionRow, found: FoundVulnerability[] | undefined): Version {
  return {
    id: row.id,
    software_title_id: row.title_id,
    name: row.name,
    display_name: row.display_name,
    version: row.version,
    source: row.source,
    browser: row.extension_for,
    extension_for: row.extension_for,
    ...filled(row, [
      'bundle_identifier',
      'application_id',
      'upgrade_code',
      'release',
      'vendor',
      'arch',
      'extension_id',
    ]),
    generated_cpe: '',
    hosts_count: row.hosts,
    vulnerabilities: found?.map(toVulnerability) ?? null,
  };
}

/** Null where nobody could judge, empty where nothing was found. */
export const namesOf = (found: FoundVulnerability[] | undefined) => found?.map(({ name }) => name) ?? null;

export const toVulnerability = (found: FoundVulnerability) => ({
  cve: found.name,
  details_link: detailsLink(found.name),
  created_at: found.createdAt.toISOString(),
  cvss_score: null,
  epss_probability: null,
  cisa_known_exploit: found.isExploited,
  cve_published: null,
  cve_description: null,
  resolved_in_version: found.fixVersion,
});

/** Where a person can read about a vulnerability. */
export const detailsLink = (name: string) =>
  name.startsWith('CVE-')
    ? `https://nvd.nist.gov/vuln/detail/${name}`
    : `https://security-tracker.debian.org/tracker/${name}`;
