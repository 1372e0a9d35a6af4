import { sql } from 'kysely';
import { ints } from '../../kernel/db/arrays.ts';
import type { Tx } from '../../kernel/db/database.ts';

/**
 * Closes everything on hosts, and forgets what is known of their parts: whatever they report next is their first inventory again.
 * Software was last seen with the newest part of its host.
 */
export const closeHosts = (tx: Tx, hostIds: number[], at: Date) =>
  sql`
    with seen as (
      select host_id, max(ok_at) as at from inventory.host_part where host_id = any(${ints(hostIds)}::int[]) group by 1
    ), gone as (
      delete from inventory.host_software where host_id = any(${ints(hostIds)}::int[]) returning host_id, software_id, since
    ), closed as (
      insert into inventory.host_software_past (host_id, software_id, since, last_seen, gone)
      select gone.host_id, software_id, since, greatest(since, seen.at), greatest(since, ${at}::timestamptz)
      from gone left join seen on seen.host_id = gone.host_id
    ), parts as (
      delete from inventory.host_part where host_id = any(${ints(hostIds)}::int[])
    ), detail as (
      delete from inventory.host_rows where host_id = any(${ints(hostIds)}::int[])
    ), uses as (
      delete from inventory.host_use where host_id = any(${ints(hostIds)}::int[])
    ), signatures as (
      delete from inventory.host_signature where host_id = any(${ints(hostIds)}::int[])
    )
    delete from inventory.host_inventory where host_id = any(${ints(hostIds)}::int[])`.execute(tx);
