import { sql } from 'kysely';
import type { Db, Tx } from '../../kernel/db/database.ts';

/** What an exception is about and for, by id. */
export interface Subject {
  vulnerability_id: number | null;
  title_id: number | null;
  version_id: number | null;
  fleet_id: number | null;
  label_id: number | null;
  host_id: number | null;
}

/** @returns null for one that no feed knows */
export async function findVulnerabilityId(db: Db | Tx, cve: string): Promise<number | null> {
  const row = await db
    .selectFrom('vulnerabilities.vulnerability')
    .select('id')
    .where('name', '=', sql<string>`upper(${cve})`)
    .executeTakeFirst();
  return row?.id ?? null;
}

/** Ids of vulnerabilities by their names, in capitals; those that no feed knows are left out. */
export async function findVulnerabilityIds(db: Db | Tx, names: string[]): Promise<Map<string, number>> {
  const { rows } = await sql<{ id: number; name: string }>`
    select id, name from vulnerabilities.vulnerability where name = any(${names.map((name) => name.toUpperCase())}::text[])`.execute(
    db,
  );
  return new Map(rows.map((row) => [row.name, row.id]));
}

type Table = 'inventory.title' | 'inventory.version' | 'accounts.account';

export async function isThere(db: Db | Tx, table: Table, id: number): Promise<boolean> {
  return (await db.selectFrom(table).select('id').where('id', '=', id).executeTakeFirst()) !== undefined;
}

/** The fleet a label is of, null for one of all fleets; undefined for no label. */
export async function findLabelFleet(db: Db | Tx, id: number): Promise<number | null | undefined> {
  return (await db.selectFrom('hosts.label').select('fleet_id').where('id', '=', id).executeTakeFirst())?.fleet_id;
}

/** The fleet a host is in, 0 for none; undefined for no host. */
export async function findHostFleet(db: Db | Tx, id: number): Promise<number | undefined> {
  const row = await db
    .selectFrom('hosts.host')
    .select('fleet_id')
    .where('id', '=', id)
    .where('deleted_at', 'is', null)
    .executeTakeFirst();
  return row && (row.fleet_id ?? 0);
}

export interface Effect {
  hosts: number;
  remaining: number;
  vulnerabilities: number;
}

/** Findings that count now and would not, by the hosts that have them. */
export async function foresee(db: Db, subject: Subject): Promise<Effect> {
  const matches = sql`(${subject.vulnerability_id}::int is null or finding.vulnerability_id = ${subject.vulnerability_id})
    and (${subject.title_id}::int is null or version.title_id = ${subject.title_id})
    and (${subject.version_id}::int is null or version.id = ${subject.version_id})`;
  const { rows } = await sql<Effect>`
    with about as materialized (
      select finding.software_id, finding.vulnerability_id, finding.is_split from vulnerabilities.finding as finding
      join inventory.software as software on software.id = finding.software_id
      join inventory.version as version on version.id = software.version_id
      where finding.is_open and ${matches}
    ), affected as materialized (
      select have.host_id, have.software_id from inventory.host_software as have
      join hosts.host as host on host.id = have.host_id
      where have.software_id = any(array(select software_id from about)) and ${inScope(subject)}
        and exists (select from about where about.software_id = have.software_id and (not about.is_split
          or not vulnerabilities.is_exempt(about.software_id, about.vulnerability_id, have.host_id)))
    )
    select (select count(distinct host_id)::int from affected) as hosts,
      (select count(distinct vulnerability_id)::int from about
        where software_id = any(array(select software_id from affected))) as vulnerabilities,
      (select count(*)::int from (select distinct host_id from affected) as hosts_of where exists (
        select from vulnerabilities.finding as other
        join inventory.host_software as have on have.software_id = other.software_id and have.host_id = hosts_of.host_id
        where other.vulnerability_id = ${subject.vulnerability_id} and other.is_open
          and not exists (select from about where about.software_id = other.software_id)
          and (not other.is_split or not vulnerabilities.is_exempt(other.software_id, other.vulnerability_id, hosts_of.host_id))
        offset 0)) as remaining`.execute(db);
  return rows[0] ?? { hosts: 0, remaining: 0, vulnerabilities: 0 };
}

function inScope({ fleet_id, label_id, host_id }: Subject) {
  if (host_id !== null) return sql`host.id = ${host_id}`;
  if (fleet_id !== null) return sql`coalesce(host.fleet_id, 0) = ${fleet_id}`;
  if (label_id !== null) {
    return sql`host.id in (select labelled.host_id from hosts.host_label as labelled where labelled.label_id = ${label_id})`;
  }
  return sql`true`;
}
