import type { FindingState } from '@flotilla/contract/finding-life';
import type { QueryOf, ResponseOf } from '@flotilla/contract/route';
import type * as contract from '@flotilla/contract/vulnerabilities';
import type { Finding, VulnerabilitySummary } from '@flotilla/contract/vulnerabilities';
import { readScope } from '../fleets/index.ts';
import { readHost } from '../hosts/index.ts';
import { detailsLink, pageMeta, readFoldTime, readPage } from '../inventory/index.ts';
import type { Context } from '../kernel/context.ts';
import { badRequest, notFound } from '../kernel/errors.ts';
import { type DuePolicy, dueOf } from './decide.ts';
import { readPolicyFor } from './due/queries/rules.ts';
import { stateFindings } from './life/finding-state.ts';
import * as queries from './queries/list.ts';

const PAGE = 20;
type ListQuery = QueryOf<typeof contract.listVulnerabilities>;

/** Vulnerabilities that hosts have now, newest first unless asked otherwise. */
export async function listVulnerabilities(
  ctx: Context,
  query: ListQuery,
): Promise<ResponseOf<typeof contract.listVulnerabilities>> {
  const { counterId: fleetId } = await readScope(ctx, 'software:read', query);
  const filter = {
    fleetId,
    ...(query.query && { text: query.query }),
    ...(query.exploit && { exploited: true }),
    ...(query.min_cvss_score !== undefined && { minScore: query.min_cvss_score }),
  };
  const { order, cut } = readOrder(query);
  const [found, count, foldedAt] = await Promise.all([
    queries.listVulnerabilities(ctx.db, filter, order),
    queries.countVulnerabilities(ctx.db, filter),
    readFoldTime(ctx.db),
  ]);
  const { rows, meta } = cut(found, (row) => ({ value: row.ordered_by, id: row.id }));
  return {
    count,
    counts_updated_at: foldedAt?.toISOString() ?? null,
    vulnerabilities: rows.map((row) => toSummary(row, foldedAt)),
    meta,
  };
}

function readOrder({ order_key, after, ...query }: ListQuery) {
  const key = order_key === undefined ? 'created_at' : order_key === 'host_count' ? 'hosts_count' : order_key;
  const read = readPage({ ...query, ...(order_key && { order_key: key }) }, { key, descending: true });
  if (after === undefined) return read;
  if (order_key === undefined) throw badRequest('after', 'goes on in an order: name it with order_key');
  const position = { value: readValue(key, after), id: 0 };
  return { ...read, order: { ...read.order, offset: 0, after: position } };
}

const MOMENTS = ['created_at', 'cve_published'];
const NUMBERS = ['cvss_score', 'epss_probability'];

function readValue(key: queries.VulnerabilityOrder['key'], after: string): string {
  if (key === 'hosts_count' && !/^\d{1,9}$/.test(after)) throw badRequest('after', 'must be a number of hosts');
  if (MOMENTS.includes(key) && Number.isNaN(Date.parse(after))) throw badRequest('after', 'must be a moment');
  if (NUMBERS.includes(key) && !Number.isFinite(Number(after))) throw badRequest('after', 'must be a number');
  return after;
}

const toSummary = (row: Omit<queries.VulnerabilityRow, 'ordered_by'>, foldedAt: Date | null): VulnerabilitySummary => ({
  cve: row.name,
  created_at: (row.found_at ?? foldedAt ?? new Date(0)).toISOString(),
  hosts_count: row.hosts,
  hosts_count_updated_at: foldedAt?.toISOString() ?? null,
  accepted_hosts_count: row.accepted,
  details_link: detailsLink(row.name),
  cvss_score: row.cvss,
  epss_probability: row.epss,
  cisa_known_exploit: row.is_exploited,
  cve_published: row.published_at?.toISOString() ?? null,
  cve_description: row.description,
});

/**
 * One vulnerability and the software on hosts that has it.
 * @returns null when it is known and nothing has it
 * @throws AppError `not_found` when no feed knows it
 */
export async function readVulnerability(
  ctx: Context,
  cve: string,
  query: QueryOf<typeof contract.getVulnerability>,
): Promise<ResponseOf<typeof contract.getVulnerability> | null> {
  const { counterId: fleetId } = await readScope(ctx, 'software:read', query);
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
  platform: row.vendor,
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

type Paging = Pick<QueryOf<typeof contract.vulnerabilityFindings>, 'page' | 'per_page'>;

/** Where a vulnerability was found on hosts, with the evidence. */
export async function listFindingsOf(ctx: Context, cve: string, query: QueryOf<typeof contract.vulnerabilityFindings>) {
  const { counterId: fleetId, fleetIds } = await readScope(ctx, 'software:read', query);
  const row = await queries.findVulnerability(ctx.db, cve, fleetId);
  if (!row) throw notFound(`Vulnerability ${cve}`);
  const rows = await queries.listFindings(ctx.db, { vulnerabilityId: row.id, fleetId });
  const page = cutPage(rows, query);
  const stateOf = await stateFindings(ctx.db, page.rows, { fleetIds });
  return toPage(page, { stateOf, policy: await readPolicyFor(ctx.db, null) });
}

/** What was found on one host, the urgent first. */
export async function listFindingsOn(
  ctx: Context,
  hostId: number,
  { query, state, ...paging }: QueryOf<typeof contract.hostFindings>,
) {
  await readHost(ctx, hostId);
  const rows = await queries.listFindings(ctx.db, { hostId, ...(query && { text: query }) });
  const stateOf = await stateFindings(ctx.db, rows, { hostId });
  const stated = state === undefined ? rows : rows.filter((row) => stateOf(row) === state);
  return toPage(cutPage(stated, paging), { stateOf, policy: await readPolicyFor(ctx.db, hostId) });
}

function cutPage(all: queries.FindingRow[], { page = 0, per_page = PAGE }: Paging) {
  const first = page * per_page;
  const rows = all.slice(first, first + per_page);
  return { rows, count: all.length, meta: pageMeta(first, per_page, all.length) };
}

interface Known {
  stateOf: (row: queries.FindingRow) => FindingState;
  policy: DuePolicy;
}

const toPage = ({ rows, ...page }: ReturnType<typeof cutPage>, known: Known) => ({
  findings: rows.map((row) => toFindingAnswer(row, known)),
  ...page,
});

function toFindingAnswer(row: queries.FindingRow, { stateOf, policy }: Known): Finding {
  const {
    software_id,
    body,
    is_exploited,
    since,
    since_on_host,
    due,
    exploited_since,
    exploited_due,
    is_listed,
    ...rest
  } = row;
  const { is_automatable, technical_impact, probability, exception_id, exception_status, exception_until, ...shown } =
    rest;
  const began = since_on_host && since_on_host > since ? since_on_host : since;
  const isDue = row.is_active && row.verdict === 'affected' && exception_id === null;
  return {
    ...shown,
    state: stateOf(row),
    since: since.toISOString(),
    fix_from: body.fixFrom,
    reason: body.reason,
    cisa_known_exploit: is_exploited,
    due_at: isDue ? (due?.toISOString() ?? dueOf(began, row, policy)) : null,
    exception:
      exception_id === null || exception_status === null
        ? null
        : { id: exception_id, status: exception_status, until: exception_until?.toISOString() ?? null },
    evidence: body.evidence,
  };
}
