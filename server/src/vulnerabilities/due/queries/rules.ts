import type { SlaRule } from '@flotilla/engine/decisions/sla';
import { sql } from 'kysely';
import { ALL_FLEETS } from '../../../kernel/counters/spec.ts';
import type { Db, Tx } from '../../../kernel/db/database.ts';
import { DUE_POLICY_JOINS, IS_EXPOSED } from './settling.ts';

/** Whether the same table, exposure and exceptions hold for all hosts, whatever fleet they are in. Labels of a fleet end with it. */
export async function isOneForAll(tx: Tx): Promise<boolean> {
  const { rows } = await sql<{ is_one: boolean }>`
    select not exists (select from vulnerabilities.sla where fleet_id <> ${ALL_FLEETS})
      and not exists (select from vulnerabilities.exposed_fleet)
      and not exists (select from vulnerabilities.exposed_label)
      and not exists (select from vulnerabilities.exception where fleet_id is not null and state = 'active') as is_one`.execute(
    tx,
  );
  return rows[0]?.is_one ?? true;
}

/** Writes or takes back (`null`) a table. */
export async function writeSla(tx: Tx, fleetId: number, rules: readonly SlaRule[] | null): Promise<void> {
  if (rules === null) await tx.deleteFrom('vulnerabilities.sla').where('fleet_id', '=', fleetId).execute();
  else {
    const row = { rules: JSON.stringify(rules) };
    await tx
      .insertInto('vulnerabilities.sla')
      .values({ fleet_id: fleetId, ...row })
      .onConflict((conflict) => conflict.column('fleet_id').doUpdateSet(row))
      .execute();
  }
}

/** Null: nobody said. */
export async function readFleetExposure(db: Db | Tx, fleetId: number): Promise<boolean | null> {
  const row = await db
    .selectFrom('vulnerabilities.exposed_fleet')
    .select('is_exposed')
    .where('fleet_id', '=', fleetId)
    .executeTakeFirst();
  return row?.is_exposed ?? null;
}

export async function readLabelExposure(db: Db | Tx, labelId: number): Promise<boolean | null> {
  const row = await db
    .selectFrom('vulnerabilities.exposed_label')
    .select('is_exposed')
    .where('label_id', '=', labelId)
    .executeTakeFirst();
  return row?.is_exposed ?? null;
}

export async function writeFleetExposure(tx: Tx, fleetId: number, isExposed: boolean | null): Promise<void> {
  await tx.deleteFrom('vulnerabilities.exposed_fleet').where('fleet_id', '=', fleetId).execute();
  if (isExposed === null) return;
  await tx.insertInto('vulnerabilities.exposed_fleet').values({ fleet_id: fleetId, is_exposed: isExposed }).execute();
}

export async function writeLabelExposure(tx: Tx, labelId: number, isExposed: boolean | null): Promise<void> {
  await tx.deleteFrom('vulnerabilities.exposed_label').where('label_id', '=', labelId).execute();
  if (isExposed === null) return;
  await tx.insertInto('vulnerabilities.exposed_label').values({ label_id: labelId, is_exposed: isExposed }).execute();
}

/** Changes of tables and exposure come one after the other. */
export const lockRules = (tx: Tx) =>
  sql`lock table vulnerabilities.sla, vulnerabilities.exposed_fleet, vulnerabilities.exposed_label
    in share row exclusive mode`.execute(tx);

/** Brings what labels say of hosts up to date, and wants the due dates of those settled of which they say something else. */
export const refreshLabels = (tx: Tx) =>
  sql`
    with said as materialized (
      select labelled.host_id, bool_or(exposed.is_exposed) as is_exposed
      from vulnerabilities.exposed_label as exposed join hosts.host_label as labelled on labelled.label_id = exposed.label_id
      group by 1
    ), gone as (
      delete from vulnerabilities.label_exposure as old
      where not exists (select from said where said.host_id = old.host_id) returning host_id
    ), written as (
      insert into vulnerabilities.label_exposure as old (host_id, is_exposed) select host_id, is_exposed from said order by 1
      on conflict (host_id) do update set is_exposed = excluded.is_exposed where old.is_exposed <> excluded.is_exposed
      returning host_id
    )
    insert into vulnerabilities.host_due_wanted (host_id)
    select host_id from gone union select host_id from written order by 1 on conflict do nothing`.execute(tx);

/** A fleet ends, with what was set of it; its hosts left it. */
export const forgetFleet = (tx: Tx, fleetId: number) =>
  sql`
    with sla as (delete from vulnerabilities.sla where fleet_id = ${fleetId}),
      class as (delete from vulnerabilities.due_class where policy = ${fleetId})
    delete from vulnerabilities.exposed_fleet where fleet_id = ${fleetId}`.execute(tx);

/** A label ends; its hosts are found by the next refresh. */
export const forgetLabel = (tx: Tx, labelId: number) =>
  tx.deleteFrom('vulnerabilities.exposed_label').where('label_id', '=', labelId).execute();

/** Whose table holds for a host, and whether the internet can reach it; for none in particular, the table of all. */
export async function readPolicyFor(
  db: Db,
  hostId: number | null,
): Promise<{ rules: SlaRule[] | null; isAssetExposed: boolean | null }> {
  if (hostId === null) {
    const { rows } = await sql<{ rules: SlaRule[] }>`
      select rules from vulnerabilities.sla where fleet_id = ${ALL_FLEETS}`.execute(db);
    return { rules: rows[0]?.rules ?? null, isAssetExposed: null };
  }
  const { rows } = await sql<{ rules: SlaRule[] | null; is_exposed: boolean | null }>`
    select coalesce(sla.rules, (select rules from vulnerabilities.sla as of_all where of_all.fleet_id = ${ALL_FLEETS})) as rules,
      ${IS_EXPOSED} as is_exposed
    from hosts.host as host ${DUE_POLICY_JOINS} where host.id = ${hostId}`.execute(db);
  return { rules: rows[0]?.rules ?? null, isAssetExposed: rows[0]?.is_exposed ?? null };
}
