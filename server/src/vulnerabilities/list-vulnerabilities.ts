import type { QueryOf, ResponseOf } from '@flotilla/contract/route';
import type * as contract from '@flotilla/contract/vulnerabilities';
import type { Finding, VulnerabilitySummary } from '@flotilla/contract/vulnerabilities';
import { readHost } from '../hosts/index.ts';
import { detailsLink, pageMeta, readFoldTime } from '../inventory/index.ts';
import { permit } from '../kernel/access.ts';
import type { Context } from '../kernel/context.ts';
import { ALL_FLEETS } from '../kernel/counters/spec.ts';
import { notFound } from '../kernel/errors.ts';
import * as queries from './queries/list.ts';

const PAGE = 20;
type ListQuery = QueryOf<typeof contract.listVulnerabilities>;

/** Vulnerabilities that hosts have now, newest first unless asked otherwise. */
export async function listVulnerabilities(
  ctx: Context,
  query: ListQuery,
): Promise<ResponseOf<typeof contract.listVulnerabilities>> {
  permit(ctx.actor, 'software:read');
  const limit = query.per_page ?? PAGE;
  const offset = (query.page ?? 0) * limit;
  const filter = {
    fleetId: query.fleet_id ?? query.team_id ?? ALL_FLEETS,
    ...(query.query && { text: query.query }),
    ...(query.exploit && { exploited: true }),
  };
  const descending = query.order_direction ? query.order_direction === 'desc' : query.order_key === undefined;
  const [rows, count, foldedAt] = await Promise.all([
    queries.listVulnerabilities(ctx.db, filter, { key: query.order_key ?? 'created_at', descending, offset, limit }),
    queries.countVulnerabilities(ctx.db, filter),
    readFoldTime(ctx.db),
  ]);
  return {
    count,
    counts_updated_at: foldedAt?.toISOString() ?? null,
    vulnerabilities: rows.map((row) => toSummary(row, foldedAt)),
    meta: pageMeta(offset, limit, count),
  };
}

const toSummary = (row: queries.VulnerabilityRow, foldedAt: Date | null): VulnerabilitySummary => ({
  cve: row.name,
  created_at: (row.found_at ?? foldedAt ?? new Date(0)).toISOString(),
  hosts_count: row.hosts,
  hosts_count_updated_at: foldedAt?.toISOString() ?? null,
  details_link: detailsLink(row.name),
  cvss_score: null,
  epss_probability: null,
  cisa_known_exploit: row.is_exploited,
  cve_published: null,
  cve_description: null,
});

/**
 * One vulnerability and the software on hosts that has it.
 * @returns null when it is known and nothing has it
 * @throws AppError `not_found` when no feed knows it
 */
export async function readVulnerability(
  ctx: Context,
  cve: string,
  fleetId: number = ALL_FLEETS,
): Promise<ResponseOf<typeof contract.getVulnerability> | null> {
  permit(ctx.actor, 'software:read');
  const [row, foldedAt] = await Promise.all([queries.findVulnerability(ctx.db, cve, fleetId), readFoldTime(ctx.db)]);
  if (!row) throw notFound(`Vulnerability ${cve}`);
  const affected = await queries.listAffected(ctx.db, row.id, fleetId);
  if (affected.length === 0) return null;
  return {
    vulnerability: toSummary(row, foldedAt),
    os_versions: affected.filter((one) => one.kind === 'os').map(toOsVersion),
    software: affected.filter((one) => one.kind !== 'os').map(toSoftware),
  };
}

const toOsVersion = (row: queries.AffectedVersion) => ({
  os_version_id: row.id,
  hosts_count: row.hosts,
  name: `${row.name} ${row.version}`,
  name_only: row.name,
  version: row.version,
  resolved_in_version: row.fix_version,
  generated_cpes: [],
});

const toSoftware = (row: queries.AffectedVersion) => ({
  id: row.id,
  software_title_id: row.title_id,
  name: row.name,
  version: row.version,
  source: row.source,
  browser: row.extension_for,
  extension_for: row.extension_for,
  generated_cpe: '',
  hosts_count: row.hosts,
  resolved_in_version: row.fix_version,
});

type Paging = QueryOf<typeof contract.vulnerabilityFindings>;

/** Where a vulnerability was found on hosts, with the evidence. */
export async function listFindingsOf(ctx: Context, cve: string, paging: Paging) {
  permit(ctx.actor, 'software:read');
  const row = await queries.findVulnerability(ctx.db, cve, ALL_FLEETS);
  if (!row) throw notFound(`Vulnerability ${cve}`);
  return toPage(await queries.listFindings(ctx.db, { vulnerabilityId: row.id }), paging);
}

/** What was found on one host, the urgent first. */
export async function listFindingsOn(
  ctx: Context,
  hostId: number,
  { query, ...paging }: QueryOf<typeof contract.hostFindings>,
) {
  await readHost(ctx, hostId);
  return toPage(await queries.listFindings(ctx.db, { hostId, ...(query && { text: query }) }), paging);
}

function toPage(rows: queries.FindingRow[], { page = 0, per_page = PAGE }: Paging) {
  const first = page * per_page;
  return {
    findings: rows.slice(first, first + per_page).map(toFindingAnswer),
    count: rows.length,
    meta: pageMeta(first, per_page, rows.length),
  };
}

function toFindingAnswer({ body, is_exploited, since, ...row }: queries.FindingRow): Finding {
  return {
    ...row,
    since: since.toISOString(),
    fix_from: body.fixFrom,
    reason: body.reason,
    cisa_known_exploit: is_exploited,
    evidence: body.evidence,
  };
}
