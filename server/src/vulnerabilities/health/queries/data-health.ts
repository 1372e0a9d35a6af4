import type { Unjudged } from '@flotilla/contract/data-health';
import { sql } from 'kysely';
import { ints } from '../../../kernel/db/arrays.ts';
import type { Db } from '../../../kernel/db/database.ts';

const EXAMPLES = 5;

/** Versions on hosts that are judged, and that were never judged yet. @param counterId whose counts of hosts say what is on hosts */
export async function countJudged(db: Db, counterId: number): Promise<{ judged: number; waiting: number }> {
  const { rows } = await sql<{ judged: number; waiting: number }>`
    select count(distinct software.version_id) filter (where judged.software_id is not null)::int as judged,
      count(distinct software.version_id) filter (where judged.software_id is null)::int as waiting
    from inventory.version_fleet as present
    join inventory.software as software on software.version_id = present.version_id
    left join vulnerabilities.software_judged as judged on judged.software_id = software.id
    where present.fleet_id = ${counterId} and present.hosts > 0
      and (judged.software_id is null or judged.not_judged is null)`.execute(db);
  return rows[0] ?? { judged: 0, waiting: 0 };
}

/** Whether some software is yet to be judged, or to be judged anew. */
export async function isUnsettled(db: Db): Promise<boolean> {
  const one = await db
    .selectFrom('vulnerabilities.software_to_judge')
    .select('software_id')
    .limit(1)
    .executeTakeFirst();
  return one !== undefined;
}

/**
 * Versions on hosts that nothing can be said of, by reason, the most frequent first. What is judged by something else on the host,
 * or was decided never to match, is not among them.
 */
export async function readUnjudged(db: Db, counterId: number): Promise<Unjudged[]> {
  const { rows } = await sql<Unjudged>`
    with open as (
      select judged.not_judged as reason, software.version_id, max(present.hosts) as hosts
      from vulnerabilities.software_judged as judged
      join inventory.software as software on software.id = judged.software_id
      join inventory.version_fleet as present on present.version_id = software.version_id
      where judged.not_judged not in ('represented_by_running_kernel', 'represented_by_packages', 'represented_by_system',
        'never_matched') and present.fleet_id = ${counterId} and present.hosts > 0
      group by 1, 2
    ), placed as (
      select open.*, row_number() over (partition by reason order by hosts desc, version_id) as place,
        count(*) over (partition by reason) as versions
      from open
    )
    select placed.reason, placed.versions::int as versions, jsonb_agg(jsonb_build_object('version_id', version.id,
      'name', version.name, 'version', version.version) order by placed.place) as examples
    from placed join inventory.version as version on version.id = placed.version_id
    where placed.place <= ${EXAMPLES} group by 1, 2 order by 2 desc, 1`.execute(db);
  return rows;
}

/** Hosts of which a report is held back. @param fleetIds null: all; 0 stands for hosts in no fleet */
export async function readHeldHosts(db: Db, fleetIds: readonly number[] | null, most: number) {
  const { rows } = await sql<{ host_id: number; display_name: string; count: number }>`
    select host.id as host_id, host.display_name, count(*) over ()::int as count from hosts.host as host
    where host.deleted_at is null
      and host.id in (select host_id from inventory.host_part where held_asked is not null)
      ${fleetIds === null ? sql`` : sql`and coalesce(host.fleet_id, 0) = any(${ints(fleetIds)}::int[])`}
    order by host.display_name, host.id limit ${most}`.execute(db);
  return rows;
}
