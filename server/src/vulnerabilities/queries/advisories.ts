import type { SeverityLevel } from '@flotilla/engine/decisions/severity';
import { sql } from 'kysely';
import { ints } from '../../kernel/db/arrays.ts';
import type { Db, Tx } from '../../kernel/db/database.ts';
import type { Told } from './staging.ts';

/** Any number will do, as long as all processes agree on it. */
const LOCK = 70_120_004;

/** Feeds are stored one after the other, in all processes, until the transaction ends. */
export const takeStoringTurn = (tx: Tx) => sql`select pg_advisory_xact_lock(${LOCK})`.execute(tx);

/**
 * Makes what is stored of a feed equal to what is staged, and notes in `changed_key` the keys about which something else is said
 * than before. Rows that are equal are not written; what an unread record said before stays.
 */
export async function applyStatements(tx: Tx, feed: string): Promise<void> {
  await sql`create temporary table changed_key (key_id int) on commit drop`.execute(tx);
  await sql`
    with gone as (
      delete from vulnerabilities.statement as said using vulnerabilities.lookup_key as lookup
      where said.feed = ${feed} and lookup.id = said.key_id and not exists (
        select from staged_statement as staged where staged.key = lookup.key and staged.advisory = said.advisory)
        and not exists (select from staged_unread as unread
          where unread.record = regexp_replace(said.advisory, ' [(][0-9]+[)]$', ''))
      returning said.key_id
    )
    insert into changed_key select distinct key_id from gone`.execute(tx);
  await sql`
    with written as (
      insert into vulnerabilities.statement as said (key_id, feed, advisory, vulnerabilities, body, is_derived, hash)
      select lookup.id, ${feed}, staged.advisory, staged.vulnerabilities, staged.body::jsonb, staged.is_derived, staged.hash
      from staged_statement as staged join vulnerabilities.lookup_key as lookup on lookup.key = staged.key
      left join vulnerabilities.statement as old
        on old.key_id = lookup.id and old.feed = ${feed} and old.advisory = staged.advisory
      where old.hash is distinct from staged.hash order by 1, 3
      on conflict (key_id, feed, advisory) do update set vulnerabilities = excluded.vulnerabilities, body = excluded.body,
        is_derived = excluded.is_derived, hash = excluded.hash
      returning said.key_id
    )
    insert into changed_key select distinct key_id from written`.execute(tx);
}

/**
 * Wants the software judged that a changed key concerns; what no feed spoke of before, when one speaks of its scope now; and all of
 * a scope that none speaks of any more. @returns how many
 */
export async function wantChangedJudged(tx: Tx, { why, at }: { why: string; at: Date }): Promise<number> {
  const { rows } = await sql<{ software: number }>`
    with changed_scope as materialized (
      select distinct scope from vulnerabilities.lookup_key where id in (select key_id from changed_key)
    ), left_scope as materialized (
      select scope from changed_scope except
      select lookup.scope from vulnerabilities.lookup_key as lookup
      where exists (select from vulnerabilities.statement as said where said.key_id = lookup.id)
    ), wanted as (
      insert into vulnerabilities.software_to_judge as known (software_id, since, why)
      select software_id, ${at}, ${why} from (
        select link.software_id from vulnerabilities.software_key as link
        where link.key_id in (select key_id from changed_key)
        union
        select judged.software_id from vulnerabilities.software_judged as judged
        join vulnerabilities.software_key as link on link.software_id = judged.software_id
        join vulnerabilities.lookup_key as lookup on lookup.id = link.key_id
        where judged.not_judged = 'no_advisories' and lookup.scope in (select scope from changed_scope)
        union
        select link.software_id from vulnerabilities.software_key as link
        join vulnerabilities.lookup_key as lookup on lookup.id = link.key_id
        where lookup.scope in (select scope from left_scope)
      ) as each order by software_id
      on conflict (software_id) do update set since = excluded.since,
        why = case when known.why = 'new' then known.why else excluded.why end
      returning software_id
    )
    select count(*)::int as software from wanted`.execute(tx);
  return rows[0]?.software ?? 0;
}

/** Makes what a feed tells of vulnerabilities equal to what is staged. @returns the ids of those of which it tells something else */
export async function applyTold(tx: Tx, feed: string): Promise<number[]> {
  const { rows } = await sql<{ id: number }>`
    with staged as materialized (
      select distinct on (vulnerability.id) vulnerability.id, staged.facts, staged.hash
      from staged_told as staged join vulnerabilities.vulnerability as vulnerability on vulnerability.name = staged.name
      order by vulnerability.id, staged.advisory
    ), gone as (
      delete from vulnerabilities.told as old where old.feed = ${feed}
        and not exists (select from staged where staged.id = old.vulnerability_id)
        and not exists (select from vulnerabilities.vulnerability as known join staged_unread as unread
          on unread.record = known.name where known.id = old.vulnerability_id)
      returning vulnerability_id
    ), written as (
      insert into vulnerabilities.told as old (vulnerability_id, feed, facts, hash)
      select staged.id, ${feed}, staged.facts::jsonb, staged.hash from staged
      left join vulnerabilities.told as known on known.vulnerability_id = staged.id and known.feed = ${feed}
      where known.hash is distinct from staged.hash order by 1
      on conflict (vulnerability_id, feed) do update set facts = excluded.facts, hash = excluded.hash
      returning vulnerability_id
    )
    select vulnerability_id as id from gone union select vulnerability_id from written order by 1`.execute(tx);
  return rows.map((row) => row.id);
}

export interface ToldOf {
  vulnerability_id: number;
  feed: string;
  facts: Told;
}

export async function readTold(db: Db | Tx, vulnerabilityIds: number[]): Promise<ToldOf[]> {
  const { rows } = await sql<ToldOf>`
    select vulnerability_id, feed, facts from vulnerabilities.told
    where vulnerability_id = any(${ints(vulnerabilityIds)}::int[]) order by vulnerability_id, feed`.execute(db);
  return rows;
}

/** What is shown of a vulnerability. */
export interface ChosenFacts {
  id: number;
  publishedAt: string | null;
  description: string | null;
  severity: SeverityLevel | null;
  cvss: number | null;
  cvssVersion: string | null;
  cvssFrom: string | null;
  isRejected: boolean;
  isAutomatable: boolean | null;
  technicalImpact: string | null;
  exploitedSince: string | null;
  exploitedDue: string | null;
  inRansomware: boolean | null;
}

export const writeChosen = (tx: Tx, all: ChosenFacts[]) =>
  sql`
    update vulnerabilities.vulnerability as known set published_at = chosen."publishedAt", description = chosen.description,
      severity = chosen.severity, cvss = chosen.cvss, cvss_version = chosen."cvssVersion", cvss_from = chosen."cvssFrom",
      is_rejected = chosen."isRejected", is_automatable = chosen."isAutomatable",
      technical_impact = chosen."technicalImpact", exploited_since = chosen."exploitedSince",
      exploited_due = chosen."exploitedDue", in_ransomware = chosen."inRansomware"
    from jsonb_to_recordset(${JSON.stringify(all)}::jsonb) as chosen (id int, "publishedAt" timestamptz, description text,
      severity text, cvss real, "cvssVersion" text, "cvssFrom" text, "isRejected" boolean, "isAutomatable" boolean,
      "technicalImpact" text, "exploitedSince" date, "exploitedDue" date, "inRansomware" boolean)
    where known.id = chosen.id and (known.published_at, known.description, known.severity, known.cvss, known.cvss_version,
      known.cvss_from, known.is_rejected, known.is_automatable, known.technical_impact, known.exploited_since,
      known.exploited_due, known.in_ransomware) is distinct from (chosen."publishedAt", chosen.description, chosen.severity,
      chosen.cvss, chosen."cvssVersion", chosen."cvssFrom", chosen."isRejected", chosen."isAutomatable",
      chosen."technicalImpact", chosen."exploitedSince", chosen."exploitedDue", chosen."inRansomware")`.execute(tx);
