import { sql } from 'kysely';
import type { DeltaRow } from '../../kernel/counters/deltas.ts';
import { ints } from '../../kernel/db/arrays.ts';
import type { Tx } from '../../kernel/db/database.ts';

/** Inventory transactions run side by side; whoever changes what they are compared with waits for them, and they for it. */
export const passFence = (tx: Tx) => sql`lock table inventory.fence in row share mode`.execute(tx);

/** Keeps inventory out until the transaction ends: a new finding and a new host must not miss each other. */
export const closeFence = (tx: Tx) => sql`lock table inventory.fence in exclusive mode`.execute(tx);

export async function readHostSoftware(tx: Tx, hostIds: number[]): Promise<Map<number, Set<number>>> {
  const rows = await tx
    .selectFrom('inventory.host_software')
    .select(['host_id', 'software_id'])
    .where('host_id', '=', sql<number>`any(${hostIds}::int[])`)
    .execute();
  const byHost = new Map(hostIds.map((id) => [id, new Set<number>()]));
  for (const row of rows) byHost.get(row.host_id)?.add(row.software_id);
  return byHost;
}

export interface Pair {
  hostId: number;
  softwareId: number;
  at: Date;
}

/** Opens intervals. Few moments are shared by many pairs, so that pairs carry the number of theirs. */
export function openIntervals(tx: Tx, pairs: Pair[]) {
  const moments = [...new Set(pairs.map((pair) => pair.at))];
  const numbers = new Map(moments.map((at, index) => [at, index + 1]));
  return sql`
    insert into inventory.host_software (host_id, software_id, since)
    select host_id, software_id, (${moments}::timestamptz[])[moment]
    from unnest(${ints(pairs.map((pair) => pair.hostId))}::int[], ${ints(pairs.map((pair) => pair.softwareId))}::int[],
      ${ints(pairs.map((pair) => numbers.get(pair.at) ?? 0))}::int[]) as opened (host_id, software_id, moment) order by 1, 2
    on conflict do nothing`.execute(tx);
}

/** Closes intervals: `lastSeen` is the last report that still had the software. */
export const closeIntervals = (tx: Tx, pairs: (Pair & { lastSeen: Date | null })[]) =>
  sql`
    with missing as (
      select * from unnest(${pairs.map((pair) => pair.hostId)}::int[], ${pairs.map((pair) => pair.softwareId)}::int[],
        ${pairs.map((pair) => pair.lastSeen)}::timestamptz[], ${pairs.map((pair) => pair.at)}::timestamptz[])
        as each (host_id, software_id, last_seen, at)
    ), gone as (
      delete from inventory.host_software as current using missing
      where current.host_id = missing.host_id and current.software_id = missing.software_id
      returning current.host_id, current.software_id, current.since, missing.last_seen, missing.at
    )
    insert into inventory.host_software_past (host_id, software_id, since, last_seen, gone)
    select host_id, software_id, since, greatest(since, last_seen), greatest(since, at) from gone`.execute(tx);

export async function appendDeltas(tx: Tx, rows: DeltaRow[]): Promise<void> {
  if (rows.length === 0) return;
  const packed = rows.map((row) => ({
    ...row,
    keys: sql<number[]>`${ints(row.keys)}::int[]`,
    by: sql<number[]>`${ints(row.by)}::int[]`,
  }));
  await tx.insertInto('inventory.count_delta').values(packed).execute();
}
