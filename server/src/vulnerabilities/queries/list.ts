import type { ExceptionStatus } from '@flotilla/contract/exceptions';
import type { Finding } from '@flotilla/contract/vulnerabilities';
import { type RawBuilder, sql } from 'kysely';
import type { Position } from '../../kernel/cursor.ts';
import type { Db } from '../../kernel/db/database.ts';
import type { Facts } from '../due/rate.ts';
import type { FindingBody } from '../finding.ts';
import { DECIDING } from './deciding.ts';

export interface VulnerabilityRow {
  id: number;
  name: string;
  found_at: Date | null;
  hosts: number;
  /** Further ones, on which exceptions cover all that has it. */
  accepted: number;
  is_exploited: boolean;
  cvss: number | null;
  epss: number | null;
  published_at: Date | null;
  description: string | null;
  /** What the list is ordered by. */
  ordered_by: string;
}

export interface VulnerabilityFilter {
  fleetId: number;
  text?: string;
  exploited?: boolean;
  /** CVSS */
  minScore?: number;
}

export interface VulnerabilityOrder {
  key: 'cve' | 'created_at' | 'hosts_count' | 'cvss_score' | 'epss_probability' | 'cve_published';
  descending: boolean;
  offset: number;
  limit: number;
  after: Position | null;
}

const COLUMNS = sql`vulnerability.id, vulnerability.name, vulnerability.found_at, coalesce(counted.hosts, 0) as hosts,
  coalesce(accepted.hosts, 0) as accepted,
  vulnerability.exploited_since is not null as is_exploited, vulnerability.cvss, likelihood.probability as epss,
  vulnerability.published_at, vulnerability.description`;
/** What nobody has said comes before everything. */
const ORDERS: Record<VulnerabilityOrder['key'], RawBuilder<unknown>> = {
  cve: sql`vulnerability.name`,
  created_at: sql`coalesce(vulnerability.found_at, '-infinity')`,
  hosts_count: sql`counted.hosts`,
  cvss_score: sql`coalesce(vulnerability.cvss, -1)`,
  epss_probability: sql`coalesce(likelihood.probability, -1)`,
  cve_published: sql`coalesce(vulnerability.published_at, '-infinity')`,
};
const TYPES: Record<VulnerabilityOrder['key'], RawBuilder<unknown>> = {
  cve: sql`text`,
  created_at: sql`timestamptz`,
  hosts_count: sql`int`,
  cvss_score: sql`real`,
  epss_probability: sql`real`,
  cve_published: sql`timestamptz`,
};

function where({ fleetId, text, exploited, minScore }: VulnerabilityFilter) {
  return sql`counted.fleet_id = ${fleetId} and counted.hosts > 0
    ${text === undefined ? sql`` : sql`and vulnerability.name ilike ${`%${text.replace(/[\\%_]/g, '\\$&')}%`}`}
    ${exploited ? sql`and vulnerability.exploited_since is not null` : sql``}
    ${minScore === undefined ? sql`` : sql`and vulnerability.cvss >= ${minScore}::real`}`;
}

/** Ties go by name; an id of none stands for before or after all names. */
function beyond({ key, descending, after }: VulnerabilityOrder) {
  if (!after) return sql`true`;
  const name = sql`coalesce((select name from vulnerabilities.vulnerability where id = ${after.id}), ${descending ? '' : '~'})`;
  const seen = sql`(${String(after.value)}::text::${TYPES[key]}, ${name})`;
  return sql`(${ORDERS[key]}, vulnerability.name) ${descending ? sql`<` : sql`>`} ${seen}`;
}

const ACCEPTED = (fleetId: number) => sql`left join vulnerabilities.accepted_fleet as accepted
  on accepted.fleet_id = ${fleetId} and accepted.vulnerability_id = vulnerability.id`;
const FROM = sql`vulnerabilities.vulnerability_fleet as counted
  join vulnerabilities.vulnerability as vulnerability on vulnerability.id = counted.vulnerability_id
  left join vulnerabilities.likelihood as likelihood on likelihood.vulnerability_id = vulnerability.id`;

/** Vulnerabilities that hosts of the fleet have; there are some ten thousands at most, so they are sorted. */
export async function listVulnerabilities(
  db: Db,
  filter: VulnerabilityFilter,
  order: VulnerabilityOrder,
): Promise<VulnerabilityRow[]> {
  const direction = order.descending ? sql`desc` : sql`asc`;
  const { rows } = await sql<VulnerabilityRow>`
    select ${COLUMNS}, (${ORDERS[order.key]})::text as ordered_by from ${FROM} ${ACCEPTED(filter.fleetId)}
    where ${where(filter)} and ${beyond(order)}
    order by ${ORDERS[order.key]} ${direction}, vulnerability.name ${direction} offset ${order.offset} limit ${order.limit}`.execute(
    db,
  );
  return rows;
}

/** Unfiltered the counters alone tell. */
export async function countVulnerabilities(db: Db, filter: VulnerabilityFilter): Promise<number> {
  const isWhole = filter.text === undefined && !filter.exploited && filter.minScore === undefined;
  const from = isWhole ? sql`vulnerabilities.vulnerability_fleet as counted` : FROM;
  const { rows } = await sql<{
    total: number;
  }>`select count(*)::int as total from ${from} where ${where(filter)}`.execute(db);
  return rows[0]?.total ?? 0;
}

export async function findVulnerability(
  db: Db,
  name: string,
  fleetId: number,
): Promise<Omit<VulnerabilityRow, 'ordered_by'> | null> {
  const { rows } = await sql<Omit<VulnerabilityRow, 'ordered_by'>>`
    select ${COLUMNS} from vulnerabilities.vulnerability as vulnerability
    left join vulnerabilities.vulnerability_fleet as counted
      on counted.vulnerability_id = vulnerability.id and counted.fleet_id = ${fleetId} ${ACCEPTED(fleetId)}
    left join vulnerabilities.likelihood as likelihood on likelihood.vulnerability_id = vulnerability.id
    where vulnerability.name = upper(${name})`.execute(db);
  return rows[0] ?? null;
}

export interface AffectedVersion {
  id: number;
  title_id: number;
  name: string;
  version: string;
  source: string;
  extension_for: string;
  vendor: string;
  kind: string;
  hosts: number;
  fix_version: string | null;
}

/** Versions that have the vulnerability, those on most hosts first. */
export async function listAffected(db: Db, vulnerabilityId: number, fleetId: number): Promise<AffectedVersion[]> {
  const { rows } = await sql<AffectedVersion>`
    select version.id, version.title_id, version.name, version.version, version.source, version.extension_for, version.vendor, software.kind,
      max(finding.fix_version) as fix_version, max(counted.hosts) as hosts
    from vulnerabilities.finding as finding
    join inventory.software as software on software.id = finding.software_id
    join inventory.version as version on version.id = software.version_id
    join inventory.version_fleet as counted on counted.version_id = version.id and counted.fleet_id = ${fleetId}
    where finding.vulnerability_id = ${vulnerabilityId} and finding.is_active and counted.hosts > 0
    group by version.id, software.kind order by hosts desc, version.id limit 1000`.execute(db);
  return rows;
}

export interface FindingRow extends Facts {
  cve: string;
  software_id: number;
  version_id: number;
  title_id: number;
  name: string;
  version: string;
  source: string;
  context: string;
  verdict: 'affected' | 'unknown';
  is_active: boolean;
  since: Date;
  /** When it began on the host, where it is of one, and the due date that is kept of urgent ones. */
  since_on_host: Date | null;
  due: Date | null;
  fix_version: string | null;
  remark: string | null;
  is_exploited: boolean;
  cvss_score: number | null;
  severity: Finding['severity'];
  body: FindingBody;
  exception_id: number | null;
  exception_status: ExceptionStatus | null;
  exception_until: Date | null;
}

/** Findings of one vulnerability on hosts of a fleet, or of one host. */
export async function listFindings(
  db: Db,
  of: { vulnerabilityId: number; fleetId: number } | { hostId: number; text?: string },
): Promise<FindingRow[]> {
  const only =
    'hostId' in of
      ? sql`software.id in (select software_id from inventory.host_software where host_id = ${of.hostId})
          ${of.text ? sql`and (vulnerability.name ilike ${`%${of.text}%`} or version.name ilike ${`%${of.text}%`})` : sql``}`
      : sql`finding.vulnerability_id = ${of.vulnerabilityId} and exists (
          select from inventory.version_fleet as counted
          where counted.fleet_id = ${of.fleetId} and counted.version_id = version.id and counted.hosts > 0)`;
  const there =
    'hostId' in of
      ? sql`(about.fleet_id = (select coalesce(host.fleet_id, 0) from hosts.host as host where host.id = ${of.hostId})
          or exists (select from vulnerabilities.exception_host as named
            where named.exception_id = about.exception_id and named.host_id = ${of.hostId}))`
      : sql`about.fleet_id = ${of.fleetId}`;
  const onHost =
    'hostId' in of
      ? sql`(select have.since from inventory.host_software as have
            where have.host_id = ${of.hostId} and have.software_id = finding.software_id) as since_on_host,
          (select due.due from vulnerabilities.host_due as due
            where due.host_id = ${of.hostId} and due.vulnerability_id = finding.vulnerability_id) as due`
      : sql`null::timestamptz as since_on_host, null::timestamptz as due`;
  const { rows } = await sql<FindingRow>`
    select vulnerability.name as cve, finding.software_id, version.id as version_id, version.title_id, version.name, version.version, version.source,
      context.key as context, finding.verdict, finding.is_active, finding.since, finding.fix_version, finding.remark,
      vulnerability.exploited_since is not null as is_exploited, vulnerability.cvss as cvss_score,
      vulnerability.severity, likelihood.probability, ${DECIDING}, ${onHost}, finding.body, excepted.id as exception_id,
      excepted.status as exception_status, excepted.until as exception_until
    from vulnerabilities.finding as finding
    join vulnerabilities.vulnerability as vulnerability on vulnerability.id = finding.vulnerability_id
    join inventory.software as software on software.id = finding.software_id
    join inventory.version as version on version.id = software.version_id
    join hosts.context as context on context.id = software.context_id
    left join vulnerabilities.likelihood as likelihood on likelihood.vulnerability_id = finding.vulnerability_id
    left join lateral (
      select exception.id, exception.status, exception.until from vulnerabilities.exception_finding as about
      join vulnerabilities.exception as exception on exception.id = about.exception_id
      where (finding.is_exempt or finding.is_split) and about.state = 'active' and about.software_id = finding.software_id
        and about.vulnerability_id = finding.vulnerability_id
        and ((about.fleet_id is null and not about.is_for_hosts) or ${there})
      order by exception.until desc nulls first, exception.id limit 1
    ) as excepted on true
    where ${only}
    order by (finding.is_active and excepted.id is null) desc, is_exploited desc, (finding.fix_version is null), vulnerability.name desc, version.name, software.id`.execute(
    db,
  );
  return rows;
}
