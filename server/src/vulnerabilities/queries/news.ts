import { sql } from 'kysely';
import { ints } from '../../kernel/db/arrays.ts';
import type { Tx } from '../../kernel/db/database.ts';

/** Those that affect software now. */
export async function findAffecting(tx: Tx, vulnerabilityIds: number[]): Promise<number[]> {
  const { rows } = await sql<{ id: number }>`
    select id from unnest(${ints(vulnerabilityIds)}::int[]) as each (id)
    where exists (select from vulnerabilities.finding where vulnerability_id = each.id and is_active)`.execute(tx);
  return rows.map((row) => row.id);
}

/**
 * Notes those that affect hosts for the first time; only those published after `since` are news. Where nobody told yet when that
 * was, it is left open until somebody does.
 */
export async function noteNews(tx: Tx, vulnerabilityIds: number[], { at, since }: { at: Date; since: Date }) {
  await sql`
    with first as (
      update vulnerabilities.vulnerability set announced_at = ${at}
      where id = any(${ints(vulnerabilityIds)}::int[]) and announced_at is null and published_at is not null
      returning id, published_at
    )
    insert into vulnerabilities.news (vulnerability_id)
    select id from first where published_at >= ${since} order by id`.execute(tx);
}

export interface NewsRow {
  id: number;
  name: string;
  is_exploited: boolean;
  cvss: number | null;
  epss: number | null;
  published_at: Date | null;
}

/** Takes some news away, so that this transaction tells them. */
export async function takeNews(tx: Tx, limit: number): Promise<NewsRow[]> {
  const { rows } = await sql<NewsRow>`
    with taken as (
      delete from vulnerabilities.news where vulnerability_id in (
        select vulnerability_id from vulnerabilities.news order by 1 limit ${limit} for update skip locked)
      returning vulnerability_id
    )
    select vulnerability.id, vulnerability.name, vulnerability.exploited_since is not null as is_exploited,
      vulnerability.cvss, likelihood.probability as epss, vulnerability.published_at
    from taken join vulnerabilities.vulnerability as vulnerability on vulnerability.id = taken.vulnerability_id
    left join vulnerabilities.likelihood as likelihood on likelihood.vulnerability_id = vulnerability.id
    order by vulnerability.id`.execute(tx);
  return rows;
}

export interface AffectedHost {
  id: number;
  hostname: string;
  display_name: string;
  software_installed_paths: string[];
}

export async function listAffectedHosts(tx: Tx, vulnerabilityId: number): Promise<AffectedHost[]> {
  const { rows } = await sql<
    Omit<AffectedHost, 'software_installed_paths'> & { software_installed_paths: string[] | null }
  >`
    select host.id, host.hostname, coalesce(nullif(host.display_name, ''), host.hostname) as display_name,
      array_agg(distinct place.path order by place.path) filter (where place.path is not null) as software_installed_paths
    from vulnerabilities.finding as finding
    join inventory.host_software as have on have.software_id = finding.software_id
    join hosts.host as host on host.id = have.host_id
    left join inventory.host_rows as stored on stored.host_id = host.id
    left join lateral jsonb_array_elements_text(stored.body -> have.software_id::text) as place (path) on true
    where finding.vulnerability_id = ${vulnerabilityId} and finding.is_open and (not finding.is_split
      or not vulnerabilities.is_exempt(finding.software_id, finding.vulnerability_id, have.host_id))
    group by host.id order by host.id`.execute(tx);
  return rows.map((row) => ({ ...row, software_installed_paths: row.software_installed_paths ?? [] }));
}
