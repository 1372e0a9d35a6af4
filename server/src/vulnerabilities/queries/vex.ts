import { sql } from 'kysely';
import { ALL_FLEETS } from '../../kernel/counters/spec.ts';
import { ints } from '../../kernel/db/arrays.ts';
import type { Db, Tx } from '../../kernel/db/database.ts';
import type { Edition } from '../vex/document.ts';

/** A software as its package URL is made of. */
export interface ProductRow {
  version_id: number;
  title_id: number;
  source: string;
  name: string;
  version: string;
  arch: string;
  release: string;
  extensionId: string;
  sourcePackage: string;
  sourceVersion: string;
  family: string | null;
  context: string | null;
}

/** A `ProductRow` of `software`, with `FROM`. */
export const PRODUCT = sql`version.id as version_id, version.title_id, version.source, version.name, version.version, version.arch, version.release,
  version.extension_id as "extensionId", software.source_package as "sourcePackage", software.source_version as "sourceVersion",
  nullif(context.family, '') as family, nullif(context.key, '') as context`;
export const FROM = sql`join inventory.version as version on version.id = software.version_id
  left join hosts.context as context on context.id = software.context_id`;

/** Software that has one of the names, in lower case; packages also by their source. */
export async function readNamedSoftware(db: Db, names: string[]): Promise<ProductRow[]> {
  const { rows } = await sql<ProductRow>`
    select ${PRODUCT} from inventory.software as software ${FROM}
    where lower(version.name) = any(${names}::text[]) or software.source_package = any(${names}::text[])
      or lower(version.extension_id) = any(${names}::text[])`.execute(db);
  return rows;
}

export interface CpeRow {
  key: string;
  version_id: number;
  title_id: number;
  version: string;
}

/** Versions that are looked up by CPE keys, as `cpe:a:google:chrome`. */
export async function readByCpe(db: Db, keys: string[]): Promise<CpeRow[]> {
  const { rows } = await sql<CpeRow>`
    select distinct lookup.key, version.id as version_id, version.title_id, version.version from vulnerabilities.lookup_key as lookup
    join vulnerabilities.software_key as looked on looked.key_id = lookup.id
    join inventory.software as software on software.id = looked.software_id
    join inventory.version as version on version.id = software.version_id where lookup.key = any(${keys}::text[])`.execute(
    db,
  );
  return rows;
}

/** The edition of a document that was taken over last; null: none was. */
export async function readEdition(tx: Tx, id: string, fleetId: number | null): Promise<Edition | null> {
  const row = await tx
    .selectFrom('vulnerabilities.vex_document')
    .select(['version', 'told_at as at'])
    .where('id', '=', id)
    .where('fleet_id', '=', fleetId ?? ALL_FLEETS)
    .executeTakeFirst();
  return row ?? null;
}

export async function writeEdition(
  tx: Tx,
  { id, fleetId, edition, at }: { id: string; fleetId: number | null; edition: Edition; at: Date },
): Promise<void> {
  const row = { version: edition.version, told_at: edition.at, imported_at: at };
  await tx
    .insertInto('vulnerabilities.vex_document')
    .values({ id, fleet_id: fleetId ?? ALL_FLEETS, ...row })
    .onConflict((conflict) => conflict.columns(['id', 'fleet_id']).doUpdateSet(row))
    .execute();
}

export interface DocumentException {
  id: number;
  name: string;
}

/** Exceptions that a document made and that have not ended, in one fleet or everywhere, each by all that it says. */
export async function readOfDocument(db: Db, document: string, fleetId: number | null): Promise<DocumentException[]> {
  const { rows } = await sql<DocumentException>`
    select id, concat_ws(' ', vulnerability_id, coalesce(title_id, 0), coalesce(version_id, 0), status, justification, reason) as name
    from vulnerabilities.exception where vex_document = ${document} and state <> 'ended'
      and fleet_id is not distinct from ${fleetId}::int`.execute(db);
  return rows;
}

export interface ToldRow extends ProductRow {
  cve: string;
  verdict: 'affected' | 'unknown';
  since: Date;
  fix_version: string | null;
  reason: string | null;
  status: 'accepted' | 'not_affected' | 'false_positive' | null;
  justification: string | null;
  told: string | null;
  told_at: Date | null;
}

/** Where findings are, with the exception that covers them there. */
export async function readTold(
  db: Db,
  of: { fleetIds: readonly number[] | null; hostId?: number; cve?: string },
  most: number,
): Promise<ToldRow[]> {
  const host =
    of.hostId === undefined
      ? of.fleetIds === null
        ? sql``
        : sql`and coalesce(host.fleet_id, 0) = any(${ints(of.fleetIds)}::int[])`
      : sql`and host.id = ${of.hostId}`;
  const fleet = of.fleetIds?.length === 1 ? sql`about.fleet_id = ${of.fleetIds[0] ?? 0}` : sql`false`;
  const named =
    of.hostId === undefined
      ? sql`false`
      : sql`(about.fleet_id = (select coalesce(fleet_id, 0) from hosts.host where id = ${of.hostId}) or exists (
          select from vulnerabilities.exception_host as each where each.exception_id = about.exception_id and each.host_id = ${of.hostId}))`;
  const { rows } = await sql<ToldRow>`
    select ${PRODUCT}, vulnerability.name as cve, finding.verdict, finding.since, finding.fix_version, finding.body ->> 'reason' as reason,
      excepted.status, excepted.justification, excepted.reason as told, excepted.since as told_at
    from vulnerabilities.finding as finding
    join vulnerabilities.vulnerability as vulnerability on vulnerability.id = finding.vulnerability_id
    join inventory.software as software on software.id = finding.software_id ${FROM}
    left join lateral (
      select exception.* from vulnerabilities.exception_finding as about
      join vulnerabilities.exception as exception on exception.id = about.exception_id
      where (finding.is_exempt or finding.is_split) and about.state = 'active' and about.software_id = finding.software_id
        and about.vulnerability_id = finding.vulnerability_id
        and ((about.fleet_id is null and not about.is_for_hosts) or ${fleet} or ${named})
      order by exception.until desc nulls first, exception.id limit 1
    ) as excepted on true
    where (finding.is_active or finding.verdict = 'unknown') and (${of.cve ?? null}::text is null or vulnerability.name = upper(${of.cve ?? null}))
      and exists (select from inventory.host_software as have join hosts.host as host on host.id = have.host_id
        where have.software_id = finding.software_id ${host})
    order by vulnerability.name, version.id, software.id limit ${most}`.execute(db);
  return rows;
}
