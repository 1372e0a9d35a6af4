import { sql } from 'kysely';
import type { Db } from '../kernel/db/database.ts';

interface Named {
  name: string;
  id: number;
}

/** Fleets in which one may look; null: all. */
type Within = readonly number[] | null;

/** @param names folded to lower case */
export async function readAccountIds(db: Db, names: readonly string[]): Promise<Named[]> {
  const { rows } = await sql<Named>`
    select email_key as name, id from accounts.account where email_key = any(${names}::text[])`.execute(db);
  return rows;
}

/** @param names folded to lower case */
export async function readFleetIds(db: Db, names: readonly string[], within: Within): Promise<Named[]> {
  const { rows } = await sql<Named>`
    select name_key as name, id from fleets.fleet
    where name_key = any(${names}::text[]) and (${within}::int[] is null or id = any(${within}::int[]))`.execute(db);
  return rows;
}

/** @param names folded to lower case */
export async function readLabelIds(db: Db, names: readonly string[], within: Within): Promise<Named[]> {
  const { rows } = await sql<Named>`
    select name_key as name, id from hosts.label where name_key = any(${names}::text[])
      and (${within}::int[] is null or fleet_id is null or fleet_id = any(${within}::int[]))`.execute(db);
  return rows;
}

/** Hosts by name, serial number, hardware id or identifier; of several the one that was there first. */
export async function readHostIds(db: Db, names: readonly string[], within: Within): Promise<Named[]> {
  const { rows } = await sql<Named>`
    select wanted.name, min(host.id)::int as id from unnest(${names}::text[]) as wanted (name)
    join hosts.host as host
      on wanted.name in (host.hostname, host.serial, host.uuid, host.identifier) and wanted.name <> ''
    where host.deleted_at is null
      and (${within}::int[] is null or coalesce(host.fleet_id, 0) = any(${within}::int[]))
    group by wanted.name`.execute(db);
  return rows;
}
