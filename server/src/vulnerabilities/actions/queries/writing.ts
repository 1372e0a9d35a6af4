import { sql } from 'kysely';
import { ints } from '../../../kernel/db/arrays.ts';
import type { Tx } from '../../../kernel/db/database.ts';

export interface PlannedAction {
  id: number;
  fixVersion: string | null;
  scheme: string | null;
}

export const writePlans = (tx: Tx, plans: PlannedAction[]) =>
  sql`
    update vulnerabilities.action as known set fix_version = planned.fix_version, scheme = planned.scheme
    from unnest(${plans.map((one) => one.id)}::int[], ${plans.map((one) => one.fixVersion)}::text[],
      ${plans.map((one) => one.scheme)}::text[]) as planned (id, fix_version, scheme)
    where known.id = planned.id and (known.fix_version, known.scheme) is distinct from (planned.fix_version, planned.scheme)`.execute(
    tx,
  );

/** What an action does about a vulnerability that is fixed in one version, or in none. */
export interface Effect {
  actionId: number;
  vulnerabilityId: number;
  /** Empty: in none. */
  fixVersion: string;
  isCleared: boolean;
  exposure: number;
  isExploited: boolean;
  /** 0 to 4; null is not rated. */
  severity: number | null;
  dueAt: string | null;
}

/** Makes what is stored of some actions equal to `effects`. */
export async function writeEffects(tx: Tx, actionIds: number[], effects: Effect[]): Promise<void> {
  const of = <T>(read: (effect: Effect) => T) => effects.map(read);
  await sql`
    with told as materialized (
      select * from unnest(${ints(of((one) => one.actionId))}::int[], ${ints(of((one) => one.vulnerabilityId))}::int[],
        ${of((one) => one.fixVersion)}::text[], ${of((one) => one.isCleared)}::boolean[],
        ${of((one) => one.exposure)}::real[], ${of((one) => one.isExploited)}::boolean[],
        ${of((one) => one.severity)}::smallint[], ${of((one) => one.dueAt)}::timestamptz[])
        as each (action_id, vulnerability_id, fix_version, is_cleared, exposure, is_exploited, severity, due_at)
    ), gone as (
      delete from vulnerabilities.action_vulnerability as old where old.action_id = any(${ints(actionIds)}::int[])
        and not exists (select from told where told.action_id = old.action_id
          and told.vulnerability_id = old.vulnerability_id and told.fix_version = old.fix_version)
    )
    insert into vulnerabilities.action_vulnerability as old
      (action_id, vulnerability_id, fix_version, is_cleared, exposure, is_exploited, severity, due_at)
    select * from told order by 1, 2, 3
    on conflict (action_id, vulnerability_id, fix_version) do update set is_cleared = excluded.is_cleared,
      exposure = excluded.exposure, is_exploited = excluded.is_exploited, severity = excluded.severity, due_at = excluded.due_at
    where (old.is_cleared, old.exposure, old.is_exploited, old.severity, old.due_at) is distinct from
      (excluded.is_cleared, excluded.exposure, excluded.is_exploited, excluded.severity, excluded.due_at)`.execute(tx);
}

/** Sums the effects up by version, for the lists: what exceptions for some hosts are about counts, as versions are of all hosts. */
export const sumUp = (tx: Tx, actionIds: number[]) =>
  sql`
    with found as materialized (
      select member.action_id, software.version_id, finding.vulnerability_id, bool_and(told.is_cleared) as is_cleared,
        max(told.exposure) as exposure, bool_or(told.is_exploited) as is_exploited, max(told.severity) as severity,
        min(told.due_at) as due_at
      from vulnerabilities.action_software as member
      join inventory.software as software on software.id = member.software_id
      join vulnerabilities.finding as finding on finding.software_id = member.software_id and finding.is_open
      join vulnerabilities.action_vulnerability as told on told.action_id = member.action_id
        and told.vulnerability_id = finding.vulnerability_id and told.fix_version = coalesce(finding.fix_version, '')
      where member.action_id = any(${ints(actionIds)}::int[]) group by 1, 2, 3
    ), summed as (
      select found.action_id, found.version_id, version.title_id, count(*) filter (where is_meant)::int as findings,
        count(*) filter (where not is_meant)::int as kept, count(*) filter (where is_meant and is_exploited)::int as exploited,
        coalesce(sum(exposure) filter (where is_meant), 0)::real as exposure, max(severity) filter (where is_meant) as severity,
        min(due_at) filter (where is_meant) as due_at
      from found join vulnerabilities.action as action on action.id = found.action_id
      join inventory.version as version on version.id = found.version_id
      cross join lateral (select found.is_cleared or action.fix_version is null as is_meant) as asked
      group by 1, 2, 3
    ), gone as (
      delete from vulnerabilities.action_version as old where old.action_id = any(${ints(actionIds)}::int[])
        and not exists (select from summed where summed.action_id = old.action_id and summed.version_id = old.version_id)
    )
    insert into vulnerabilities.action_version as old
      (action_id, version_id, title_id, findings, kept, exploited, exposure, severity, due_at)
    select * from summed order by 1, 2
    on conflict (action_id, version_id) do update set title_id = excluded.title_id, findings = excluded.findings,
      kept = excluded.kept, exploited = excluded.exploited, exposure = excluded.exposure, severity = excluded.severity,
      due_at = excluded.due_at
    where (old.title_id, old.findings, old.kept, old.exploited, old.exposure, old.severity, old.due_at) is distinct from
      (excluded.title_id, excluded.findings, excluded.kept, excluded.exploited, excluded.exposure, excluded.severity,
        excluded.due_at)`.execute(tx);
