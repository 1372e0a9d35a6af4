import { sql } from 'kysely';
import type { Db } from '../../kernel/db/database.ts';

/** Seen times are written in steps of a minute: the rule of hosts, which shows the same hosts as online. */
const GRACE_SECONDS = 120;

export async function countOnline(db: Db, hostIds: number[], now: Date): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*)::int as count from hosts.host as host join hosts.host_seen as seen on seen.host_id = host.id
    where host.id = any(${hostIds}::int[]) and seen.seen_at >= ${now}::timestamptz - make_interval(secs =>
      least(host.distributed_interval_seconds, host.config_refresh_seconds) + ${GRACE_SECONDS})`.execute(db);
  return rows[0]?.count ?? 0;
}
