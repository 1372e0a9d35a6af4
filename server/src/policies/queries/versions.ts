import { sql } from 'kysely';
import type { Db, Tx } from '../../kernel/db/database.ts';
import type { JudgedVersion } from '../version-rule.ts';
import { isAboutHost } from './scope.ts';

export interface RuleRow {
  id: number;
  title_id: number;
  title: string;
  source: string;
  minimum: string;
}

/** Rules by version: all, or those of some policies. */
export async function readRules(tx: Tx, policyIds: number[] | null): Promise<RuleRow[]> {
  const { rows } = await sql<RuleRow>`
    select policy.id, policy.title_id, title.display_name as title, title.source, policy.minimum_version as minimum
    from policies.policy as policy join inventory.title as title on title.id = policy.title_id
    where policy.type = 'version' ${policyIds === null ? sql`` : sql`and policy.id = any(${policyIds}::int[])`}
    order by policy.id`.execute(tx);
  return rows;
}

/** Policies whose rule is about one of these titles. */
export async function findRulesOf(tx: Tx, titleIds: number[]): Promise<number[]> {
  const { rows } = await sql<{ id: number }>`
    select id from policies.policy where type = 'version' and title_id = any(${titleIds}::int[]) order by id`.execute(
    tx,
  );
  return rows.map((row) => row.id);
}

export interface VersionRow {
  id: number;
  title_id: number;
  version: string;
}

export async function readVersions(tx: Tx, titleIds: number[]): Promise<VersionRow[]> {
  const { rows } = await sql<VersionRow>`
    select id, title_id, version from inventory.version where title_id = any(${titleIds}::int[]) order by id`.execute(
    tx,
  );
  return rows;
}

export interface JudgedRule {
  policyId: number;
  /** Hosts answer once this part of their inventory is known. */
  part: string;
  /** What holds where the title is not installed. */
  absent: string;
  versions: JudgedVersion[];
}

/** What hosts answer to rules, as rows of a statement; `hostIds` null are all hosts. */
export function answersByVersion(rules: JudgedRule[], hostIds: number[] | null) {
  const judged = rules.flatMap((rule) => rule.versions.map((version) => ({ ...version, policyId: rule.policyId })));
  const some = (column: ReturnType<typeof sql.ref>) =>
    hostIds === null ? sql`true` : sql`${column} = any(${hostIds}::int[])`;
  return sql`
    with rule as (
      select * from unnest(${rules.map((rule) => rule.policyId)}::int[], ${rules.map((rule) => rule.part)}::text[],
        ${rules.map((rule) => rule.absent)}::text[]) as each (policy_id, part, absent)
    ), judged as (
      select * from unnest(${judged.map((one) => one.policyId)}::int[], ${judged.map((one) => one.versionId)}::int[],
        ${judged.map((one) => one.passes)}::boolean[], ${judged.map((one) => one.why)}::text[],
        ${judged.map((one) => one.place)}::int[]) as each (policy_id, version_id, passes, why, place)
    ), about as (
      select rule.policy_id, host.id as host_id, rule.absent
      from rule join policies.policy as policy on policy.id = rule.policy_id
      join hosts.host as host on ${isAboutHost} and ${some(sql.ref('host.id'))}
      join inventory.host_part as part on part.host_id = host.id and part.part = rule.part and part.ok_at is not null
    ), installed as (
      select distinct on (judged.policy_id, have.host_id) judged.policy_id, have.host_id, judged.passes, judged.why
      from judged join inventory.software as software on software.version_id = judged.version_id and software.kind = 'normal'
      join inventory.host_software as have on have.software_id = software.id and ${some(sql.ref('have.host_id'))}
      order by judged.policy_id, have.host_id, judged.place
    )
    select about.policy_id, about.host_id,
      case when installed.policy_id is null then true else installed.passes end as passes,
      coalesce(installed.why, about.absent) as why,
      case when installed.policy_id is not null and installed.passes is null then installed.why end as error
    from about left join installed on installed.policy_id = about.policy_id and installed.host_id = about.host_id
    union all
    select stored.policy_id, stored.host_id, null, '', null
    from rule join policies.policy_result as stored on stored.policy_id = rule.policy_id and ${some(sql.ref('stored.host_id'))}
    where not exists (select from about where about.policy_id = stored.policy_id and about.host_id = stored.host_id)`;
}

/** Which of these hosts owe an answer to a rule by version: their part came, with nothing in it that changed. */
export async function findUnjudged(db: Db, hosts: { hostId: number; part: string }[]): Promise<number[]> {
  const { rows } = await sql<{ id: number }>`
    select distinct host.id
    from unnest(${hosts.map((one) => one.hostId)}::int[], ${hosts.map((one) => one.part)}::text[]) as received (host_id, part)
    join inventory.host_part as part on part.host_id = received.host_id and part.part = received.part and part.ok_at is not null
    join hosts.host as host on host.id = received.host_id
    join policies.policy as policy on policy.type = 'version' and ${isAboutHost}
    where not exists (select from policies.policy_result as result where result.policy_id = policy.id and result.host_id = host.id)
      and not exists (select from policies.policy_error as old where old.policy_id = policy.id and old.host_id = host.id)
    order by host.id`.execute(db);
  return rows.map((row) => row.id);
}
