import { sql } from 'kysely';
import { ints } from '../../../kernel/db/arrays.ts';
import type { Tx } from '../../../kernel/db/database.ts';
import type { ActionIdentity, Grouped } from '../action-key.ts';

/** Software in which something active was found. */
export async function readFound(tx: Tx, softwareIds: number[]): Promise<(Grouped & { id: number })[]> {
  const { rows } = await sql<Grouped & { id: number }>`
    select software.id, software.kind, version.source, version.title_id, title.display_name as title, context.key as context,
      version.name, software.source_package, first.found_by
    from inventory.software as software
    join inventory.version as version on version.id = software.version_id
    join inventory.title as title on title.id = version.title_id
    join hosts.context as context on context.id = software.context_id
    cross join lateral (
      select coalesce(finding.body -> 'evidence' ->> 'key', '') as found_by from vulnerabilities.finding as finding
      where finding.software_id = software.id and finding.is_active order by finding.vulnerability_id limit 1
    ) as first
    where software.id = any(${ints(softwareIds)}::int[]) order by software.id`.execute(tx);
  return rows;
}

/** Ids of actions by key, made where new; a title's name may have changed. */
export async function ensureActions(tx: Tx, actions: ActionIdentity[]): Promise<Map<string, number>> {
  const { rows } = await sql<{ id: number; key: string }>`
    insert into vulnerabilities.action as known (key, name, kind, context)
    select key, name, kind, context from unnest(${actions.map((one) => one.key)}::text[],
      ${actions.map((one) => one.name)}::text[], ${actions.map((one) => one.kind)}::text[],
      ${actions.map((one) => one.context)}::text[]) as each (key, name, kind, context) order by key
    on conflict (key) do update set name = excluded.name returning id, key`.execute(tx);
  return new Map(rows.map((row) => [row.key, row.id]));
}

/** Puts software into actions. @returns the actions it was in before */
export async function regroup(
  tx: Tx,
  softwareIds: number[],
  members: { softwareId: number; actionId: number }[],
): Promise<number[]> {
  const { rows } = await sql<{ action_id: number }>`
    delete from vulnerabilities.action_software where software_id = any(${ints(softwareIds)}::int[])
    returning action_id`.execute(tx);
  await sql`
    insert into vulnerabilities.action_software (software_id, action_id)
    select * from unnest(${ints(members.map((one) => one.softwareId))}::int[],
      ${ints(members.map((one) => one.actionId))}::int[])`.execute(tx);
  return rows.map((row) => row.action_id);
}
