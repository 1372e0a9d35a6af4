import { sql } from 'kysely';
import { ints } from '../../../kernel/db/arrays.ts';
import type { Db, Tx } from '../../../kernel/db/database.ts';

/** Has the due dates of these vulnerabilities settled anew on all hosts, also when this process ends before it did. */
export async function wantSettled(tx: Tx, vulnerabilityIds: readonly number[]): Promise<void> {
  if (vulnerabilityIds.length === 0) return;
  await sql`
    insert into vulnerabilities.due_wanted (vulnerability_id)
    select id from unnest(${ints(vulnerabilityIds)}::int[]) as each (id) order by 1
    on conflict (vulnerability_id) do update set number = excluded.number`.execute(tx);
}

/** The same for those of the vulnerabilities that are urgent, or were. */
export const wantUrgentSettled = (tx: Tx, vulnerabilityIds: readonly number[]) =>
  sql`
    insert into vulnerabilities.due_wanted (vulnerability_id)
    select id from unnest(${ints(vulnerabilityIds)}::int[]) as each (id)
    where exists (select from vulnerabilities.due_class as class where class.vulnerability_id = id)
      or exists (select from vulnerabilities.host_due as due where due.vulnerability_id = id)
    order by 1
    on conflict (vulnerability_id) do update set number = excluded.number`.execute(tx);

/** What is wanted now, at most so many vulnerabilities. `number`: of the latest wish among them. */
export async function readWanted(db: Db, most: number): Promise<{ ids: number[]; number: number } | null> {
  const { rows } = await sql<{ vulnerability_id: number; number: string }>`
    select vulnerability_id, number from vulnerabilities.due_wanted order by number limit ${most}`.execute(db);
  const last = rows.at(-1);
  return last ? { ids: rows.map((row) => row.vulnerability_id), number: Number(last.number) } : null;
}

/** Takes the wishes away, but not those that came later. */
export const endWanted = (db: Db, { ids, number }: { ids: number[]; number: number }) =>
  sql`delete from vulnerabilities.due_wanted
    where vulnerability_id = any(${ints(ids)}::int[]) and number <= ${number}`.execute(db);

/** Has all due dates of hosts settled anew: of one fleet (0: of none), or of all. */
export const wantHostsSettled = (tx: Tx, fleetId: number | 'all') =>
  sql`
    insert into vulnerabilities.host_due_wanted (host_id)
    select id from hosts.host where deleted_at is null
      ${fleetId === 'all' ? sql`` : sql`and coalesce(fleet_id, 0) = ${fleetId}`} order by id
    on conflict do nothing`.execute(tx);

export async function readWantedHosts(db: Db, most: number): Promise<number[]> {
  const rows = await db
    .selectFrom('vulnerabilities.host_due_wanted')
    .select('host_id')
    .orderBy('host_id')
    .limit(most)
    .execute();
  return rows.map((row) => row.host_id);
}

/** Takes the wishes away within the transaction that fulfils them; one that comes meanwhile waits for its end. */
export const takeWantedHosts = (tx: Tx, hostIds: number[]) =>
  sql`delete from vulnerabilities.host_due_wanted where host_id = any(${ints(hostIds)}::int[])`.execute(tx);
