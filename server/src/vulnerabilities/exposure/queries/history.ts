import { sql } from 'kysely';
import type { FoldedKey } from '../../../kernel/counters/fold.ts';
import { ints } from '../../../kernel/db/arrays.ts';
import type { Db, Tx } from '../../../kernel/db/database.ts';

/** Writes down beginnings, peaks and ends of vulnerabilities among counters that just changed. */
export async function noteHistory(tx: Tx, folded: FoldedKey[], at: Date): Promise<void> {
  const moved = folded.filter(({ before, after }) => after > before || (after === 0 && before !== 0));
  if (moved.length === 0) return;
  await sql`
    insert into vulnerabilities.vulnerability_history as known (fleet_id, vulnerability_id, first_at, peak, peak_at, gone_at)
    select fleet_id, vulnerability_id, ${at}, hosts, ${at}, case when hosts = 0 then ${at}::timestamptz end
    from unnest(${ints(moved.map((key) => key.fleet_id))}::int[], ${ints(moved.map((key) => key.key))}::int[],
      ${ints(moved.map((key) => key.after))}::int[]) as each (fleet_id, vulnerability_id, hosts) order by 1, 2
    on conflict (fleet_id, vulnerability_id) do update set gone_at = excluded.gone_at,
      peak = greatest(known.peak, excluded.peak),
      peak_at = case when excluded.peak > known.peak then excluded.peak_at else known.peak_at end
    where excluded.peak > known.peak or known.gone_at is distinct from excluded.gone_at`.execute(tx);
}

export interface HistoryRow {
  first_at: Date;
  peak: number;
  peak_at: Date;
  gone_at: Date | null;
}

export async function readHistory(
  db: Db,
  of: { fleetId: number; vulnerabilityId: number },
): Promise<HistoryRow | null> {
  const row = await db
    .selectFrom('vulnerabilities.vulnerability_history')
    .select(['first_at', 'peak', 'peak_at', 'gone_at'])
    .where('fleet_id', '=', of.fleetId)
    .where('vulnerability_id', '=', of.vulnerabilityId)
    .executeTakeFirst();
  return row ?? null;
}
