import { sql } from 'kysely';
import { ints } from '../../../kernel/db/arrays.ts';
import type { Db } from '../../../kernel/db/database.ts';

/** Whose findings are asked about: one host's, or those on hosts of fleets (null: all). */
export type Where = { hostId: number } | { fleetIds: readonly number[] | null };

/** Work for the title of a software, on a host that has the software. */
export interface WorkUnderWay {
  software_id: number;
  kind: 'install' | 'uninstall';
  /** A host has been offered it, does it, or waits for its result to be verified. */
  is_busy: boolean;
  /** What is installed. */
  name: string;
  version: string;
  arch: string;
  source_package: string;
  source_version: string;
}

/** Tasks that are not over, and hosts of rollouts that go on whose turn is still to come. */
export async function readUnderWay(db: Db, softwareIds: number[], where: Where): Promise<WorkUnderWay[]> {
  const onHost = 'hostId' in where ? sql`and host_id = ${where.hostId}` : sql``;
  const there =
    'hostId' in where || where.fleetIds === null
      ? sql``
      : sql`join hosts.host as host on host.id = have.host_id and coalesce(host.fleet_id, 0) = any(${ints(where.fleetIds)}::int[])`;
  const { rows } = await sql<WorkUnderWay>`
    with concerned as materialized (
      select software.id, version.title_id from inventory.software as software
      join inventory.version as version on version.id = software.version_id where software.id = any(${ints(softwareIds)}::int[])
    ), pending as materialized (
      select host_id, title_id, package_id, kind, state <> 'queued' as is_busy from installation.task
      where state in ('queued', 'offered', 'running', 'reported') and kind <> 'script' and not cancel_requested
        and title_id in (select title_id from concerned) ${onHost}
      union all
      select target.host_id, rollout.title_id, rollout.package_id, 'install', false
      from updates.rollout as rollout join updates.rollout_host as target on target.rollout_id = rollout.id
      where rollout.state in ('running', 'paused') and not target.already
        and rollout.title_id in (select title_id from concerned) ${onHost}
        and not exists (select from installation.task as task
          where task.rollout_id = rollout.id and task.host_id = target.host_id)
    )
    select distinct concerned.id as software_id, pending.kind, pending.is_busy, coalesce(package.name, '') as name,
      coalesce(package.version, '') as version, coalesce(package.arch, '') as arch,
      coalesce(package.source_package, '') as source_package, coalesce(package.source_version, '') as source_version
    from concerned join pending on pending.title_id = concerned.title_id
    join inventory.host_software as have on have.host_id = pending.host_id and have.software_id = concerned.id ${there}
    left join installation.package as package on package.id = pending.package_id`.execute(db);
  return rows;
}
